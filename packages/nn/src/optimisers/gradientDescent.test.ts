import { exp, multiply, Parameter, square, subtract, sum, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { gradientDescent } from './gradientDescent.ts';

test('halves the way at each step, where f is x² and the learning rate ¼', () => {
  const path = gradientDescent((x) => sum(square(x)), tensor([4, -8]), { learningRate: 0.25, steps: 3 });
  expect(path.map((x) => x.toList())).toEqual([
    [4, -8],
    [2, -4],
    [1, -2],
    [0.5, -1],
  ]);
});

test('finds where two slopes cancel, in float64, from a start of any shape', () => {
  // e^x - 2x is least at x = ln 2.
  const valley = (x: Parameters<typeof exp>[0]) => sum(subtract(exp(x), multiply(x, 2)));
  const path = gradientDescent(valley, double([[0], [1]]), { learningRate: 0.4, steps: 60 });
  expectClose(path[60], [[Math.LN2], [Math.LN2]], 1e-15);
});

test('takes no step when told so, and leaves its start alone', () => {
  const start = new Parameter('start', tensor(3));
  const path = gradientDescent(square, start, { learningRate: 0.25, steps: 0 });
  start.assign(tensor(5));
  expect(path.map((x) => x.item())).toEqual([3]);
});

test('refuses what is no length of step, and no count', () => {
  const descend = (learningRate: number, steps: number) => () =>
    gradientDescent(square, tensor(1), { learningRate, steps });
  expect(
    messagesOf({
      uphill: descend(-1, 1),
      'a learning rate of NaN': descend(Number.NaN, 1),
      'half a step': descend(1, 0.5),
      'steps below 0': descend(1, -1),
      'f that is not one number': () => gradientDescent(square, tensor([1, 2]), { learningRate: 1, steps: 1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a learning rate of NaN": "ValueError: gradientDescent: learningRate is NaN; wanted a number of at least 0. Choose another learningRate.",
      "f that is not one number": "ShapeError: gradients: a loss of shape [2] with 2 numbers; wanted one number. Reduce it with \`mean\` or \`sum\`, or pass a cotangent of its shape.",
      "half a step": "ValueError: gradientDescent: steps is 0.5; wanted a whole number of at least 0. Choose another steps.",
      "steps below 0": "ValueError: gradientDescent: steps is -1; wanted a whole number of at least 0. Choose another steps.",
      "uphill": "ValueError: gradientDescent: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
    }
  `);
});
