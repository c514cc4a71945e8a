import { max, mean, min, Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { dataTypes } from '../../../core/test/numbers.ts';
import { expectNormal } from '../../test/samples.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Sequential } from '../layers/sequential.ts';
import { constantInitialiser, normalInitialiser, uniformInitialiser } from './drawnFrom.ts';

const shape = [100, 200];

test.each(dataTypes)('give numbers of their distribution, in %s', (dtype) => {
  const options = { shape, random: new Random(2), dtype };
  const normal = normalInitialiser({ deviation: 0.3 })(options);
  expect([normal.dtype, normal.shape]).toEqual([dtype, shape]);
  expectNormal(normal, 0.3);
  const even = uniformInitialiser({ low: 2, high: 3 })(options);
  expect(min(even).item()).toBeGreaterThanOrEqual(2);
  expect(max(even).item()).toBeLessThanOrEqual(3);
  expect(mean(even).item()).toBeCloseTo(2.5, 2);
  expect(constantInitialiser(-1)({ ...options, shape: [2] }).toList()).toEqual([-1, -1]);
});

test('have the defaults of PyTorch: N(0, 1) and U(0, 1)', () => {
  expectNormal(normalInitialiser()({ shape, random: new Random(3) }), 1);
  const even = uniformInitialiser()({ shape, random: new Random(3) });
  expect(mean(even).item()).toBeCloseTo(0.5, 2);
});

test('weights and biases are chosen for each layer', () => {
  const zero = constantInitialiser(0);
  const filters = new Conv2d({
    outChannels: 2,
    kernelSize: 2,
    initialiser: constantInitialiser(1),
    biasInitialiser: zero,
  });
  const conv = new Sequential([filters], { inputShape: [1, 2, 2], random: new Random(1) });
  expect(conv.parameters.map((parameter) => parameter.toList())).toEqual([
    [
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ],
    [0, 0],
  ]);
  const flat = new Dense({ outFeatures: 3, initialiser: zero, biasInitialiser: constantInitialiser(-2) });
  const dense = new Sequential([flat], { inputShape: [2], random: new Random(1) });
  expect(dense.parameters.map((parameter) => parameter.toList())).toEqual([
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    [-2, -2, -2],
  ]);
});
