import { flip, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { logitsOf } from './logitsOf.ts';
import { buildNet } from './nets.ts';

test('the mean of an image and its mirror image, which is the same for both', () => {
  const model = buildNet('small', [1, 28, 28], 10, new Random(1));
  const random = new Random(2);
  const images = tensor(
    Float32Array.from({ length: 2 * 784 }, () => random.normal()),
    { shape: [2, 1, 28, 28] },
  );
  const mirrored = flip(images, { axes: 3 });
  const alone = [images, mirrored].map((each) => logitsOf(model, each, false).toFlatArray());
  const both = logitsOf(model, images, true).toFlatArray();
  expect(both).toEqual(alone[0].map((logit, at) => (logit + alone[1][at]) / 2));
  expect(both).toEqual(logitsOf(model, mirrored, true).toFlatArray());
  expect(both).not.toEqual(alone[0]);
});
