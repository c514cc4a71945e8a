import { divide, log, multiply, softmax, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import {
  crossEntropyOfDistributions,
  entropy,
  jensenShannonDivergence,
  klDivergence,
  type LogarithmBase,
} from '@tapegrad/nn';

export interface MeasuresQuestion {
  /** Weights of P and of Q, as many, none negative; they are divided by their sum. */
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly base: LogarithmBase;
}

/** One of the two divergences, with the parts that it is the sum of. */
export interface Divergence {
  readonly value: number;
  /** p_c·log(p_c/q_c) for each outcome, as they stand on the tape before they are summed. */
  readonly terms: readonly number[];
  /** H(P, Q), that of the distribution in front under the other one. */
  readonly crossEntropy: number;
  /** H(P), of the one in front. */
  readonly entropy: number;
  /** H(P, Q) - H(P), computed apart: what the identity says the value is. */
  readonly difference: number;
  /** The gradient by the probabilities of Q. */
  readonly byQ: readonly number[];
  /** The gradient by the logits of Q, ln q. */
  readonly byLogits: readonly number[];
}

export interface Measures {
  readonly p: readonly number[];
  readonly q: readonly number[];
  /** D_KL(P‖Q), and D_KL(Q‖P). */
  readonly forward: Divergence;
  readonly reverse: Divergence;
  readonly jensenShannon: number;
}

/** All there is to say of two distributions, by nn's measures and the tape's gradients. */
export function measure({ p, q, base }: MeasuresQuestion): Measures {
  const [first, second] = [normalised(p), normalised(q)];
  return {
    p: [...first.read()],
    q: [...second.read()],
    forward: divergence(first, second, second, base),
    reverse: divergence(second, first, second, base),
    jensenShannon: jensenShannonDivergence(first, second, { base }).item(),
  };
}

function normalised(weights: readonly number[]): Tensor {
  const numbers = tensor(weights, { dtype: 'float64' });
  return divide(numbers, sum(numbers));
}

function divergence(of: Tensor, from: Tensor, learnt: Tensor, base: LogarithmBase): Divergence {
  const between = { of, under: from, base };
  const value = klDivergence({ of, from, base }).item();
  const across = crossEntropyOfDistributions(between).item();
  const own = entropy(of, { base }).item();
  return {
    value,
    terms: termsOf(of, from, base),
    crossEntropy: across,
    entropy: own,
    difference: across - own,
    byQ: gradientOf(learnt, (q) => klDivergence(of === learnt ? { of: q, from, base } : { of, from: q, base })),
    byLogits: gradientOf(log(learnt), (logits) => {
      const q = softmax(logits);
      return klDivergence(of === learnt ? { of: q, from, base } : { of, from: q, base });
    }),
  };
}

/** ∂f/∂x; where f is infinite the gradient is what comes of that: infinite, or no number. */
function gradientOf(x: Tensor, f: (x: Tensor) => Tensor): number[] {
  using tape = new Tape();
  const watched = tape.watch(x);
  return [...tape.gradients(f(watched), { nonFinite: 'allow' }).get(watched).read()];
}

/** The terms of the sum that a divergence is, read off the tape it was computed on. */
function termsOf(of: Tensor, from: Tensor, base: LogarithmBase): number[] {
  using tape = new Tape();
  klDivergence({ of: tape.constant(of), from: tape.watch(from) });
  const last = tape.steps.findLast(({ operation }) => operation === 'sum');
  const terms = last && tape.steps[Object.values(last.inputs)[0]].output;
  if (!terms) return [];
  const unit = base === 'e' ? 1 : Math.log(base);
  return [...multiply(terms, 1 / unit).read()];
}
