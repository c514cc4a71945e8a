import { expect, test } from 'vitest';
import { Tape } from '../fusion/tape.ts';
import { exp } from '../ops/elementwise/exp.ts';
import { multiply } from '../ops/elementwise/multiply.ts';
import { sqrt } from '../ops/elementwise/sqrt.ts';
import { sum } from '../ops/reductions/sum.ts';
import { nanCheck } from './nanCheck.ts';

test('finite numbers pass', () => {
  using tape = new Tape();
  const loss = sum(exp(tape.watch([1, 2])));
  expect(() => nanCheck(tape, tape.gradients(loss))).not.toThrow();
});

test('the first op with an infinity is named, with its layer', () => {
  using tape = new Tape();
  const x = tape.watch([1000, 0], 'x');
  const y = tape.within('explosion1', () => exp(x));
  tape.within('later1', () => sum(multiply(y, 0)));
  expect(() => nanCheck(tape)).toThrowErrorMatchingInlineSnapshot(
    `[NonFiniteError: nanCheck: 0 NaN and 1 infinities among 2 numbers first appeared in %1 [2] exp(x: %0) of the layer explosion1; wanted finite numbers throughout. Look at the inputs of that step; a lower learning rate, clipped gradients or the fused form of a loss often help.]`,
  );
});

test('a gradient is found where the loss is finite', () => {
  using tape = new Tape();
  const loss = sum(sqrt(tape.watch([0, 4], 'x')));
  const gradients = tape.gradients(loss);
  expect(() => nanCheck(tape)).not.toThrow();
  expect(() => nanCheck(tape, gradients)).toThrowErrorMatchingInlineSnapshot(
    `[NonFiniteError: nanCheck: 0 NaN and 1 infinities among 2 numbers first appeared in the gradient of x; wanted finite numbers throughout. Look at the inputs of that step; a lower learning rate, clipped gradients or the fused form of a loss often help.]`,
  );
});
