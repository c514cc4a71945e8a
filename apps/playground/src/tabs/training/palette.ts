/* How numbers become colours. Sign is hue, green or purple, which also the colour-blind tell apart; size is opacity. */

type Colour = readonly [red: number, green: number, blue: number];

/** Tones that read on a light and on a dark ground. */
export const positive: Colour = [26, 148, 96];
export const negative: Colour = [158, 86, 196];

/** Signed numbers as pixels: ±`scale` and beyond are opaque, 0 is the ground behind. A NaN is red. */
export function signedPixels(numbers: ArrayLike<number>, scale: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    if (Number.isNaN(number)) pixels.set([255, 0, 0, 255], 4 * i);
    else pixels.set([...(number < 0 ? negative : positive), opacityOf(number, scale)], 4 * i);
  }
  return pixels;
}

/** Pixels from 0 to 255 as they are in the data: white on black. */
export function greyPixels(numbers: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * numbers.length);
  for (let i = 0; i < numbers.length; i++) pixels.set([numbers[i], numbers[i], numbers[i], 255], 4 * i);
  return pixels;
}

/** The largest size among numbers, by which they are drawn; NaN does not count, and nothing is 1. */
export function scaleOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]);
    if (size > largest) largest = size;
  }
  return largest || 1;
}

function opacityOf(number: number, scale: number): number {
  return Number.isFinite(scale) ? (255 * Math.abs(number)) / scale : 255;
}
