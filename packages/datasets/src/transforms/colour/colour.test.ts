import { Random } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import type { ImageBatch } from '../imageBatch.ts';
import type { Transform } from '../kinds.ts';
import { scale } from '../move/scale.ts';
import { transformed } from '../transformed.ts';
import { brightness, contrast, saturation } from './colour.ts';
import { noise } from './noise.ts';

/** An image of 2 × 2 pixels and what it becomes with the factor 1.6, computed with PyTorch 2.13 in float64. */
const pixels = [
  0.061053275, 0.224554507, 0.234252514, 0.177099227, 0.556068056, 0.109443854, 0.460912889, 0.708365283, 0.579776256,
  0.496667312, 0.510375172, 0.329537642,
];
const wanted = {
  brightness: [
    0.09768524, 0.359287211, 0.374804022, 0.283358764, 0.88970889, 0.175110166, 0.737460623, 1.0, 0.92764201,
    0.794667699, 0.816600276, 0.527260227,
  ],
  contrast: [
    0.0, 0.133716069, 0.149232881, 0.057787623, 0.664137749, 0.0, 0.511889482, 0.907813312, 0.702070869, 0.569096558,
    0.591029135, 0.301689086,
  ],
  saturation: [
    0.0, 0.246497436, 0.135549995, 0.0, 0.64325573, 0.062320391, 0.498206596, 0.82959685, 0.681188851, 0.681877924,
    0.577346248, 0.223472624,
  ],
};
const batch = (): ImageBatch => ({ images: Float32Array.from(pixels), shape: [1, 3, 2, 2] });
const apply = (images: ImageBatch, transform: Transform): number[] => [
  ...transformed(images, transform, new Random(1)).images,
];
const close = (numbers: readonly number[]): unknown[] => numbers.map((number) => expect.closeTo(number, 5));

describe('colours are those of PyTorch', () => {
  test.each([brightness, contrast, saturation])('%o', (make) => {
    const transform = make({ by: [1.6, 1.6] });
    expect(apply(batch(), transform)).toEqual(close(wanted[transform.kind]));
  });
});

test('a factor of 1 changes nothing, and 0 leaves black, grey or no colours', () => {
  for (const make of [brightness, contrast, saturation]) expect(apply(batch(), make({ by: 0 }))).toEqual(close(pixels));
  const grey = [0, 1, 2, 3].map((at) => 0.2989 * pixels[at] + 0.587 * pixels[4 + at] + 0.114 * pixels[8 + at]);
  const mean = grey.reduce((sum, each) => sum + each, 0) / 4;
  expect(apply(batch(), brightness({ by: [0, 0] }))).toEqual(new Array(12).fill(0));
  expect(apply(batch(), contrast({ by: [0, 0] }))).toEqual(close(new Array(12).fill(mean)));
  expect(apply(batch(), saturation({ by: [0, 0] }))).toEqual(close([...grey, ...grey, ...grey]));
});

test('each image has a factor of its own', () => {
  const images = Float32Array.from({ length: 500 }, () => 0.5);
  const factors = apply({ images, shape: [500, 1, 1, 1] }, brightness({ by: 0.4 })).map((x) => 2 * x);
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.6 - 1e-6);
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.4 + 1e-6);
  expect(new Set(factors).size).toBeGreaterThan(490);
});

test('noise is normal, of the deviation that is asked for', () => {
  const noisy = apply(
    { images: new Float32Array(20_000).fill(3), shape: [2, 1, 100, 100] },
    noise({ standardDeviation: 0.5 }),
  );
  const mean = noisy.reduce((sum, x) => sum + x, 0) / noisy.length;
  const variance = noisy.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noisy.length;
  const within = noisy.filter((x) => Math.abs(x - 3) < 0.5).length / noisy.length;
  expect([mean, Math.sqrt(variance), within]).toEqual([
    expect.closeTo(3, 1),
    expect.closeTo(0.5, 1),
    expect.closeTo(0.6827, 1),
  ]);
});

test("scale enlarges about the middle as PyTorch's grid_sample does; masks by their nearest pixels", () => {
  const images = Float32Array.from({ length: 20 }, (_, at) => at + 1);
  const given: ImageBatch = { images, shape: [1, 1, 4, 5], masks: { numbers: Uint8Array.from(images), channels: 1 } };
  const result = transformed(given, scale({ by: [1.25, 1.25] }), new Random(1));
  expect([...result.images]).toEqual(
    close([
      2.9, 3.7, 4.5, 5.3, 6.1, 6.9, 7.7, 8.5, 9.3, 10.1, 10.9, 11.7, 12.5, 13.3, 14.1, 14.9, 15.7, 16.5, 17.3, 18.1,
    ]),
  );
  expect([...(result.masks?.numbers ?? [])]).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
  ]);
});

test('colours refuse what is out of range, and images of other channels', () => {
  const images: ImageBatch = { images: new Float32Array(2), shape: [1, 2, 1, 1] };
  expect(
    messagesOf({
      brightness: () => brightness({ by: [-1, 1] }),
      'two channels': () => apply(images, saturation({ by: 0.5 })),
      noise: () => noise({ standardDeviation: -1 }),
      scale: () => scale({ by: [0, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "brightness": "ValueError: brightness: by is -1; wanted a number from 0 to 100. Leave it smaller, or out.",
      "noise": "ValueError: noise: standardDeviation is -1; wanted a number from 0 to 1000000. Leave it smaller, or out.",
      "scale": "ValueError: scale: by is 0; wanted a number from 0.01 to 100. Leave it smaller, or out.",
      "two channels": "ShapeError: saturation: images of 2 channels; wanted grey images, or red, green and blue. Leave it out for these images.",
    }
  `);
});
