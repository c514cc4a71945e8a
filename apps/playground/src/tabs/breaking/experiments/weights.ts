import { divide, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import { weightLabels, weightLogits } from '../data.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { figureOf, type Observed, observe } from './observe.ts';

/** A class that is to count more, by a weight, in a mean. */
export function weights({ weight, rare, given }: Settings, isMended: boolean): Result<EndOf<'weights'>> {
  const labels = weightLabels(rare);
  const all = isMended || given === 'both' ? [1, weight] : [weight];
  const logits = tensor(weightLogits, { dtype: 'float64' });
  const plain = softmaxCrossEntropy(logits, labels).item();
  const observed = observe((tape) => {
    const z = tape.watch(logits, 'logits');
    const loss = isMended
      ? divide(softmaxCrossEntropy(z, labels, { weight: all, reduction: 'sum' }), labels.length)
      : softmaxCrossEntropy(z, labels, { weight: all });
    const each = softmaxCrossEntropy(logits, labels, { reduction: 'none' });
    return { loss, by: z, shown: [{ name: 'losses', symbol: '\\ell_i', of: each }] };
  });
  return {
    end: endOf(observed.loss, plain),
    figures: [...observed.figures, figureOf('unweighted', 'L_0', plain)],
    messages: observed.messages,
    formulas: observed.loss === undefined ? [] : formulas(labels, weight, isMended, observed),
  };
}

function endOf(loss: number | undefined, plain: number): EndOf<'weights'> {
  if (loss === undefined) return 'error';
  if (Number.isNaN(loss)) return 'nan';
  if (Math.abs(loss - plain) <= 1e-12 * plain) return 'same';
  return loss > plain ? 'larger' : 'smaller';
}

function formulas(labels: readonly number[], weight: number, isMended: boolean, observed: Observed): string[] {
  const [losses] = observed.figures[0].rows;
  const factor = (label: number): string => latexNumber(label === 1 ? weight : 1);
  const above = labels.map((label, row) => `${factor(label)} \\cdot ${latexNumber(losses[row], 3)}`).join(' + ');
  const below = isMended ? String(labels.length) : labels.map(factor).join(' + ');
  const loss = latexNumber(observed.loss ?? Number.NaN);
  return [
    `L = \\frac{\\sum_i w_{y_i} \\ell_i}{${isMended ? 'N' : '\\sum_i w_{y_i}'}}`,
    `L = \\frac{${above}}{${below}} = ${loss}`,
  ];
}
