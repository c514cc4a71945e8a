import { Parameter, type Tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { madeUp } from '../../test/steps.ts';
import { accumulated } from './accumulated.ts';
import { clipped } from './clipped.ts';
import { SGD } from './sgd.ts';

const pair = (): Parameter[] => ['x', 'y'].map((name) => new Parameter(name, double([0, 0])));
const gradientsOf = (...entries: [Parameter, number[]][]) =>
  madeUp(new Map(entries.map(([parameter, numbers]): [Tensor, Tensor] => [parameter, double(numbers)])));

describe('clipped', () => {
  test('steps by gradients of the norm asked for, and tells what it was', () => {
    const [x, y] = pair();
    const optimiser = clipped(new SGD([x, y], { learningRate: 1 }), { maxNorm: 1 });
    expect(optimiser.gradientNorm).toBeUndefined();
    optimiser.step(gradientsOf([x, [3, 0]], [y, [0, -4]]));
    expect(optimiser.gradientNorm).toBe(5);
    expectClose(x, [-3 / 5.000001, 0], 1e-15);
    expectClose(y, [0, 4 / 5.000001], 1e-15);
  });

  test('hands the learning rate on', () => {
    const own = new SGD(pair(), { learningRate: 1 });
    const optimiser = clipped(own, { maxNorm: Infinity });
    optimiser.learningRate = 0.5;
    expect([own.learningRate, optimiser.learningRate]).toEqual([0.5, 0.5]);
  });

  test('says what does not fit before the first step', () => {
    const own = new SGD(pair(), { learningRate: 1 });
    expect(
      messagesOf({
        'a norm below 0': () => clipped(own, { maxNorm: -1 }),
        'no optimiser': () => clipped({} as never, { maxNorm: 1 }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a norm below 0": "ValueError: clipGradientNorm: maxNorm is -1; wanted a number of at least 0. Usual values are 0.1 to 10.",
        "no optimiser": "DataTypeError: clipped: optimiser is an object; wanted an optimiser. Make one of the parameters: \`new Adam(model.parameters)\`.",
      }
    `);
  });
});

describe('accumulated', () => {
  test('steps by the mean of so many batches, with the last of them', () => {
    const [x, y] = pair();
    const optimiser = accumulated(new SGD([x, y], { learningRate: 1 }), { batches: 2 });
    optimiser.step(gradientsOf([x, [2, 4]]));
    expect([optimiser.pending, x.toList()]).toEqual([1, [0, 0]]);
    // y has no gradient in the first batch, which counts as 0.
    optimiser.step(gradientsOf([x, [4, 0]], [y, [1, 1]]));
    expect([optimiser.pending, x.toList(), y.toList()]).toEqual([0, [-3, -2], [-0.5, -0.5]]);
  });

  test('what is left over is stepped by when asked', () => {
    const [x] = pair();
    const optimiser = accumulated(new SGD([x], { learningRate: 1 }), { batches: 3 });
    optimiser.flush();
    optimiser.step(gradientsOf([x, [2, 4]]));
    optimiser.step(gradientsOf([x, [4, 0]]));
    optimiser.flush();
    expect([optimiser.pending, x.toList()]).toEqual([0, [-3, -2]]);
  });

  test('clips what was collected', () => {
    const [x] = pair();
    const optimiser = accumulated(clipped(new SGD([x], { learningRate: 1 }), { maxNorm: 1 }), { batches: 2 });
    optimiser.step(gradientsOf([x, [6, 0]]));
    expect(optimiser.gradientNorm).toBeUndefined();
    optimiser.step(gradientsOf([x, [0, 8]]));
    expect(optimiser.gradientNorm).toBe(5);
    expectClose(x, [-3 / 5.000001, -4 / 5.000001], 1e-15);
  });

  test('says what does not fit', () => {
    const own = new SGD(pair(), { learningRate: 1 });
    expect(
      messagesOf({
        'half a batch': () => accumulated(own, { batches: 0.5 }),
        'no optimiser': () => accumulated([] as never, { batches: 2 }),
        'no gradients': () => accumulated(own, { batches: 2 }).step(undefined as never),
      }),
    ).toMatchInlineSnapshot(`
      {
        "half a batch": "ValueError: accumulated: batches is 0.5; wanted a whole number of at least 1. Say how many batches make one step.",
        "no gradients": "DataTypeError: accumulated: gradients is undefined; wanted gradients, as a tape gives them. Pass \`tape.gradients(loss)\`.",
        "no optimiser": "DataTypeError: accumulated: optimiser is a list of 0; wanted an optimiser. Make one of the parameters: \`new Adam(model.parameters)\`.",
      }
    `);
  });
});

test('a step that fails leaves what was collected as it was, and can be taken again', () => {
  const [x] = pair();
  const own = new SGD([x], { learningRate: 1 });
  let fails = true;
  const failing = {
    groups: own.groups,
    learningRate: 1,
    step: (gradients: Parameters<typeof own.step>[0]) => {
      if (fails) throw new Error('no room');
      own.step(gradients);
    },
  };
  const optimiser = accumulated(failing, { batches: 2 });
  optimiser.step(gradientsOf([x, [2, 4]]));
  expect(() => optimiser.step(gradientsOf([x, [4, 0]]))).toThrow('no room');
  expect([optimiser.pending, x.toList()]).toEqual([1, [0, 0]]);
  fails = false;
  optimiser.step(gradientsOf([x, [4, 0]]));
  expect([optimiser.pending, x.toList()]).toEqual([0, [-3, -2]]);
});
