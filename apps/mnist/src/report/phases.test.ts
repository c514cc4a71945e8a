import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Phases } from './phases.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number): unknown => vi.advanceTimersByTime(milliseconds);

test('only the innermost of several pieces of work is counted', () => {
  const phases = new Phases();
  pass(1000);
  const result = phases.during('training', () => {
    pass(2000);
    phases.during('testing', () => pass(500));
    pass(250);
    return 'done';
  });
  expect(result).toBe('done');
  expect(phases.seconds).toEqual([
    ['training', 2.25],
    ['testing', 0.5],
    ['the rest', 1],
  ]);
});

test('work with a promise is counted until that is kept, and work that throws until it does', async () => {
  const phases = new Phases();
  const loading = phases.during('loading', () => new Promise((resolve) => setTimeout(resolve, 3000)));
  await vi.advanceTimersByTimeAsync(3000);
  await loading;
  expect(() =>
    phases.during('testing', () => {
      pass(1000);
      throw new Error('broken');
    }),
  ).toThrow('broken');
  pass(500);
  expect(phases.seconds).toEqual([
    ['loading', 3],
    ['testing', 1],
    ['the rest', 0.5],
  ]);
});
