import { greater, log, multiply, subtract, sum, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { inBase, type LogarithmBase, readDistributions } from './distribution.ts';

export interface KLDivergenceOperands {
  /** P, what really happens: the weights of the mean. */
  readonly of: TensorLike;
  /** Q, what is believed, from which P diverges. */
  readonly from: TensorLike;
  /** 'e' (default) for nats, 2 for bits, 10 for decimal digits. */
  readonly base?: LogarithmBase;
}

const klDivergenceOperands: OptionNames<KLDivergenceOperands> = { of: 'required', from: 'required', base: 'optional' };

/**
 * Kullback–Leibler divergence of P from Q: D_KL(P‖Q) = Σ_c p_c·log(p_c/q_c) along the last axis, one number for each row.
 * How much more surprised one is who believes Q while P is true than one who knows P: H(P, Q) - H(P). Never below 0, and 0
 * for Q = P only.
 *
 * It is not symmetric. `klDivergence({ of: p, from: q })` is D_KL(P‖Q): with P given and Q learnt it wants Q to cover all
 * that P does, and is Infinity where q_c = 0 < p_c. `klDivergence({ of: q, from: p })` is D_KL(Q‖P), the reverse one: it
 * wants Q to stay where P is, and does not mind what Q leaves out. `klDivergenceWithLogProbabilities(log q, p)` sums up to the first.
 *
 * Gradient, in nats: by q_c -p_c/q_c, by p_c ln(p_c/q_c) + 1, and 0 by both where p_c = 0, which costs nothing
 * (0·log 0 = 0), though the slope by p_c is infinite there.
 *
 * Source: Kullback and Leibler, "On information and sufficiency", 1951.
 *
 * @example klDivergence({ of: [0.5, 0.5], from: [0.25, 0.75] }) // 0.1438
 * @throws ShapeError when the shapes differ
 * @throws ValueError when a probability is negative, or a row does not sum to 1
 */
export function klDivergence(options: KLDivergenceOperands, ...surplus: []): Tensor {
  checkSurplus('klDivergence', surplus);
  const { of, from, base = 'e' } = checkOptions('klDivergence', options, klDivergenceOperands);
  const inputs = readDistributions('klDivergence', { of, from });
  return inBase('klDivergence', divergence(inputs.of, inputs.from), base);
}

/** D_KL(P‖Q) in nats of distributions that were checked. */
export function divergence(p: Tensor, q: Tensor): Tensor {
  const happens = greater(p, 0);
  const ratio = subtract(log(where(happens, p, 1)), log(where(happens, q, 1)));
  return sum(multiply(p, ratio), { axes: -1 });
}
