import { serve } from '../../worker/serve.ts';
import { curvesOf, lossesAt } from './curves.ts';
import { fitLines } from './fit.ts';
import { logits } from './logits.ts';
import type { LossSettings } from './names.ts';
import { type ClassCount, onSoftmaxAt } from './onSoftmax.ts';

const answers = {
  curves: (settings: LossSettings) => curvesOf(settings),
  atResidual: ({ residual, ...settings }: LossSettings & { residual: number }) => lossesAt([residual], settings),
  fit: fitLines,
  softmaxCurves: ({ classes }: { classes: ClassCount }) => onSoftmaxAt(logits, classes),
  atLogit: ({ logit, classes }: { logit: number; classes: ClassCount }) => onSoftmaxAt([logit], classes),
};

/** What this worker serves. */
export type LossAnswers = typeof answers;

serve(answers);
