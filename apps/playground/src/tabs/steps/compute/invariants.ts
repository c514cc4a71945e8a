import {
  add,
  divide,
  type GradcheckReport,
  GradientCheckError,
  gradcheck,
  multiply,
  sum,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { entropy } from '@tapegrad/nn';
import type { Question } from '../question.ts';
import { fusedGradient, fusedLoss } from './fused.ts';
import { largestOf, numbersOf, rowsOf } from './rows.ts';
import { spreadTarget } from './spread.ts';

/** Whether something holds; `undefined` where there is nothing to be tested, for a number of it is NaN. */
export type Verdict = boolean | undefined;

/** What must hold of the loss whatever its numbers are, measured on the fused form: it stands where the chain breaks. */
export interface Invariants {
  /** For each row, the sum of the gradient by its logits: 0 but for rounding. */
  readonly gradientSums: readonly number[];
  readonly sumsHold: Verdict;
  /** For each row, its loss before any reduction, and the least that it could be. */
  readonly rowLosses: readonly number[];
  readonly leastLosses: readonly number[];
  readonly leastHold: Verdict;
  /** The largest change of loss and gradient when a constant is added to all logits. */
  readonly lossChange: number;
  readonly gradientChange: number;
  readonly changeHolds: Verdict;
  /** The largest error of the gradient against central differences, in float64. */
  readonly checkError: number;
  readonly comparisons: number;
  readonly checkHolds: Verdict;
}

/** Half the distance from 1 to the next number of a type. */
const precision = { float32: 2 ** -24, float64: 2 ** -53 };

export function measureInvariants(question: Question): Invariants {
  const { dtype } = question;
  const z = tensor(question.logits, { dtype });
  const before = fusedGradient(question, z);
  const gradientSums = numbersOf(sum(tensor(before.gradient, { dtype: 'float64' }), { axes: -1 }));
  const largest = largestOf(before.gradient.flat());
  const rowLosses = rowsOf(fusedLoss(question, z, 'none')).map(([loss]) => loss);
  const leastLosses = leastOf(question);
  const after = fusedGradient(question, add(z, question.constant));
  const lossChange = largestChange(before.loss, after.loss);
  const gradientChange = largestChange(before.gradient, after.gradient);
  const size = largestOf([...question.logits.flat(), question.constant, ...before.loss.flat(), 1]);
  // The new logits were rounded, each by half a unit of its last digit; the losses of all rows contain that error.
  const slack = 16 * precision[dtype] * size * question.logits.flat().length * largestOf([...question.weights, 1]);
  const check = checkGradient(question);
  return {
    gradientSums,
    sumsHold: verdict(gradientSums, (total) => Math.abs(total) <= 32 * precision[dtype] * Math.max(largest, 1)),
    rowLosses,
    leastLosses,
    leastHold: verdict(rowLosses, (loss, row) => loss >= leastLosses[row] - 16 * precision[dtype] * Math.max(loss, 1)),
    lossChange,
    gradientChange,
    changeHolds: verdict([lossChange, gradientChange], (change) => change <= slack),
    checkError: check.worstError,
    comparisons: check.comparisons,
    checkHolds: verdict([check.worstError], (error) => error <= 1e-6),
  };
}

function verdict(numbers: readonly number[], holds: (number: number, index: number) => boolean): Verdict {
  return numbers.some(Number.isNaN) ? undefined : numbers.every(holds);
}

/** Whatever the error is, it is to be shown and not thrown; where the loss is NaN there is none. */
function checkGradient(question: Question): Pick<GradcheckReport, 'worstError' | 'comparisons'> {
  try {
    return gradcheck((x) => fusedLoss(question, x), [question.logits], { tolerance: Infinity });
  } catch (error) {
    if (error instanceof GradientCheckError) return { worstError: Number.NaN, comparisons: 0 };
    throw error;
  }
}

/** (Σt)·H(t/Σt): the entropy of the target, which no prediction can go below. With weights t need not sum to 1. */
function leastOf(question: Question): number[] {
  const t = spreadTarget({ ...question, dtype: 'float64' });
  const totals = Array.from(sum(t, { axes: -1 }).read());
  return rowsOf(t).map((row, index) => {
    if (totals[index] === 0) return 0;
    const distribution: Tensor = divide(tensor(row, { dtype: 'float64' }), totals[index]);
    const base = question.base === 'e' ? 'e' : question.base === '2' ? 2 : 10;
    return multiply(entropy(distribution, { base }), totals[index]).item() + 0;
  });
}

function largestChange(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number {
  return largestOf(before.flatMap((row, index) => row.map((number, column) => after[index][column] - number)));
}
