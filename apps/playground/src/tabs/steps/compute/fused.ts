import { divide, multiply, softmax, subtract, sum, Tape, type Tensor, type TensorLike, tensor } from '@tapegrad/core';
import { unitsBetween } from '@tapegrad/explain';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import type { Question, Reduction } from '../question.ts';
import { firstCotangent } from './chain.ts';
import { rowsOf } from './rows.ts';
import { divisorOf, natsPer, spreadTarget } from './spread.ts';

import type { ChainStep } from './walk.ts';

type Rows = readonly (readonly number[])[];

/** The loss in one step, its gradient, the formula of it with its parts, and how far the chain is from it. */
export interface Fused {
  readonly loss: Rows;
  readonly gradient: Rows;
  readonly target: Rows;
  /** Σt of each row. */
  readonly totals: Rows;
  readonly p: Rows;
  /** What (Σt)p - t is divided by: the rows or weights of a mean, and the base of the logarithm. */
  readonly divisor: number;
  /** ((Σt)p - t) / divisor. */
  readonly formula: Rows;
  /** Chain less fused; NaN where one of them is, and so are the units between them: nothing is near a NaN. */
  readonly difference: Rows;
  readonly ulps: Rows;
  readonly lossDifference: Rows;
  readonly lossUlps: Rows;
}

/** The fused loss of `@tapegrad/nn` with the options of the question. */
export function fusedLoss(question: Question, logits: TensorLike, reduction: Reduction = question.reduction): Tensor {
  const { target, weights, smoothing, base } = question;
  const loss = softmaxCrossEntropy(logits, target.kind === 'index' ? target.labels : target.rows, {
    labelSmoothing: smoothing,
    reduction,
    ...(weights.some((weight) => weight !== 1) ? { weight: weights } : {}),
  });
  return base === 'e' ? loss : divide(loss, natsPer(base));
}

/** The fused loss of these logits and its gradient by them. */
export function fusedGradient(question: Question, logits: TensorLike): { loss: number[][]; gradient: number[][] } {
  using tape = new Tape();
  const z = tape.watch(logits);
  const loss = fusedLoss(question, z);
  const gradients = tape.gradients(loss, { cotangent: firstCotangent(loss), nonFinite: 'allow' });
  return { loss: rowsOf(loss), gradient: rowsOf(gradients.get(z)) };
}

/** Sets the fused form beside the chain. */
export function compareFused(question: Question, chain: readonly ChainStep[]): Fused {
  const { dtype } = question;
  const z = tensor(question.logits, { dtype });
  const { loss, gradient } = fusedGradient(question, z);
  const t = spreadTarget(question);
  const totals = sum(t, { axes: -1, keepDims: true });
  const p = softmax(z);
  const divisor = (question.reduction === 'mean' ? divisorOf(question) : 1) * natsPer(question.base);
  const formula = divide(subtract(multiply(totals, p), t), divisor);
  const ulps = (chain: Rows, fused: Rows): number[][] =>
    each(chain, fused, (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : unitsBetween(a, b, dtype)));
  const [first, last] = [chain[0], chain[chain.length - 1]];
  return {
    loss,
    gradient,
    target: rowsOf(t),
    totals: rowsOf(totals),
    p: rowsOf(p),
    divisor,
    formula: rowsOf(formula),
    difference: each(first.gradient, gradient, (a, b) => a - b),
    ulps: ulps(first.gradient, gradient),
    lossDifference: each(last.value, loss, (a, b) => a - b),
    lossUlps: ulps(last.value, loss),
  };
}

function each(a: Rows, b: Rows, what: (a: number, b: number) => number): number[][] {
  return a.map((row, index) => row.map((number, column) => what(number, b[index][column])));
}
