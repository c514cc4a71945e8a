import { serve } from '../../worker/serve.ts';
import { measure } from './measures.ts';

const answers = { measure };

/** What this worker serves. */
export type DistributionAnswers = typeof answers;

serve(answers);
