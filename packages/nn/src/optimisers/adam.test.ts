import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { Adam, type AdamSettings } from './adam.ts';

const allSettings: fc.Arbitrary<AdamSettings> = fc.record({
  learningRate: between(0, 0.1),
  betas: fc.tuple(factor(0.95), factor(0.9999)),
  epsilon: fc.constantFrom(1e-8, 1e-3),
  // Too little for the penalty to outweigh a gradient and turn its sign.
  weightDecay: factor(0.01),
  amsgrad: fc.boolean(),
});

/** PyTorch's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: AdamSettings): number[] {
  const { learningRate, betas, epsilon, weightDecay, amsgrad } = settings;
  let [x, m, v, largest] = [start, 0, 0, 0];
  return gradients.map((gradient, index) => {
    const step = index + 1;
    const g = gradient + weightDecay * x;
    m = betas[0] * m + (1 - betas[0]) * g;
    v = betas[1] * v + (1 - betas[1]) * g * g;
    largest = Math.max(largest, v);
    const mean = m / (1 - betas[0] ** step);
    const meanSquare = (amsgrad ? largest : v) / (1 - betas[1] ** step);
    x -= (learningRate * mean) / (Math.sqrt(meanSquare) + epsilon);
    return x;
  });
}

test('starts with steps of the learning rate, whatever the size of the gradients, down to ε', () => {
  const x = new Parameter('x', double([1, 1, 1, 1, 1]));
  new Adam([x], { learningRate: 0.1 }).step(madeUp(new Map([[x, double([1e-3, -2, 500, 0, 1e-8])]])));
  expectClose(x, [0.9, 1.1, 0.9, 1, 0.95], 2e-6);
});

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new Adam(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('has the settings of its authors unless told otherwise, also by `undefined`', () => {
  const usual = { learningRate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0, amsgrad: false };
  const x = new Parameter('x', tensor([1]));
  expect(new Adam([x]).groups[0]).toMatchObject(usual);
  expect(new Adam([x], { learningRate: undefined, betas: undefined }).groups[0]).toMatchObject(usual);
});

test('divides by the largest mean square from when AMSGrad is switched on', () => {
  const [x, y] = ['x', 'y'].map((name) => new Parameter(name, double([1])));
  const both = (g: number) => madeUp(new Map([x, y].map((parameter) => [parameter, double([g])])));
  const optimiser = new Adam([{ parameters: [x] }, { parameters: [y] }], { betas: [0, 0.5] });
  for (const g of [2, 1]) optimiser.step(both(g));
  optimiser.groups[0].amsgrad = true;
  // What was before counts for nothing: v is what it would have been without.
  optimiser.step(both(8));
  expect(x.toList()).toEqual(y.toList());
  optimiser.step(both(1));
  expect(x.toList()).not.toEqual(y.toList());
});

test('refuses settings out of range', () => {
  const parameters = [new Parameter('x', tensor([1]))];
  const make = (settings: Partial<AdamSettings>) => () => new Adam(parameters, settings);
  expect(
    messagesOf({
      'a negative learning rate': make({ learningRate: -1 }),
      'negative epsilon': make({ epsilon: -1e-8 }),
      'negative weight decay': make({ weightDecay: -0.1 }),
      'a first beta of 1': make({ betas: [1, 0.999] }),
      'a negative second beta': make({ betas: [0.9, -0.1] }),
      'in a group': () => new Adam([{ parameters, epsilon: Number.NaN }]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a first beta of 1": "ValueError: Adam: betas[0] is 1; wanted a number from 0 to below 1. Choose another betas[0].",
      "a negative learning rate": "ValueError: Adam: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
      "a negative second beta": "ValueError: Adam: betas[1] is -0.1; wanted a number from 0 to below 1. Choose another betas[1].",
      "in a group": "ValueError: Adam: epsilon is NaN; wanted a number of at least 0. Choose another epsilon.",
      "negative epsilon": "ValueError: Adam: epsilon is -1e-8; wanted a number of at least 0. Choose another epsilon.",
      "negative weight decay": "ValueError: Adam: weightDecay is -0.1; wanted a number of at least 0. Choose another weightDecay.",
    }
  `);
});
