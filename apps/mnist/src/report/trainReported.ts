import { TapegradError } from '@tapegrad/core';
import type { TrainTest } from '@tapegrad/datasets';
import type { Options } from '../options.ts';
import { type Outcome, type Surroundings, train } from '../train.ts';
import type { Journal } from './journal.ts';
import { writeReport } from './report.ts';

/**
 * Trains as {@link train} does, and then writes the report; also of a run that was stopped, or that an error ended after
 * some steps.
 *
 * @throws what `train` throws, and ValueError when the report cannot be written
 */
export async function trainReported(
  file: string,
  data: TrainTest,
  options: Options,
  around: Surroundings & { readonly journal: Journal },
): Promise<Outcome> {
  const { say, journal } = around;
  let outcome: Outcome;
  try {
    outcome = await train(data, options, around);
  } catch (error) {
    if (journal.step > journal.resumedAt) {
      const why = error instanceof TapegradError ? error.message : 'an error ended it.';
      // What went wrong first is what counts.
      await writeReport(file, journal, options, why).catch((second) => say(String(second)));
    }
    throw error;
  }
  await writeReport(file, journal, options, outcome.isStopped ? 'it was stopped by Ctrl-C.' : undefined);
  say(`the report is in ${file}`);
  return outcome;
}
