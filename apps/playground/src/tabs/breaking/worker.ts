import { serve } from '../../worker/serve.ts';
import type { ExperimentName } from './ends.ts';
import { experiments } from './experiments/index.ts';
import type { Settings } from './fields.ts';
import type { Result } from './result.ts';

export interface Question {
  readonly name: ExperimentName;
  readonly settings: Settings;
  readonly isMended: boolean;
}

/** What the page asks. */
export const answers = {
  run: async ({ name, settings, isMended }: Question): Promise<Result> => experiments[name](settings, isMended),
};

serve(answers);
