import { divide, log, multiply, softmax, subtract, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
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
  /** The gradient with respect to the probabilities of Q; NaN where there is none. */
  readonly byQ: readonly number[];
  /** The gradient with respect to the logits of Q, ln q; NaN where there is none. */
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
  const at = (q: Tensor): Tensor => klDivergence(of === learnt ? { of: q, from, base } : { of, from: q, base });
  return {
    value,
    terms: termsOf(of, from, base),
    crossEntropy: across,
    entropy: own,
    difference: across - own,
    ...(Number.isFinite(value)
      ? { byQ: byQOf(learnt, of === learnt, at), byLogits: byLogitsOf(learnt, { of, from, base }) }
      : noGradients(learnt)),
  };
}

type Gradients = Pick<Divergence, 'byQ' | 'byLogits'>;

/** An infinite divergence has no gradient at all: no number near it is finite. */
function noGradients({ size }: Tensor): Gradients {
  const none = Array<number>(size).fill(Number.NaN);
  return { byQ: none, byLogits: none };
}

/** ∂D/∂q; q·ln q is vertical at 0, so that D(Q‖P) has no slope there. */
function byQOf(learnt: Tensor, isInFront: boolean, at: (q: Tensor) => Tensor): number[] {
  const numbers = learnt.read();
  const hasSlope = (slope: number, outcome: number): boolean =>
    Number.isFinite(slope) && !(isInFront && numbers[outcome] === 0);
  return gradientOf(learnt, at).map((slope, outcome) => (hasSlope(slope, outcome) ? slope : Number.NaN));
}

interface Pair {
  readonly of: Tensor;
  readonly from: Tensor;
  readonly base: LogarithmBase;
}

/**
 * ∂D/∂ln q. An outcome that never happens under Q has the logit −∞, where nothing can be differentiated: it is left out of the
 * softmax, and has no gradient itself. As the rest of P need not sum to 1, the divergence is Σ p·(ln p - ln q) by ops here.
 */
function byLogitsOf(learnt: Tensor, { of, from, base }: Pair): number[] {
  const numbers = [...learnt.read()];
  const possible = numbers.flatMap((share, outcome) => (share > 0 ? [outcome] : []));
  const some = (x: Tensor): Tensor => {
    const all = [...x.read()];
    return tensor(
      possible.map((outcome) => all[outcome]),
      { dtype: 'float64' },
    );
  };
  const nats = base === 'e' ? 1 : Math.log(base);
  const slopes = gradientOf(log(some(learnt)), (logits) => {
    const q = softmax(logits);
    if (of !== learnt) return klDivergence({ of: some(of), from: q, base });
    return divide(sum(multiply(q, subtract(log(q), log(some(from))))), nats);
  });
  return numbers.map((_, outcome) => slopes[possible.indexOf(outcome)] ?? Number.NaN);
}

/** ∂f/∂x; where a number of it is infinite or none, that is said and not thrown. */
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
