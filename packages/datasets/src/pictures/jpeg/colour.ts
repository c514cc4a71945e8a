/** The constants of the formulas below with 16 bits behind the point. */
const fixed = (value: number): number => Math.round(value * 65536);
const [redOfCr, greenOfCr, greenOfCb, blueOfCb] = [fixed(1.402), fixed(0.71414), fixed(0.34414), fixed(1.772)];

/**
 * Red, green and blue side by side from brightness and two differences of colour:
 * r = y + 1.402 (cr - 128), g = y - 0.34414 (cb - 128) - 0.71414 (cr - 128), b = y + 1.772 (cb - 128).
 *
 * Source: ITU-T T.871 (JFIF), section 7.
 */
export function toRgb(brightness: Uint8Array, blue: Uint8Array, red: Uint8Array): Uint8Array {
  const data = new Uint8ClampedArray(3 * brightness.length);
  for (let pixel = 0, at = 0; pixel < brightness.length; pixel++, at += 3) {
    const [y, cb, cr] = [brightness[pixel], blue[pixel] - 128, red[pixel] - 128];
    data[at] = y + ((redOfCr * cr + 32768) >> 16);
    data[at + 1] = y + ((-greenOfCb * cb - greenOfCr * cr + 32768) >> 16);
    data[at + 2] = y + ((blueOfCb * cb + 32768) >> 16);
  }
  return new Uint8Array(data.buffer);
}

/** Three planes side by side. */
export function interleaved(planes: readonly Uint8Array[]): Uint8Array {
  const data = new Uint8Array(planes.length * planes[0].length);
  for (const [channel, plane] of planes.entries()) {
    for (let pixel = 0; pixel < plane.length; pixel++) data[pixel * planes.length + channel] = plane[pixel];
  }
  return data;
}
