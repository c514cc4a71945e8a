import { expect, test } from 'vitest';
import { ones } from '../index.ts';
import { relu } from '../ops/activations/relu.ts';
import { square } from '../ops/elementwise/square.ts';
import { sum } from '../ops/reductions/sum.ts';
import { profileOperations } from './profile.ts';
import { Tape } from './tape.ts';

test('counts the ops of both ways, with the time that each took by itself', () => {
  using tape = new Tape();
  const x = tape.watch(ones([300, 300]));
  square(x);
  const stop = profileOperations();
  const start = performance.now();
  tape.gradients(sum(square(relu(x))));
  const whole = performance.now() - start;
  const { operations, kernelMilliseconds } = stop();
  const calls = Object.fromEntries(operations.map(({ operation, calls }) => [operation, calls]));
  expect(calls).toMatchObject({ relu: 1, reluGradient: 1, sum: 1, broadcastTo: 1 });
  const total = operations.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(whole);
  const inKernels = operations.reduce((sum, { kernelMilliseconds }) => sum + kernelMilliseconds, 0);
  expect(inKernels).toBeLessThanOrEqual(total);
  expect(inKernels).toBeCloseTo(kernelMilliseconds, 6);
  const sorted = operations.map(({ milliseconds }) => milliseconds);
  expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
});

test('counts nothing before and after', () => {
  const stop = profileOperations();
  stop();
  square([1, 2]);
  const again = profileOperations();
  expect(again()).toEqual({ operations: [], kernelMilliseconds: 0 });
});

test('an op that throws is counted too, and does not upset the others', () => {
  const stop = profileOperations();
  expect(() => sum([1, 2], { axes: 3 })).toThrow();
  square([1, 2]);
  expect(stop().operations.map(({ operation }) => operation)).toEqual(['multiply']);
});
