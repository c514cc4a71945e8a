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

/** The same of calls that end later. */
export async function laterMessagesOf(
  calls: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Record<string, string>> {
  const ended: [string, string][] = [];
  for (const [name, call] of Object.entries(calls)) {
    const error: unknown = await call().then(
      () => undefined,
      (error: unknown) => error,
    );
    const rethrow = (): never => {
      throw error;
    };
    ended.push([name, messageOf(error === undefined ? () => undefined : rethrow)]);
  }
  return Object.fromEntries(ended);
}
