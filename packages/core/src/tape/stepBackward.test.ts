import { expect, test } from 'vitest';
import { add, exp, log, multiply, Parameter, sum, Tape, tensor } from '../index.ts';

const float64 = (numbers: number | number[]) => tensor(numbers, { dtype: 'float64' });

test('one step at a time: who gets what, and the sum of it', () => {
  using tape = new Tape();
  const x = tape.watch(float64(2), 'x');
  const loss = add(multiply(x, x), exp(x));
  const walked = [...tape.stepBackward(loss)].map(({ step, cotangent, passed }) => ({
    step: `%${step.index} ${step.operation}`,
    cotangent: cotangent.item(),
    passed: Object.fromEntries(Object.entries(passed).map(([input, g]) => [input, g.item()])),
  }));
  const e = Math.exp(2);
  expect(walked).toEqual([
    { step: '%3 add', cotangent: 1, passed: { x: 1, y: 1 } },
    { step: '%2 exp', cotangent: 1, passed: { x: e } },
    { step: '%1 multiply', cotangent: 1, passed: { x: 2, y: 2 } },
    { step: '%0 watched', cotangent: e + 2 + 2, passed: {} },
  ]);
  expect(tape.gradients(loss).get(x).item()).toBe(e + 4);
});

test('nothing is written while somebody walks, and a walk may be left', () => {
  using tape = new Tape();
  const x = tape.watch(float64([1, 2]), 'x');
  const loss = sum(multiply(x, log(x)));
  const before = tape.steps.length;
  const walk = tape.stepBackward(loss);
  walk.next();
  // Between two turns the tape records again.
  const more = exp(x);
  expect(tape.steps.length).toBe(before + 1);
  walk.next();
  expect(tape.steps.length).toBe(before + 1);
  expect([...tape.stepBackward(sum(more))].length).toBe(3);
});

test('from what was recorded last, if nobody says', () => {
  using tape = new Tape();
  const x = tape.watch(float64(3), 'x');
  exp(multiply(x, 2));
  expect(tape.stepBackward().next().value?.step.operation).toBe('exp');
});

test('to what is asked for alone', () => {
  using tape = new Tape();
  const a = tape.watch(float64(1), 'a');
  const b = tape.watch(float64(2), 'b');
  const loss = multiply(exp(a), exp(b));
  const met = [...tape.stepBackward(loss, { withRespectTo: [b] })].map(({ step }) => step.name ?? step.operation);
  expect(met).toEqual(['multiply', 'exp', 'b']);
});

test('errors come at the call', () => {
  using tape = new Tape();
  expect(() => tape.stepBackward()).toThrow('a tape on which nothing was recorded');
  const x = tape.watch([1, 2]);
  expect(() => tape.stepBackward(exp(x))).toThrow('one number');
  const walk = tape.stepBackward(sum(exp(x)));
  tape.release();
  expect(() => walk.next()).toThrow('a tape that has ended');
  expect(() => tape.stepBackward()).toThrow('a tape that has ended');
});

test('a parameter that was changed is noticed', () => {
  using tape = new Tape();
  const weight = new Parameter('weight', tensor([1, 2]));
  const loss = sum(multiply(tape.constant([1, 1]), weight));
  weight.update((numbers) => numbers.fill(3));
  expect(() => tape.stepBackward(loss)).toThrow('the parameter weight was changed');
});
