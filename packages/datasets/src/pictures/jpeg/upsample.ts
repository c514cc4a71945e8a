import type { Component, Frame } from './frame.ts';

/**
 * The samples of a component in the size of the picture. Where colours were kept at half the size, each new sample is
 * 3/4 of the nearest and 1/4 of the next along each axis, rounded up and down in turns (the "fancy" upsampling of the
 * Independent JPEG Group); other factors repeat samples.
 *
 * @param samples in rows of `8 · rowLength`
 * @returns rows of `frame.width` numbers
 */
export function upsampled(frame: Frame, component: Component, samples: Uint8Array): Uint8Array {
  const { width, height, mostAcross, mostDown } = frame;
  const [across, down] = [mostAcross / component.across, mostDown / component.down];
  const isWide = component.width > 2;
  const result = new Uint8Array(width * height);
  const stride = 8 * component.rowLength;
  if (down === 2 && (across === 1 || (across === 2 && isWide))) {
    const sums = new Int32Array(component.width);
    for (let y = 0; y < height; y++) {
      const near = y >> 1;
      const next = Math.min(Math.max(near + (y % 2 === 0 ? -1 : 1), 0), component.height - 1);
      for (let x = 0; x < sums.length; x++) sums[x] = 3 * samples[near * stride + x] + samples[next * stride + x];
      const row = result.subarray(y * width, (y + 1) * width);
      if (across === 1) for (let x = 0; x < width; x++) row[x] = (sums[x] + 1 + (y % 2)) >> 2;
      else doubled(sums, row, 4, 8, 7);
    }
  } else if (down === 1 && across === 2 && isWide) {
    for (let y = 0; y < height; y++) {
      const line = samples.subarray(y * stride, y * stride + component.width);
      doubled(line, result.subarray(y * width, (y + 1) * width), 2, 1, 2);
    }
  } else {
    for (let y = 0, at = 0; y < height; y++) {
      const start = Math.floor(y / down) * stride;
      for (let x = 0; x < width; x++, at++) result[at] = samples[start + Math.floor(x / across)];
    }
  }
  return result;
}

/** Twice as many numbers: (3 · near + next + rounding) / 2^bits; at both ends the next is the nearest itself. */
function doubled(line: ArrayLike<number>, row: Uint8Array, bits: number, roundLeft: number, roundRight: number): void {
  const last = line.length - 1;
  for (let x = 0; x < row.length; x++) {
    const near = x >> 1;
    const isLeft = x % 2 === 0;
    const next = Math.min(Math.max(isLeft ? near - 1 : near + 1, 0), last);
    row[x] = (3 * line[near] + line[next] + (isLeft ? roundLeft : roundRight)) >> bits;
  }
}
