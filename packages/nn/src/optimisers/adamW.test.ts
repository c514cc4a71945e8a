import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import type { AdamSettings } from './adam.ts';
import { AdamW } from './adamW.ts';

const allSettings: fc.Arbitrary<AdamSettings> = fc.record({
  learningRate: between(0, 0.1),
  betas: fc.tuple(factor(0.95), factor(0.9999)),
  epsilon: fc.constantFrom(1e-8, 1e-3),
  weightDecay: factor(1),
  amsgrad: fc.boolean(),
});

/** PyTorch's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: AdamSettings): number[] {
  const { learningRate, betas, epsilon, weightDecay, amsgrad } = settings;
  let [x, m, v, largest] = [start, 0, 0, 0];
  return gradients.map((g, index) => {
    const step = index + 1;
    x *= 1 - learningRate * weightDecay;
    m = betas[0] * m + (1 - betas[0]) * g;
    v = betas[1] * v + (1 - betas[1]) * g * g;
    largest = Math.max(largest, v);
    const mean = m / (1 - betas[0] ** step);
    const meanSquare = (amsgrad ? largest : v) / (1 - betas[1] ** step);
    x -= (learningRate * mean) / (Math.sqrt(meanSquare) + epsilon);
    return x;
  });
}

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new AdamW(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('decays weights alike, however large their gradients', () => {
  const x = new Parameter('x', double([1, 1, 1]));
  const gradients = madeUp(new Map([[x, double([1e-3, 1, 1e3])]]));
  new AdamW([x], { learningRate: 0.1, weightDecay: 0.5 }).step(gradients);
  expectClose(x, [0.85, 0.85, 0.85], 2e-6);
});

test('has the settings of Adam and a weight decay of 0.01 unless told otherwise, also by `undefined`', () => {
  const usual = { learningRate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01, amsgrad: false };
  const x = new Parameter('x', tensor([1]));
  expect(new AdamW([x]).groups[0]).toMatchObject(usual);
  expect(new AdamW([x], { weightDecay: undefined }).groups[0]).toMatchObject(usual);
});

test('refuses settings out of range in its own name', () => {
  const parameters = [new Parameter('x', tensor([1]))];
  expect(
    messagesOf({
      'negative weight decay': () => new AdamW(parameters, { weightDecay: -0.1 }),
      'a beta of 1': () => new AdamW([{ parameters, betas: [0.9, 1] }]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a beta of 1": "ValueError: AdamW: betas[1] is 1; wanted a number from 0 to below 1. Choose another betas[1].",
      "negative weight decay": "ValueError: AdamW: weightDecay is -0.1; wanted a number of at least 0. Choose another weightDecay.",
    }
  `);
});
