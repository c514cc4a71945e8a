import { TapegradError } from '@tapegrad/core';
import { commandError } from '@tapegrad/core/node';
import type { TrainTest } from '@tapegrad/datasets';
import type { Options } from '../options.ts';
import { type Outcome, type Surroundings, train } from '../train.ts';
import { words } from '../words.ts';
import type { Journal } from './journal.ts';
import { writeReport } from './report.ts';

/** How a run ended, and its report. */
export interface ReportedOutcome extends Outcome {
  /** Why the report could not be written. Whoever throws it saves the model first. */
  readonly unwritten?: unknown;
}

/**
 * Trains as {@link train} does, and then writes the report; also of a run that was stopped, or that an error ended after
 * some steps.
 *
 * @throws what `train` throws
 */
export async function trainReported(
  file: string,
  data: TrainTest,
  options: Options,
  around: Surroundings & { readonly journal: Journal },
): Promise<ReportedOutcome> {
  const { say, journal } = around;
  let outcome: Outcome;
  try {
    outcome = await train(data, options, around);
  } catch (error) {
    if (journal.step > journal.resumedAt) {
      const why = error instanceof TapegradError ? error.message : 'an error ended it.';
      // What went wrong first is what counts.
      await writeReport(file, journal, options, why).catch((second) => say(commandError(second, words)));
    }
    throw error;
  }
  try {
    await writeReport(file, journal, options, outcome.isStopped ? 'it was stopped by Ctrl-C.' : undefined);
    say(`the report is in ${file}`);
    return outcome;
  } catch (unwritten) {
    return { ...outcome, unwritten };
  }
}
