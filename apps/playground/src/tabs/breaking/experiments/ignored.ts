import { divide, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import { ignoredLabels, ignoredLogits } from '../data.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { figureOf, observe } from './observe.ts';

/** A batch of which some rows, or all, are left out. */
export function ignored({ ignored: count }: Settings, isMended: boolean): Result<EndOf<'ignored'>> {
  const labels = ignoredLabels(count);
  const counted = labels.length - count;
  const observed = observe((tape) => {
    const logits = tape.watch(tensor(ignoredLogits, { dtype: 'float64' }), 'logits');
    const loss = isMended
      ? divide(softmaxCrossEntropy(logits, labels, { reduction: 'sum' }), Math.max(counted, 1))
      : softmaxCrossEntropy(logits, labels);
    return { loss, by: logits };
  });
  const loss = observed.loss ?? Number.NaN;
  const total = softmaxSum(labels);
  const below = isMended ? `\\max(${counted}, 1)` : String(counted);
  return {
    end: Number.isNaN(loss) ? 'nan' : loss === 0 ? 'zero' : 'finite',
    figures: [figureOf('counted', 'N', counted), ...observed.figures],
    messages: observed.messages,
    formulas: [
      `L = \\frac{\\sum_{i\\,:\\,y_i \\ne -100} \\ell_i}{N} = \\frac{${latexNumber(total)}}{${below}} = ${latexNumber(loss)}`,
    ],
  };
}

function softmaxSum(labels: readonly number[]): number {
  let total = Number.NaN;
  observe((tape) => {
    const logits = tape.watch(tensor(ignoredLogits, { dtype: 'float64' }));
    const loss = softmaxCrossEntropy(logits, labels, { reduction: 'sum' });
    total = loss.item();
    return { loss, by: logits };
  });
  return total;
}
