import { TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allTargets } from './targets.ts';

/*
 * Whatever comes from outside ends in a value or a typed error, within a second and bounded memory. Here are some hundreds of
 * cases for each reader; `npx pnpm fuzz --minutes 10` goes on for as long as one likes.
 */
const minutes = Number(process.env.TAPEGRAD_FUZZ_MINUTES ?? 0);
/** What the inputs are drawn by; another one each time where nobody says. */
const seed = process.env.TAPEGRAD_FUZZ_SEED === undefined ? {} : { seed: Number(process.env.TAPEGRAD_FUZZ_SEED) };
const targets = await allTargets();
const milliseconds = (minutes * 60_000) / targets.length;

test.each(targets.map((target) => [target.name, target] as const))(
  '%s',
  { timeout: 60_000 + 2 * milliseconds },
  async (_name, { inputs, read }) => {
    const before = process.memoryUsage();
    const ends = { values: 0, errors: 0 };
    const property = fc.asyncProperty(inputs, async (input) => {
      const started = process.cpuUsage().user;
      try {
        await read(input);
        ends.values++;
      } catch (error) {
        if (!isTyped(error)) throw error;
        ends.errors++;
      }
      expect(process.cpuUsage().user - started).toBeLessThan(1e6);
    });
    const limits = minutes > 0 ? { numRuns: 1e9, interruptAfterTimeLimit: milliseconds } : { numRuns: 800 };
    await fc.assert(property, { ...limits, ...seed });
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2e8);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(4e8);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
    if (minutes > 0) console.log(`${ends.values} values, ${ends.errors} typed errors`);
  },
);

/** An error of ours, of a kind with a code of its own; or what the command line says of a wrong one. */
function isTyped(error: unknown): boolean {
  if (error instanceof TapegradError) return error.code !== 'TAPEGRAD';
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
