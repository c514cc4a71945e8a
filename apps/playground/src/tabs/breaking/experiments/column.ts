import { mean, reshape, square, subtract, type Tensor, tensor } from '@tapegrad/core';
import { mseLoss } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { type Observed, observe } from './observe.ts';

/** A prediction `[N, 1]` that is right in every row, against its target `[N]`. */
export function column({ rows, by }: Settings, isMended: boolean): Result<EndOf<'column'>> {
  const numbers = Array.from({ length: rows }, (_, row) => row + 1);
  const target = tensor(numbers, { dtype: 'float64' });
  const observed = observe((tape) => {
    const prediction = tape.watch(
      tensor(
        numbers.map((number) => [number]),
        { dtype: 'float64' },
      ),
      'prediction',
    );
    const compared = isMended ? reshape(prediction, [rows]) : prediction;
    const differences = subtract(compared, target);
    const loss = by === 'mseLoss' ? mseLoss(compared, target) : mean(square(differences));
    const shown: { name: string; symbol: string; of: Tensor }[] = [
      { name: 'differences', symbol: '\\hat y - t', of: differences },
    ];
    return { loss, by: prediction, symbol: '\\hat y', shown };
  });
  return {
    end: observed.loss === undefined ? 'error' : observed.loss === 0 ? 'zero' : 'positive',
    figures: observed.figures,
    messages: observed.messages,
    formulas: observed.loss === undefined ? [] : formulas(rows, isMended, observed),
  };
}

function formulas(rows: number, isMended: boolean, { loss = Number.NaN }: Observed): string[] {
  if (isMended) return [`L = \\frac{1}{${rows}} \\sum_i (\\hat y_i - t_i)^2 = ${latexNumber(loss)}`];
  return [
    `[${rows}, 1] - [${rows}] \\;\\to\\; [${rows}, ${rows}]`,
    `L = \\frac{1}{${rows}^2} \\sum_{i,j} (\\hat y_i - t_j)^2 = ${latexNumber(loss, 6)}`,
  ];
}
