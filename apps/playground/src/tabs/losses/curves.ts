import { Tape, zeros } from '@tapegrad/core';
import { lossOf } from './losses.ts';
import { forEachLoss, type LossName, type LossSettings } from './names.ts';
import { residuals } from './residuals.ts';

/** A loss at some residuals: what it is, and its slope by the prediction. */
export interface Curve {
  readonly values: readonly number[];
  readonly slopes: readonly number[];
}

/** Each loss at these residuals, prediction - target, where the target is 0; the slopes are the tape's gradients. */
export function lossesAt(at: readonly number[], settings: LossSettings): Readonly<Record<LossName, Curve>> {
  return forEachLoss((name) => {
    using tape = new Tape();
    const prediction = tape.watch(new Float64Array(at));
    const loss = (reduction: 'none' | 'sum') =>
      lossOf(name, prediction, zeros([at.length], { dtype: 'float64' }), { ...settings, reduction });
    const values = [...loss('none').read()];
    const slopes = [...tape.gradients(loss('sum')).get(prediction).read()];
    return { values, slopes };
  });
}

/** The curves to draw. */
export const curvesOf = (settings: LossSettings): Readonly<Record<LossName, Curve>> => lossesAt(residuals, settings);
