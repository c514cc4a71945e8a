import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import { compose } from '../compose.ts';
import type { ImageBatch } from '../imageBatch.ts';
import type { Transform } from '../kinds.ts';
import { transformed } from '../transformed.ts';
import { cutout } from './cutout.ts';
import { horizontalFlip, verticalFlip } from './flip.ts';
import { randomCrop } from './randomCrop.ts';
import { drawWindow, resizedCrop } from './resizedCrop.ts';

/** Images whose pixels are numbered from 1, with masks that hold the same numbers. */
function numbered(count: number, channels: number, height: number, width: number): ImageBatch {
  const images = Float32Array.from({ length: count * channels * height * width }, (_, at) => at + 1);
  const masks = Int32Array.from({ length: count * height * width }, (_, at) => {
    const [image, pixel] = [Math.floor(at / (height * width)), at % (height * width)];
    return images[image * channels * height * width + pixel];
  });
  return { images, shape: [count, channels, height, width], masks: { numbers: masks, channels: 1 } };
}
const apply = (batch: ImageBatch, transform: Transform, seed = 1): ImageBatch =>
  transformed(batch, transform, new Random(seed));
/** The first channels of all images: what the masks must be. */
const firstChannels = ({ images, shape: [count, channels, height, width] }: ImageBatch): number[] =>
  Array.from({ length: count }, (_, image) => {
    const start = image * channels * height * width;
    return [...images.subarray(start, start + height * width)];
  }).flat();

describe('flips', () => {
  test('exchange left and right, or top and bottom', () => {
    const batch = (): ImageBatch => numbered(1, 2, 3, 2);
    expect([...apply(batch(), horizontalFlip({ probability: 1 })).images]).toEqual([
      2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11,
    ]);
    expect([...apply(batch(), verticalFlip({ probability: 1 })).images]).toEqual([
      5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8,
    ]);
    expect(apply(batch(), horizontalFlip({ probability: 0 })).images).toEqual(batch().images);
  });

  test('come to half of the images, to within chance, all channels and the mask alike', () => {
    const batch = apply(numbered(2000, 2, 1, 2), horizontalFlip());
    let flips = 0;
    for (let image = 0; image < 2000; image++) {
      const [a, b, c, d] = batch.images.subarray(4 * image, 4 * image + 4);
      expect([b - a, d - c]).toEqual(a < b ? [1, 1] : [-1, -1]);
      if (a > b) flips++;
    }
    expect(Math.abs(flips - 1000)).toBeLessThan(5 * Math.sqrt(500));
    expect([...(batch.masks?.numbers ?? [])]).toEqual(firstChannels(batch));
  });
});

describe('randomCrop', () => {
  test('cuts windows out of the image and its padding, each at all corners equally often', () => {
    const often = new Map<string, number>();
    const { images, shape } = apply(numbered(9000, 1, 2, 2), randomCrop({ padding: 1, size: 2 }));
    expect(shape).toEqual([9000, 1, 2, 2]);
    for (let image = 0; image < 9000; image++) {
      const window = [...images.subarray(4 * image, 4 * image + 4)].map((x) => (x === 0 ? 0 : x - 4 * image));
      often.set(window.join(), (often.get(window.join()) ?? 0) + 1);
    }
    expect([...often.keys()].sort()).toEqual(
      ['0,0,0,1', '0,0,1,2', '0,0,2,0', '0,1,0,3', '1,2,3,4', '2,0,4,0', '0,3,0,0', '3,4,0,0', '4,0,0,0'].sort(),
    );
    for (const times of often.values()) expect(Math.abs(times - 1000)).toBeLessThan(5 * Math.sqrt(900));
  });

  test('pads with a number or with the edge, and masks with theirs', () => {
    const crop = (options: object): ImageBatch =>
      apply(numbered(1, 1, 1, 1), randomCrop({ padding: 3, size: 7, ...options }));
    expect(new Set(crop({}).images)).toEqual(new Set([0, 1]));
    expect(new Set(crop({ beyond: 9, maskBeyond: 255 }).images)).toEqual(new Set([9, 1]));
    expect(new Set(crop({ beyond: 9, maskBeyond: 255 }).masks?.numbers)).toEqual(new Set([255, 1]));
    expect(new Set(crop({ beyond: 'edge' }).images)).toEqual(new Set([1]));
  });

  test('cuts masks alike, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.nat(3),
        fc.nat(),
        fc.constantFrom('edge' as const, 0),
        (height, width, padding, seed, beyond) => {
          const batch = numbered(3, 2, height, width);
          const cut = apply(batch, randomCrop({ padding, beyond }), seed);
          expect([...(cut.masks?.numbers ?? [])]).toEqual(firstChannels(cut));
          const window = randomCrop({ size: [Math.min(2, height), Math.min(3, width)] });
          expect(apply(batch, window, seed).shape.slice(2)).toEqual([Math.min(2, height), Math.min(3, width)]);
        },
      ),
    );
  });
});

describe('resizedCrop', () => {
  test('leaves a whole image as it is, and averages where it shrinks', () => {
    const whole = { area: [1, 1], ratio: [1, 1] } as const;
    const batch = numbered(1, 1, 2, 2);
    expect([...apply(batch, resizedCrop({ size: 2, ...whole })).images]).toEqual([1, 2, 3, 4]);
    expect([...apply(batch, resizedCrop({ size: 1, ...whole })).images]).toEqual([2.5]);
    expect([...(apply(batch, resizedCrop({ size: 4, ...whole })).masks?.numbers ?? [])]).toEqual([
      1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4,
    ]);
  });

  test('draws windows inside of the image, of the areas and shapes that are asked for', () => {
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(side, side, fc.nat(), (height, width, seed) => {
        const window = drawWindow(height, width, resizedCrop({ size: 1 }), new Random(seed));
        expect(window.top >= 0 && window.left >= 0 && window.height >= 1 && window.width >= 1).toBe(true);
        expect(window.top + window.height).toBeLessThanOrEqual(height);
        expect(window.left + window.width).toBeLessThanOrEqual(width);
      }),
    );
    const random = new Random(3);
    const drawn = Array.from({ length: 3000 }, () => drawWindow(300, 300, resizedCrop({ size: 1 }), random));
    const areas = drawn.map(({ height, width }) => (height * width) / 90_000);
    const ratios = drawn.map(({ height, width }) => width / height);
    expect(Math.min(...areas)).toBeGreaterThan(0.07);
    expect(Math.max(...areas)).toBeLessThanOrEqual(1);
    expect(Math.min(...ratios)).toBeGreaterThan(0.73);
    expect(Math.max(...ratios)).toBeLessThan(1.36);
    // The logarithm of the shape is as often above 0 as below.
    const wide = ratios.filter((ratio) => ratio > 1).length / ratios.filter((ratio) => ratio !== 1).length;
    expect(Math.abs(wide - 0.5)).toBeLessThan(0.05);
  });

  test('takes the middle where no window fits', () => {
    const long = resizedCrop({ size: 1, area: [1, 1], ratio: [1, 1] });
    expect(drawWindow(2, 11, long, new Random(1))).toEqual({ top: 0, left: 4, height: 2, width: 2 });
  });
});

test('cutout fills a square about any pixel, cut off at the edge, and leaves masks alone', () => {
  const batch = apply(numbered(400, 2, 5, 6), cutout({ size: 3, fill: -1 }));
  const middles = new Set<string>();
  for (let image = 0; image < 400; image++) {
    const filled = [0, 1].map((channel) =>
      Array.from({ length: 30 }, (_, pixel) => pixel).filter(
        (pixel) => batch.images[(2 * image + channel) * 30 + pixel] === -1,
      ),
    );
    expect(filled[0]).toEqual(filled[1]);
    const rows = filled[0].map((pixel) => Math.floor(pixel / 6));
    const columns = filled[0].map((pixel) => pixel % 6);
    const [top, bottom, left, right] = [
      Math.min(...rows),
      Math.max(...rows),
      Math.min(...columns),
      Math.max(...columns),
    ];
    expect(filled[0]).toHaveLength((bottom - top + 1) * (right - left + 1));
    middles.add(`${top === 0 && bottom < 2 ? bottom - 1 : top + 1},${left === 0 && right < 2 ? right - 1 : left + 1}`);
  }
  expect(middles.size).toBe(30);
  expect(batch.masks?.numbers).toEqual(numbered(400, 2, 5, 6).masks?.numbers);
});

test('cuts refuse what is out of range', () => {
  const batch = numbered(1, 1, 2, 2);
  expect(
    messagesOf({
      probability: () => horizontalFlip({ probability: 1.5 }),
      padding: () => randomCrop({ padding: -1 }),
      'a window too large': () => apply(batch, randomCrop({ size: 5, padding: 1 })),
      area: () => resizedCrop({ size: 2, area: [0.5, 1.5] }),
      'a range that runs backwards': () => resizedCrop({ size: 2, ratio: [2, 1] }),
      square: () => cutout({ size: 0 }),
      beyond: () => randomCrop({ beyond: Number.NaN }),
      'no size': () => compose(resizedCrop({ size: 0 })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a range that runs backwards": "ValueError: resizedCrop: ratio is 1; wanted a number from 2 to 1000. Leave it smaller, or out.",
      "a window too large": "ShapeError: randomCrop: images of 2×2 pixels with a padding of 1; wanted at least 5×5 pixels. Cut out less, or add padding.",
      "area": "ValueError: resizedCrop: area is 1.5; wanted a number from 0.5 to 1. Leave it smaller, or out.",
      "beyond": "ValueError: randomCrop: beyond is NaN; wanted 'edge' or a finite number. Leave it smaller, or out.",
      "no size": "ValueError: resizedCrop: size is 0; wanted a whole number from 1 to 16384, or height and width. Pass 32, or [32, 48].",
      "padding": "ValueError: randomCrop: padding is -1; wanted a whole number from 0 to 1024. Leave it smaller, or out.",
      "probability": "ValueError: horizontalFlip: probability is 1.5; wanted a number from 0 to 1. Leave it smaller, or out.",
      "square": "ValueError: cutout: size is 0; wanted a whole number from 1 to 16384. Leave it smaller, or out.",
    }
  `);
});
