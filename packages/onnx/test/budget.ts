import { TapegradError } from '@tapegrad/core';
import { expect } from 'vitest';

/** Expects a value or a typed error, within a second of computing, and nothing left in the prototype of all objects. */
export function endsWell(read: () => unknown): 'value' | 'error' {
  let end: 'value' | 'error' = 'value';
  let spent = Infinity;
  // The best of three: on a busy machine the same work takes the processor longer.
  for (let tries = 0; tries < 3 && spent >= 1_000_000; tries++) {
    const started = process.cpuUsage().user;
    end = outcomeOf(read);
    spent = Math.min(spent, process.cpuUsage().user - started);
  }
  expect(spent).toBeLessThan(1_000_000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  const fresh: Record<string, unknown> = {};
  expect([fresh.polluted, fresh.name, fresh.read]).toEqual([undefined, undefined, undefined]);
  return end;
}

function outcomeOf(read: () => unknown): 'value' | 'error' {
  try {
    read();
    return 'value';
  } catch (error) {
    if (!(error instanceof TapegradError)) throw error;
    return 'error';
  }
}
