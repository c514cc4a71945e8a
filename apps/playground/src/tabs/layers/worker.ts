import { serve } from '../../worker/serve.ts';
import { shownOf } from './compute/shown.ts';

const answers = { shown: shownOf };

/** What this worker serves. */
export type LayerAnswers = typeof answers;

serve(answers);
