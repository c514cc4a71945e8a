import { TapegradError } from '@tapegrad/core';
import { expect } from 'vitest';

/** Expects a value or a typed error, within a second of computing, and nothing left in the prototype of all objects. */
export function endsWell(read: () => unknown): 'value' | 'error' {
  const started = process.cpuUsage().user;
  const end = outcomeOf(read);
  expect(process.cpuUsage().user - started).toBeLessThan(1_000_000);
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
