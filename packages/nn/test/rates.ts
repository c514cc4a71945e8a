import { expect } from 'vitest';
import type { Schedule } from '../src/index.ts';

/** Expects the learning rates of the steps 0, 1, …, up to rounding. */
export function expectRates(schedule: Schedule, wanted: readonly number[]): void {
  const close = (rate: number, step: number): boolean => Math.abs(schedule(step) - rate) <= 1e-14;
  const worst = wanted.findIndex((rate, step) => !close(rate, step));
  if (worst >= 0) expect.fail(`the rate of step ${worst} is ${schedule(worst)} instead of ${wanted[worst]}`);
}
