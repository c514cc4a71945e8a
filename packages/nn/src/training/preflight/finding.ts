import { TapegradError } from '@tapegrad/core';

/** How a check ended; doubtful is what may be meant, and should be looked at. */
export type Verdict = 'passed' | 'doubtful' | 'failed';

/** What a check has found, in words for people. */
export interface Finding {
  /** What was checked: `loss at the start`. */
  readonly check: string;
  readonly verdict: Verdict;
  /** What was seen, with its numbers. */
  readonly seen: string;
  readonly wanted: string;
  /** What to do about it, as sentences; empty where all is well. */
  readonly remedy: string;
}

/** The findings of a check, also where tapegrad refuses something in the middle of it: that is a finding as well. */
export function findings(check: string, work: () => readonly Finding[]): readonly Finding[] {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TapegradError)) throw error;
    const { operation, got, wanted, remedy } = error;
    return [{ check, verdict: 'failed', seen: `${operation}: ${got}`, wanted, remedy: `${remedy}.` }];
  }
}

/** A number as a finding names it: four digits that mean something. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
