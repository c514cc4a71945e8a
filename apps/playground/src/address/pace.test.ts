import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function paced(): { pace: Pace; written: string[] } {
  const written: string[] = [];
  return { pace: new Pace((text) => written.push(text)), written };
}

test('the first change is written at once, and of those that follow soon the newest', () => {
  const { pace, written } = paced();
  for (const text of ['a', 'b', 'c']) pace.write(text);
  expect(written).toEqual(['a']);
  vi.advanceTimersByTime(300);
  expect(written).toEqual(['a', 'c']);
  vi.advanceTimersByTime(1000);
  pace.write('d');
  expect(written).toEqual(['a', 'c', 'd']);
});

test('what waits is written before the address is copied, and not again', () => {
  const { pace, written } = paced();
  for (const text of ['a', 'b']) pace.write(text);
  pace.flush();
  expect(written).toEqual(['a', 'b']);
  vi.advanceTimersByTime(1000);
  pace.flush();
  expect(written).toEqual(['a', 'b']);
});

test('what waits is forgotten with its tab', () => {
  const { pace, written } = paced();
  for (const text of ['a', 'b']) pace.write(text);
  pace.drop();
  vi.advanceTimersByTime(1000);
  expect(written).toEqual(['a']);
});

test('a drag of two seconds writes no more often than browsers allow', () => {
  const { pace, written } = paced();
  for (let move = 0; move < 200; move++) {
    pace.write(String(move));
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(written.length).toBeLessThanOrEqual(8);
  expect(written.at(-1)).toBe('199');
});
