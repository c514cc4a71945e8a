import { divide, exp, log, negate, slice, softmax, sum, type Tape, type Tensor, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { type Observed, observe } from './observe.ts';

/** The largest numbers of the two formats. */
const largest = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE };

/** A large logit: softmax and logarithm step by step, or the loss that has both in one. */
export function overflow({ logit, right, type }: Settings, isMended: boolean): Result<EndOf<'overflow'>> {
  const y = Number(right);
  const watched = (tape: Tape): Tensor => tape.watch(tensor([[logit, 0, 0]], { dtype: type }), 'logits');
  const observed = observe((tape) => {
    const logits = watched(tape);
    if (isMended) {
      const p = softmax(logits);
      return { loss: softmaxCrossEntropy(logits, [y]), by: logits, shown: [{ name: 'softmax', symbol: 'p', of: p }] };
    }
    const e = exp(logits);
    const total = sum(e, { axes: [1], keepDims: true });
    const p = divide(e, total);
    const loss = negate(log(slice(p, [null, [y, y + 1]])));
    const shown = [
      { name: 'exponentials', symbol: 'e^{z}', of: e },
      { name: 'total', symbol: '\\sum_j e^{z_j}', of: total },
      { name: 'softmax', symbol: 'p', of: p },
    ];
    return { loss, by: logits, shown };
  });
  return {
    end: endOf(observed.loss),
    figures: observed.figures,
    messages: observed.messages,
    formulas: isMended ? fused(logit, y, observed) : stepByStep(logit, y, type, observed),
  };
}

function endOf(loss: number | undefined): EndOf<'overflow'> {
  if (loss === undefined || Number.isNaN(loss)) return 'nan';
  return Number.isFinite(loss) ? 'right' : 'infinite';
}

function stepByStep(
  logit: number,
  y: number,
  type: Settings['type'],
  { figures, loss = Number.NaN }: Observed,
): string[] {
  const [[exponential, ...rest]] = figures[0].rows;
  const [[total]] = figures[1].rows;
  const above = y === 0 ? exponential : rest[0];
  const limit = Math.log(largest[type]);
  return [
    `e^{z} \\le ${latexNumber(largest[type])} \\iff z \\le ${latexNumber(limit)}, \\qquad z_0 = ${latexNumber(logit)}`,
    `L = -\\ln \\frac{e^{z_${y}}}{\\sum_j e^{z_j}} = -\\ln \\frac{${latexNumber(above)}}{${latexNumber(total)}} = ${latexNumber(loss)}`,
  ];
}

function fused(logit: number, y: number, { loss = Number.NaN }: Observed): string[] {
  const [z, m] = [[logit, 0, 0], Math.max(logit, 0)];
  const shifted = z.map((each) => `e^{${latexNumber(each - m)}}`).join(' + ');
  return [
    'L = -(z_y - m) + \\ln \\sum_j e^{z_j - m}, \\qquad m = \\max_j z_j',
    `L = -(${latexNumber(z[y])} - ${latexNumber(m)}) + \\ln (${shifted}) = ${latexNumber(loss)}`,
  ];
}
