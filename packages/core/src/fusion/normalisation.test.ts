import { describe } from 'vitest';
import { testPattern } from '../../test/patterns.ts';
import { add, batchNormTraining, groupNorm, instanceNorm, maxPool2d, multiply, relu, type Tensor } from '../index.ts';

const shapes = [[3, 4, 5, 3], [4], [4]];
const tolerance = 2e-5;

const normalisations = {
  'a batch': (x: Tensor, weight: Tensor, bias: Tensor) => batchNormTraining(x, { weight, bias }).output,
  groups: (x: Tensor, weight: Tensor, bias: Tensor) => groupNorm(x, 2, { weight, bias }),
  'one group': (x: Tensor, weight: Tensor, bias: Tensor) => groupNorm(x, 1, { weight, bias }),
  instances: (x: Tensor, weight: Tensor, bias: Tensor) => instanceNorm(x, { weight, bias }),
};

describe.each(Object.entries(normalisations))('of %s', (_, normalise) => {
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
