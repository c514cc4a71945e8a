import { tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { labelLogits, mendOf } from '../data.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { observe, rowsOf } from './observe.ts';

/** Class indices of which the last may lie outside of the classes. */
export function label({ label: text }: Settings, isMended: boolean): Result<EndOf<'label'>> {
  const last = Number(text);
  const mend = isMended ? mendOf(last) : 'nothing';
  const labels = [1, 2, last];
  const observed = observe((tape) => {
    const logits = tape.watch(tensor(labelLogits, { dtype: 'float64' }), 'logits');
    const loss =
      mend === 'subtract'
        ? softmaxCrossEntropy(
            logits,
            labels.map((each) => each - 1),
          )
        : mend === 'ignore'
          ? softmaxCrossEntropy(logits, labels, { ignoreIndex: last })
          : mend === 'spread'
            ? softmaxCrossEntropy(logits, spread)
            : softmaxCrossEntropy(logits, labels);
    return { loss, by: logits };
  });
  const rows = observed.figures.find(({ name }) => name === 'gradient')?.rows;
  const isLeftOut = rows?.[2].every((slope) => slope === 0);
  return {
    end: observed.loss === undefined ? 'error' : isLeftOut ? 'ignored' : 'computes',
    figures: [
      { name: 'logits', symbol: 'z', kind: 'value', rows: rowsOf(tensor(labelLogits, { dtype: 'float64' })) },
      ...observed.figures,
    ],
    messages: observed.messages,
    formulas: ['L = \\frac{1}{N} \\sum_i -\\ln p_{i, y_i}, \\qquad y_i \\in \\{0, 1, 2\\}'],
  };
}

/** "Between 1 and 2" as probabilities. */
const spread = [
  [0, 1, 0],
  [0, 0, 1],
  [0, 0.5, 0.5],
];
