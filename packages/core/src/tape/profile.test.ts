import { expect, test } from 'vitest';
import { ones, type Tensor, tensor } from '../index.ts';
import { relu } from '../ops/activations/relu.ts';
import { square } from '../ops/elementwise/square.ts';
import { sum } from '../ops/reductions/sum.ts';
import { PlainTape } from './plainTape.ts';
import { profileOperations } from './profile.ts';
import { record } from './record.ts';

test('counts the ops of both ways, with the time that each took by itself', () => {
  using tape = new PlainTape();
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

/** An op of one number, whose value is computed by `value`. */
function opOf(operation: string, value: () => void): Tensor {
  return record({ operation, inputs: { x: tensor([1]) }, shape: [1], value, vjps: { x: null } });
}

test('an op that throws while it is computed is counted too, and does not upset the others', () => {
  const stop = profileOperations();
  const broken = (): void => {
    throw new Error('broken');
  };
  expect(() => opOf('failing', broken)).toThrow('broken');
  square([1, 2]);
  const { operations } = stop();
  expect(operations.map(({ operation }) => operation).sort()).toEqual(['failing', 'multiply']);
  expect(operations.map(({ calls }) => calls)).toEqual([1, 1]);
});

test('the time of ops that another calls while it is computed is theirs, and not counted twice', () => {
  const stop = profileOperations();
  const start = performance.now();
  opOf('outer', () => {
    opOf('inner', () => busyFor(4));
    opOf('inner', () => busyFor(4));
  });
  const whole = performance.now() - start;
  const { operations } = stop();
  const [first, second] = operations;
  expect(first).toMatchObject({ operation: 'inner', calls: 2 });
  expect(second).toMatchObject({ operation: 'outer', calls: 1 });
  expect(first.milliseconds).toBeGreaterThanOrEqual(8);
  expect(first.milliseconds + second.milliseconds).toBeLessThanOrEqual(whole);
});

/** Keeps the processor for so many milliseconds, by the clock that the profile reads. */
function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
