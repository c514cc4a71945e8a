import { describe, expect, test } from 'vitest';
import { testPattern } from '../../test/patterns.ts';
import { add, batchNorm, configureEngine, multiply, relu, square, Tape, type Tensor, tensor } from '../index.ts';

const shapes = [[3, 4, 5, 3], [4], [4], [4], [4]];
const tolerance = 2e-5;

const normalise = (x: Tensor, mean: Tensor, root: Tensor, weight: Tensor, bias: Tensor): Tensor =>
  batchNorm(x, { mean, variance: square(root), weight, bias });

describe('statistics on the tape', () => {
  testPattern('alone', { pattern: 'subtract, divide, multiply, add', shapes, compute: normalise, tolerance });

  testPattern('before a relu', {
    pattern: 'subtract, divide, multiply, add, relu',
    shapes,
    compute: (...inputs) => relu(normalise(...(inputs as Parameters<typeof normalise>))),
    tolerance,
  });

  testPattern('with a residual that stands first', {
    pattern: 'subtract, divide, multiply, add, add',
    shapes,
    compute: (x, ...rest) => add(multiply(x, x), normalise(x, ...(rest as [Tensor, Tensor, Tensor, Tensor]))),
    tolerance,
  });

  testPattern('with a residual, before a relu', {
    pattern: 'subtract, divide, multiply, add, add, relu',
    shapes,
    compute: (x, ...rest) => relu(add(normalise(x, ...(rest as [Tensor, Tensor, Tensor, Tensor])), multiply(x, x))),
    tolerance,
  });
});

describe('statistics that are numbers', () => {
  const x = Array.from({ length: 16 }, (_, at) => at - 8);
  const given = { mean: [2], weight: [0.5], bias: [-1] };
  const fused = (variance: number, epsilon: number, fusion: boolean): unknown => {
    configureEngine({ fusion });
    try {
      using tape = new Tape();
      const images = tape.watch(tensor([[x]]));
      return batchNorm(images, { ...given, variance: [variance], epsilon }).toList();
    } finally {
      configureEngine({ fusion: true });
    }
  };

  test('by hand', () => {
    expect(fused(4, 0, true)).toEqual([[x.map((number) => ((number - 2) / 2) * 0.5 - 1)]]);
  });

  test.each([
    ['no deviation', 0, 0],
    ['a deviation that is none', -1, 0],
    ['an infinite one', Infinity, 0],
  ])('%s: as the ops one after the other', (_, variance, epsilon) => {
    expect(fused(variance, epsilon, true)).toEqual(fused(variance, epsilon, false));
  });
});
