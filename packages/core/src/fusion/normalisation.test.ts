import { describe, expect, test } from 'vitest';
import { expectClose } from '../../test/expect.ts';
import { uniform } from '../../test/numbers.ts';
import { testPattern } from '../../test/patterns.ts';
import {
  add,
  batchNormTraining,
  groupNorm,
  instanceNorm,
  layerNorm,
  maxPool2d,
  multiply,
  profileOperations,
  relu,
  standardise,
  Tape,
  type Tensor,
  tensor,
} from '../index.ts';

const tolerance = 2e-5;

const images = [[3, 4, 5, 3], [4], [4]];
const normalisations: {
  readonly name: string;
  readonly shapes: number[][];
  readonly normalise: (x: Tensor, weight: Tensor, bias: Tensor) => Tensor;
}[] = [
  {
    name: 'a batch',
    shapes: images,
    normalise: (x, weight, bias) => batchNormTraining(x, { weight, bias }).output,
  },
  { name: 'groups', shapes: images, normalise: (x, weight, bias) => groupNorm(x, { groups: 2, weight, bias }) },
  { name: 'one group', shapes: images, normalise: (x, weight, bias) => groupNorm(x, { groups: 1, weight, bias }) },
  { name: 'instances', shapes: images, normalise: (x, weight, bias) => instanceNorm(x, { weight, bias }) },
  {
    name: 'the last axis',
    shapes: [[5, 2, 3, 9], [9], [9]],
    normalise: (x, weight, bias) => layerNorm(x, { weight, bias }),
  },
  {
    name: 'the last two axes',
    shapes: [
      [5, 2, 3, 4],
      [3, 4],
      [3, 4],
    ],
    normalise: (x, weight, bias) => layerNorm(x, { axes: [-2, -1], weight, bias }),
  },
];

describe.each(normalisations)('of $name', ({ normalise, shapes }) => {
  const gradients = ['multiply, standardiseGradient', 'standardise, multiply, sumTo', 'add, sumTo'];

  describe.each(['standardise, multiply, add', ...gradients])('%s', (pattern) => {
    testPattern('alone', { pattern, shapes, compute: normalise, tolerance });
  });

  describe.each(['standardise, multiply, add, relu', ...gradients])('%s', (pattern) => {
    testPattern('before a relu', {
      pattern,
      shapes,
      compute: (x, weight, bias) => relu(normalise(x, weight, bias)),
      tolerance,
    });
  });

  testPattern('with a residual', {
    pattern: 'standardise, multiply, add, add',
    shapes,
    compute: (x, weight, bias) => add(normalise(x, weight, bias), multiply(x, x)),
    tolerance,
  });

  testPattern('with a residual that stands first, before a relu', {
    pattern: 'standardise, multiply, add, add, relu',
    shapes,
    compute: (x, weight, bias) => relu(add(multiply(x, x), normalise(x, weight, bias))),
    tolerance,
  });

  testPattern('with another normalisation as the residual, before a relu', {
    pattern: 'standardise, multiply, add, add, relu',
    shapes,
    compute: (x, weight, bias) =>
      relu(add(normalise(x, weight, bias), normalise(multiply(x, multiply(x, x)), bias, weight))),
    tolerance,
  });

  testPattern('before a relu and a max pooling', {
    pattern: 'multiply, standardiseGradient',
    shapes,
    compute: (x, weight, bias) => maxPool2d(relu(normalise(x, weight, bias)), { kernelSize: 2 }),
    tolerance,
  });
});

test('a weight for each row, of as many rows as columns, is no scale of layer normalisation', () => {
  const x = tensor(uniform([9, 9]), { dtype: 'float32' });
  const [weight, bias] = [2, 3].map((seed) => tensor(uniform([9, 1], { seed }), { dtype: 'float32' }));
  const measured = profileOperations();
  using tape = new Tape();
  const y = add(multiply(standardise(tape.watch(x), { axes: 1 }).output, weight), bias);
  expectClose(y, add(multiply(standardise(x, { axes: 1 }).output, weight), bias), 1e-6);
  expect(measured().operations.map(({ operation }) => operation)).not.toContain('standardise, multiply, add');
});
