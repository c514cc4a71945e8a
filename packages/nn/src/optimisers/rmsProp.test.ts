import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { RMSProp, type RMSPropSettings } from './rmsProp.ts';

const allSettings: fc.Arbitrary<RMSPropSettings> = fc.record({
  learningRate: between(0, 0.1),
  alpha: between(0.5, 0.99),
  epsilon: fc.constantFrom(0.1, 1),
  weightDecay: factor(0.01),
  momentum: factor(0.9),
  centred: fc.boolean(),
});

/** PyTorch's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: RMSPropSettings): number[] {
  const { learningRate, alpha, epsilon, weightDecay, momentum, centred } = settings;
  let [x, v, mean, velocity] = [start, 0, 0, 0];
  return gradients.map((gradient) => {
    const g = gradient + weightDecay * x;
    v = alpha * v + (1 - alpha) * g * g;
    mean = alpha * mean + (1 - alpha) * g;
    const divisor = Math.sqrt(centred ? v - mean ** 2 : v) + epsilon;
    velocity = momentum * velocity + g / divisor;
    x -= learningRate * (momentum > 0 ? velocity : g / divisor);
    return x;
  });
}

test('by hand', () => {
  const x = new Parameter('x', tensor([1, -2]));
  const optimiser = new RMSProp([x], { learningRate: 0.5, alpha: 0, epsilon: 1 });
  optimiser.step(madeUp(new Map([[x, tensor([3, -1])]])));
  expect(x.toList()).toEqual([0.625, -1.75]);
});

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new RMSProp(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test.each(dataTypes)('stays finite, centred, while the gradient is constant, in %s', (dtype) => {
  const x = new Parameter('x', tensor([1, 1, 1], { dtype }));
  const optimiser = new RMSProp([x], { learningRate: 1e-12, alpha: 0.5, centred: true });
  const gradients = madeUp(new Map([[x, tensor([0.1, 0.7, 1 / 3], { dtype })]]));
  for (let step = 0; step < 200; step++) {
    optimiser.step(gradients);
    expect(x.toFlatArray().every(Number.isFinite)).toBe(true);
  }
});

test('has the settings of PyTorch unless told otherwise, also by `undefined`', () => {
  const usual = { learningRate: 0.01, alpha: 0.99, epsilon: 1e-8, weightDecay: 0, momentum: 0, centred: false };
  const x = new Parameter('x', tensor([1]));
  expect(new RMSProp([x]).groups[0]).toMatchObject(usual);
  expect(new RMSProp([x], { alpha: undefined }).groups[0]).toMatchObject(usual);
});

test('refuses settings out of range', () => {
  const parameters = [new Parameter('x', tensor([1]))];
  const make = (settings: Partial<RMSPropSettings>) => () => new RMSProp(parameters, settings);
  expect(
    messagesOf({
      'a negative learning rate': make({ learningRate: -1 }),
      'negative epsilon': make({ epsilon: -1e-8 }),
      'negative weight decay': make({ weightDecay: -0.1 }),
      'momentum of NaN': make({ momentum: Number.NaN }),
      'alpha above 1': make({ alpha: 1.5 }),
      'in a group': () => new RMSProp([{ parameters, alpha: -0.5 }]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative learning rate": "ValueError: RMSProp: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
      "alpha above 1": "ValueError: RMSProp: alpha is 1.5; wanted a number from 0 to 1. Choose another alpha.",
      "in a group": "ValueError: RMSProp: alpha is -0.5; wanted a number from 0 to 1. Choose another alpha.",
      "momentum of NaN": "ValueError: RMSProp: momentum is NaN; wanted a number of at least 0. Choose another momentum.",
      "negative epsilon": "ValueError: RMSProp: epsilon is -1e-8; wanted a number of at least 0. Choose another epsilon.",
      "negative weight decay": "ValueError: RMSProp: weightDecay is -0.1; wanted a number of at least 0. Choose another weightDecay.",
    }
  `);
});
