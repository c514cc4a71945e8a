import { serve } from '../../worker/serve.ts';
import { fieldOf } from './compute/field.ts';
import { viewOf } from './compute/view.ts';

/** What the page asks. */
export const answers = { view: viewOf, field: fieldOf };

serve(answers);
