import { existsSync, readFileSync } from 'node:fs';
import type { Part } from '../cli/options.ts';
import type { EarlierRun, Machine, Results } from './results.ts';

/** What each part writes into the results. */
const keysOf = {
  steps: ['steps', 'noise'],
  panel: ['panel'],
  predict: ['predictions'],
  kernels: ['kernels'],
  kinds: ['kinds'],
  overhead: ['overhead'],
  memory: ['memory'],
  start: ['firstStepMs'],
  size: ['sizes'],
  scaling: ['scaling'],
} as const satisfies Record<Part, readonly (keyof Results)[]>;

const parts = Object.keys(keysOf) as Part[];

/** The results that were written to a file before, if there are any. */
export function earlierResults(file: string): Results | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * The new results, and of the earlier ones the parts that were not measured anew: a run may be as long as the machine is
 * quiet. Results of another machine are left behind, since nobody could compare them with the new ones.
 */
export function withEarlier(results: Results, earlier: Results | undefined): Results {
  if (!earlier || !isSameMachine(results.machine, earlier.machine)) return results;
  const kept = partsIn(earlier).filter((part) => !partsIn(results).includes(part));
  if (kept.length === 0) return results;
  return {
    ...Object.fromEntries(kept.flatMap((part) => keysOf[part].map((key) => [key, earlier[key]]))),
    ...withoutUndefined(results),
    leftOut: [...results.leftOut, ...earlier.leftOut.filter(({ part }) => kept.includes(part))],
    earlier: runsOf(earlier)
      .map((run) => ({ ...run, parts: run.parts.filter((part) => kept.includes(part)) }))
      .filter((run) => run.parts.length > 0),
  };
}

/** Which parts were measured. */
function partsIn(results: Results): Part[] {
  return parts.filter((part) => results[keysOf[part][0]] !== undefined);
}

/** The runs that made these results: the last one, and those whose parts it kept. */
function runsOf(results: Results): EarlierRun[] {
  const { command, date, machine, earlier = [] } = results;
  const older = earlier.flatMap((run) => run.parts);
  const own = partsIn(results).filter((part) => !older.includes(part));
  return [{ command, date, node: machine.node, parts: own }, ...earlier];
}

function isSameMachine(one: Machine, other: Machine): boolean {
  return (['processor', 'cores', 'memoryGiB', 'system'] as const).every((key) => one[key] === other[key]);
}

/** Without what was not measured, which would otherwise hide what was measured before. */
function withoutUndefined(results: Results): Results {
  return Object.fromEntries(Object.entries(results).filter(([, value]) => value !== undefined)) as unknown as Results;
}
