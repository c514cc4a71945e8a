import { serve } from '../../worker/serve.ts';
import { decaysOf } from './decays.ts';
import { reliefOf } from './heights.ts';
import { walksOf } from './walks.ts';

const answers = { relief: reliefOf, walks: walksOf, decays: decaysOf };

/** What this worker serves. */
export type OptimiserAnswers = typeof answers;

serve(answers);
