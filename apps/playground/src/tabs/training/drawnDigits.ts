import { Random } from '@tapegrad/core';
import { cosine, ndarrayOf, sine } from '@tapegrad/core/authors';
import { builtInDigits, type ImageDataset, type TrainTest } from '@tapegrad/datasets';
import type { DigitKind } from './digitKinds.ts';

/** How far a digit is turned at most, in radians, and moved, in pixels; between which factors it is scaled. */
const most = { turn: 0.45, shift: 3 };
const scales = [0.65, 1.1] as const;
/** The side of the square that is rubbed out, and how strong the grain is, from 0 to 255. */
const gap = 6;
const grain = 60;

/** Digits to learn from and to be tested on: plain ones, which a net reads within seconds, or such as take it minutes. */
export function drawnDigits(
  kind: DigitKind,
  sizes: { readonly train?: number; readonly test?: number } = {},
): TrainTest {
  const plain = builtInDigits(sizes);
  if (kind === 'plain') return plain;
  const random = new Random(11);
  return { ...plain, train: hardened(plain.train, random), test: hardened(plain.test, random) };
}

/** The same digits turned, scaled, moved, with a part rubbed out, and grainy. */
function hardened({ images, ...rest }: ImageDataset, random: Random): ImageDataset {
  const [count, , height, width] = images.shape;
  const area = height * width;
  const pixels = new Uint8Array(count * area);
  for (let image = 0; image < count; image++) {
    const [from, to] = [images.data.subarray(image * area, (image + 1) * area), pixels.subarray(image * area)];
    moveInto(to, from, { height, width }, random);
    rubOut(to, { height, width }, random);
    for (let at = 0; at < area; at++) {
      const bits = random.bits();
      // The difference of two 16-bit halves: between -1 and 1, and more often near 0.
      const noise = ((bits >>> 16) - (bits & 0xffff)) / 0x10000;
      to[at] = Math.max(0, Math.min(255, to[at] + grain * noise));
    }
  }
  return { ...rest, images: ndarrayOf(pixels, [count, 1, height, width]) };
}

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Turns, scales and moves an image about its middle, in one go: each pixel is read where it came from, bilinearly. */
function moveInto(to: Uint8Array, from: Uint8Array, { height, width }: Size, random: Random): void {
  const [turn, scale] = [random.uniform(-most.turn, most.turn), random.uniform(...scales)];
  const [down, across] = [random.uniform(-most.shift, most.shift), random.uniform(-most.shift, most.shift)];
  // Those of the library are the same on every machine.
  const [along, aside] = [cosine(turn) / scale, sine(turn) / scale];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [y, x] = [row - middleY - down, column - middleX - across];
      const [sourceY, sourceX] = [along * y + aside * x + middleY, along * x - aside * y + middleX];
      const [top, left] = [Math.floor(sourceY), Math.floor(sourceX)];
      if (top < 0 || left < 0 || top >= height - 1 || left >= width - 1) continue;
      const [below, right] = [sourceY - top, sourceX - left];
      const at = top * width + left;
      const upper = from[at] * (1 - right) + from[at + 1] * right;
      const lower = from[at + width] * (1 - right) + from[at + width + 1] * right;
      to[row * width + column] = upper * (1 - below) + lower * below;
    }
  }
}

/** Rubs out a square somewhere. */
function rubOut(pixels: Uint8Array, { height, width }: Size, random: Random): void {
  const [top, left] = [random.integer(height - gap), random.integer(width - gap)];
  for (let row = top; row < top + gap; row++) pixels.fill(0, row * width + left, row * width + left + gap);
}
