import { TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Target } from './targets.ts';

/** How long the fuzzers go on together, in minutes; 0 for some hundreds of cases each. */
const minutes = Number(process.env.TAPEGRAD_FUZZ_MINUTES ?? 0);
/** What the inputs are drawn by; another one each time where nobody says. */
const seed = process.env.TAPEGRAD_FUZZ_SEED === undefined ? {} : { seed: Number(process.env.TAPEGRAD_FUZZ_SEED) };

export interface RunOptions {
  /** Among how many targets the minutes are shared. */
  readonly share: number;
  /** How many cases there are where nobody names minutes. Default: 800. */
  readonly cases?: number;
  /** Of one core, that a case may take. Default: 1. */
  readonly seconds?: number;
}

/** A test of each target: every input ends in a value or a typed error, within a second or as many as are said, and bounded memory. */
export function runTargets(targets: readonly Target[], { share, cases = 800, seconds = 1 }: RunOptions): void {
  const milliseconds = (minutes * 60_000) / share;
  test.each(targets.map((target) => [target.name, target] as const))(
    '%s',
    { timeout: 60_000 + 2 * milliseconds },
    async (_name, { inputs, cases: own = cases, read }) => {
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
        expect(process.cpuUsage().user - started).toBeLessThan(1e6 * seconds);
      });
      const limits = minutes > 0 ? { numRuns: 1e9, interruptAfterTimeLimit: milliseconds } : { numRuns: own };
      await fc.assert(property, { ...limits, ...seed });
      const after = process.memoryUsage();
      expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2e8);
      expect(after.heapUsed - before.heapUsed).toBeLessThan(4e8);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
      if (minutes > 0) console.log(`${ends.values} values, ${ends.errors} typed errors`);
    },
  );
}

/** An error of ours, of a kind with a code of its own; or what the command line says of a wrong one. */
function isTyped(error: unknown): boolean {
  if (error instanceof TapegradError) return error.code !== 'TAPEGRAD';
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
