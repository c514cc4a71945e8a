import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { Adagrad, type AdagradSettings } from './adagrad.ts';

const allSettings: fc.Arbitrary<AdagradSettings> = fc.record({
  learningRate: between(0, 0.5),
  learningRateDecay: factor(2),
  weightDecay: factor(0.01),
  initialAccumulator: factor(3),
  epsilon: fc.constantFrom(1e-10, 1e-2),
});

/** PyTorch's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: AdagradSettings): number[] {
  const { learningRate, learningRateDecay, weightDecay, initialAccumulator, epsilon } = settings;
  let [x, total] = [start, initialAccumulator];
  return gradients.map((gradient, index) => {
    const g = gradient + weightDecay * x;
    total += g * g;
    x -= ((learningRate / (1 + index * learningRateDecay)) * g) / (Math.sqrt(total) + epsilon);
    return x;
  });
}

test('begins with steps of the learning rate, whatever the gradient, then with 1/√2 of it', () => {
  const x = new Parameter('x', double([1, 1, 1]));
  const gradients = madeUp(new Map([[x, double([1e-3, -2, 500])]]));
  const optimiser = new Adagrad([x], { learningRate: 0.1 });
  optimiser.step(gradients);
  expectClose(x, [0.9, 1.1, 0.9], 1e-7);
  optimiser.step(gradients);
  expectClose(x, [0.9 - 0.1 / Math.SQRT2, 1.1 + 0.1 / Math.SQRT2, 0.9 - 0.1 / Math.SQRT2], 1e-7);
});

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new Adagrad(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('leaves a number whose gradients are all 0 where it is', () => {
  const x = new Parameter('x', double([1]));
  new Adagrad([x]).step(madeUp(new Map([[x, double([0])]])));
  expect(x.toList()).toEqual([1]);
});

test('has the settings of PyTorch unless told otherwise, also by `undefined`', () => {
  const usual = { learningRate: 0.01, learningRateDecay: 0, weightDecay: 0, initialAccumulator: 0, epsilon: 1e-10 };
  const x = new Parameter('x', tensor([1]));
  expect(new Adagrad([x]).groups[0]).toMatchObject(usual);
  expect(new Adagrad([x], { epsilon: undefined }).groups[0]).toMatchObject(usual);
});

test('refuses settings out of range', () => {
  const parameters = [new Parameter('x', tensor([1]))];
  const make = (settings: Partial<AdagradSettings>) => () => new Adagrad(parameters, settings);
  expect(
    messagesOf({
      'a negative learning rate': make({ learningRate: -1 }),
      'a rising learning rate': make({ learningRateDecay: -0.1 }),
      'negative weight decay': make({ weightDecay: -0.1 }),
      'a negative sum of squares': make({ initialAccumulator: -1 }),
      'in a group': () => new Adagrad([{ parameters, epsilon: Number.NaN }]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative learning rate": "ValueError: Adagrad: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
      "a negative sum of squares": "ValueError: Adagrad: initialAccumulator is -1; wanted a number of at least 0. Choose another initialAccumulator.",
      "a rising learning rate": "ValueError: Adagrad: learningRateDecay is -0.1; wanted a number of at least 0. Choose another learningRateDecay.",
      "in a group": "ValueError: Adagrad: epsilon is NaN; wanted a number of at least 0. Choose another epsilon.",
      "negative weight decay": "ValueError: Adagrad: weightDecay is -0.1; wanted a number of at least 0. Choose another weightDecay.",
    }
  `);
});
