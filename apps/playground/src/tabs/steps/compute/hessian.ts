import { divide, multiply, oneHot, reshape, softmax, subtract, sum, Tape, tensor } from '@tapegrad/core';
import { allocateFloats } from '@tapegrad/core/authors';
import type { Question } from '../question.ts';
import { firstCotangent } from './chain.ts';
import { fusedLoss } from './fused.ts';
import { largestOf, rowsOf } from './rows.ts';
import { divisorOf, natsPer, spreadTarget } from './spread.ts';

/** The second derivative of the loss by the logits of one row, from the tape and from the formula. */
export interface Hessian {
  readonly fromTape: readonly (readonly number[])[];
  /** (Σt)(diag(p) - ppᵀ) / divisor. */
  readonly formula: readonly (readonly number[])[];
  readonly largestDifference: number;
}

/** For each row: the gradient is recorded on the tape, and then differentiated again, one of its numbers at a time. */
export function hessians(question: Question): Hessian[] {
  using tape = new Tape();
  const [rows, classes] = [question.logits.length, question.logits[0].length];
  const z = tape.watch(tensor(question.logits, { dtype: question.dtype }));
  const loss = fusedLoss(question, z);
  const options = { cotangent: firstCotangent(loss), nonFinite: 'allow' } as const;
  const gradient = tape.gradients(loss, { ...options, differentiable: true }).get(z);
  return question.logits.map((_, row) => {
    const fromTape = Array.from({ length: classes }, (_, column) => {
      const unit = allocateFloats(question.dtype, rows * classes);
      unit[row * classes + column] = 1;
      const cotangent = tensor(unit, { shape: [rows, classes] });
      return rowsOf(tape.gradients(gradient, { cotangent, withRespectTo: [z], nonFinite: 'allow' }).get(z))[row];
    });
    const formula = formulaOf(question, row);
    const differences = fromTape.flatMap((line, i) => line.map((number, j) => number - formula[i][j]));
    return { fromTape, formula, largestDifference: largestOf(differences) };
  });
}

function formulaOf(question: Question, row: number): number[][] {
  const { dtype, logits } = question;
  const classes = logits[0].length;
  const p = softmax(tensor(logits[row], { dtype }));
  const every = Array.from({ length: classes }, (_, column) => column);
  const diagonal = multiply(oneHot(every, { classes, dtype }), p);
  const curvature = subtract(diagonal, multiply(reshape(p, [classes, 1]), p));
  const totals = sum(spreadTarget(question), { axes: -1 }).toFlatArray();
  const divisor = (question.reduction === 'mean' ? divisorOf(question) : 1) * natsPer(question.base);
  return rowsOf(divide(multiply(curvature, totals[row]), divisor));
}
