import { Random } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';
import {
  applyTransform,
  builtInDigits,
  compose,
  cutout,
  type ImageDataset,
  noise,
  rotate,
  scale,
  shift,
  type TrainTest,
} from '@tapegrad/datasets';
import type { DigitKind } from './digitKinds.ts';

/** How many images are changed at a time: as float32, all of them would fill hundreds of megabytes. */
const chunk = 500;

/** What makes a digit hard to read: turned, shrunk, moved, grainy, and a part of it gone. */
const hardship = compose(
  rotate({ degrees: 40 }),
  scale({ by: [0.55, 1.1] }),
  shift({ pixels: 4 }),
  cutout({ size: 8 }),
  noise({ standardDeviation: 0.25 }),
);

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

function hardened({ images, ...rest }: ImageDataset, random: Random): ImageDataset {
  const [count, , height, width] = images.shape;
  const area = height * width;
  const pixels = new Uint8Array(count * area);
  for (let first = 0; first < count; first += chunk) {
    const size = Math.min(chunk, count - first);
    const shares = new Float32Array(size * area);
    for (let at = 0; at < shares.length; at++) shares[at] = images.data[first * area + at] / 255;
    const changed = applyTransform(ndarrayOf(shares, [size, 1, height, width]), hardship, { random });
    for (let at = 0; at < shares.length; at++) {
      pixels[first * area + at] = Math.round(255 * Math.min(Math.max(changed.data[at], 0), 1));
    }
  }
  return { ...rest, images: ndarrayOf(pixels, [count, 1, height, width]) };
}
