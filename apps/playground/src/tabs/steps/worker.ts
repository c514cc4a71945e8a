import { serve } from '../../worker/serve.ts';
import { machine } from './compute/machine.ts';

const answers = { machine };

export type StepsAnswers = typeof answers;

serve(answers);
