import { useRest } from '../../parts/useRest.ts';
import type { Asked } from '../../worker/connect.ts';
import { type Answered, useAnswer } from '../../worker/useAnswer.ts';
import { type Form, mostSteps } from './fields.ts';
import type { WalkForm, Walks } from './walks.ts';
import type { OptimiserAnswers } from './worker.ts';

/**
 * The walks of the form. While something is dragged they go no farther than the step that is shown, so that the picture follows
 * the hand with slow optimisers too; once it rests they are walked to their end, for the chart of all steps.
 */
export function useWalks(asked: Asked<OptimiserAnswers>, form: Form): Answered<Walks> {
  const walkForm = walkFormOf(form);
  const isResting = useRest(JSON.stringify(walkForm));
  return useAnswer(asked.walks, { ...walkForm, steps: isResting ? mostSteps : form.step });
}

/** The form without what changes no walk. */
function walkFormOf({ machine, step, large, small, rate, lambda, decaySteps, ...form }: Form): WalkForm {
  return form;
}
