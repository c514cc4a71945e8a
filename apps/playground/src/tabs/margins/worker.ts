import { serve } from '../../worker/serve.ts';
import { lossesAt } from './curves.ts';
import { margins } from './margins.ts';
import type { MarginSettings } from './names.ts';

const answers = {
  curves: (settings: MarginSettings) => lossesAt(margins, settings),
  atMargin: ({ margin, ...settings }: MarginSettings & { margin: number }) => lossesAt([margin], settings),
};

/** What this worker serves. */
export type MarginAnswers = typeof answers;

serve(answers);
