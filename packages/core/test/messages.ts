import { expect } from 'vitest';
import { TapegradError } from '../src/index.ts';

/** What each of some calls throws, as `kind: message`: a table of all the ways to be refused, to be pinned at once. */
export function messagesOf(calls: Readonly<Record<string, () => unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, messageOf(call)]));
}

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof TapegradError) return `${error.name}: ${error.message}`;
    throw error;
  }
  return expect.fail('nothing was thrown');
}
