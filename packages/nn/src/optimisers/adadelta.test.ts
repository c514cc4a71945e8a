import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { Adadelta, type AdadeltaSettings } from './adadelta.ts';

/** What PyTorch 2.13 gives in float64 after each of these gradients, from [1, -1.5]. */
const gradients = [
  [1, -2],
  [0.5, 4],
  [-3, 0.25],
  [0.1, -0.1],
];
const recorded: readonly (readonly [Partial<AdadeltaSettings>, readonly (readonly number[])[]])[] = [
  [
    {},
    [
      [0.9968377381511013, -1.4968377262926713],
      [0.9947526082891076, -1.5008783329147375],
      [0.999328588987354, -1.5012314939355265],
      [0.9991106305019029, -1.5010877976863815],
    ],
  ],
  [
    { learningRate: 0.5, rho: 0.8, epsilon: 1e-3, weightDecay: 0.1 },
    [
      [0.9647174835495229, -1.464663766772416],
      [0.9388719017135918, -1.5093844057835597],
      [0.9897427574958926, -1.511059866191284],
      [0.984570045605123, -1.5066695417823197],
    ],
  ],
];

test.each(recorded)('gives the numbers of PyTorch with %o', (settings, wanted) => {
  const x = new Parameter('x', double([1, -1.5]));
  const optimiser = new Adadelta([x], settings);
  gradients.forEach((gradient, step) => {
    optimiser.step(madeUp(new Map([[x, double(gradient)]])));
    expectClose(x, wanted[step], 1e-14);
  });
});

const allSettings: fc.Arbitrary<AdadeltaSettings> = fc.record({
  learningRate: between(0, 2),
  rho: between(0, 0.99),
  epsilon: fc.constantFrom(1e-6, 1e-2),
  weightDecay: factor(0.1),
});

/** The paper's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: AdadeltaSettings): number[] {
  const { learningRate, rho, epsilon, weightDecay } = settings;
  let [x, squares, steps] = [start, 0, 0];
  return gradients.map((gradient) => {
    const g = gradient + weightDecay * x;
    squares = rho * squares + (1 - rho) * g ** 2;
    const delta = (Math.sqrt(steps + epsilon) / Math.sqrt(squares + epsilon)) * g;
    steps = rho * steps + (1 - rho) * delta ** 2;
    x -= learningRate * delta;
    return x;
  });
}

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new Adadelta(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('goes on from its state', () => {
  const [x, y] = ['x', 'x'].map((name) => new Parameter(name, double([1])));
  const [first, second] = [new Adadelta([x]), new Adadelta([y])];
  first.step(madeUp(new Map([[x, double([2])]])));
  y.assign(x);
  second.load(first.state());
  first.step(madeUp(new Map([[x, double([-0.1])]])));
  second.step(madeUp(new Map([[y, double([-0.1])]])));
  expect(y.toList()).toEqual(x.toList());
});

test('refuses settings out of range', () => {
  const make = (settings: Partial<AdadeltaSettings>) => () => new Adadelta([new Parameter('x', tensor([1]))], settings);
  const messages = messagesOf({ rate: make({ learningRate: -1 }), rho: make({ rho: 1.1 }) });
  expect(messages.rate).toContain('Adadelta: learningRate is -1; wanted a number of at least 0.');
  expect(messages.rho).toContain('Adadelta: rho is 1.1; wanted a number from 0 to 1.');
});
