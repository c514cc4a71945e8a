/** The pixels of a picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: grey, 2: grey and opacity, 3: red, green and blue, 4: these and opacity. */
  readonly channels: number;
  /** Numbers from 0 to 255, row by row, each pixel's channels side by side. */
  readonly data: Uint8Array;
}

/** The picture without opacity: o · colour + (1 - o) · background, rounded, with o from 0 to 1. */
export function opaque(picture: Picture, background: number): Picture {
  const { width, height, channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  const colours = channels - 1;
  const solid = new Uint8Array(width * height * colours);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = data[pixel * channels + colours] / 255;
    for (let channel = 0; channel < colours; channel++) {
      const colour = data[pixel * channels + channel];
      solid[pixel * colours + channel] = Math.round(opacity * colour + (1 - opacity) * background);
    }
  }
  return { width, height, channels: colours, data: solid };
}

/**
 * The picture's numbers plane by plane, as many as there are to be: grey is repeated for red, green and blue; colour becomes
 * grey by 0.299 r + 0.587 g + 0.114 b, rounded (ITU-R BT.601).
 */
export function withColour({ width, height, channels, data }: Picture, wanted: 1 | 3): Uint8Array {
  const pixels = width * height;
  const planes = new Uint8Array(wanted * pixels);
  if (wanted === 1 && channels === 3) {
    for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
      planes[pixel] = (19595 * data[at] + 38470 * data[at + 1] + 7471 * data[at + 2] + 32768) >> 16;
    }
    return planes;
  }
  for (let plane = 0, at = 0; plane < wanted; plane++) {
    const channel = Math.min(plane, channels - 1);
    for (let pixel = 0; pixel < pixels; pixel++, at++) planes[at] = data[pixel * channels + channel];
  }
  return planes;
}
