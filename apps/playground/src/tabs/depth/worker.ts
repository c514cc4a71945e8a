import { serve } from '../../worker/serve.ts';
import { sizesOf } from './net.ts';

const answers = { sizes: sizesOf };

/** What this worker serves. */
export type DepthAnswers = typeof answers;

serve(answers);
