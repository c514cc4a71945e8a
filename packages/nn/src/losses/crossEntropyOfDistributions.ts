import { greater, log, multiply, negate, sum, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { inBase, type LogarithmBase, readDistributions } from './distribution.ts';

export interface CrossEntropyOperands {
  /** P, what really happens: the weights of the mean. */
  readonly of: TensorLike;
  /** Q, what is believed: the logarithm is taken of it. */
  readonly under: TensorLike;
  /** 'e' (default) for nats, 2 for bits, 10 for decimal digits. */
  readonly base?: LogarithmBase;
}

const crossEntropyOperands: OptionNames<CrossEntropyOperands> = { of: 'required', under: 'required', base: 'optional' };

/**
 * Cross-entropy of P under Q: H(P, Q) = -Σ_c p_c·log q_c along the last axis, one number for each row. How surprised one is
 * on average who believes Q while P is true; the least possible is H(P), with Q = P. H(P, Q) = H(P) + D_KL(P‖Q). It is not
 * symmetric: the operands are named so that they cannot be exchanged.
 *
 * An outcome that never happens, p_c = 0, costs nothing, also where q_c = 0; one that happens while it is thought
 * impossible costs Infinity. Gradient, in nats: by q_c -p_c/q_c, by p_c -ln q_c, and 0 by both where p_c = 0.
 *
 * For training use `softmaxCrossEntropy`, which takes logits, where no probability is rounded to 0.
 *
 * Source: Kerridge, "Inaccuracy and inference", 1961.
 *
 * @example crossEntropyOfDistributions({ of: [0.5, 0.5], under: [0.25, 0.75] }) // 0.837
 * @throws ShapeError when the shapes differ
 * @throws ValueError when a probability is negative, or a row does not sum to 1
 */
export function crossEntropyOfDistributions(options: CrossEntropyOperands, ...surplus: []): Tensor {
  checkSurplus('crossEntropyOfDistributions', surplus);
  const { of, under, base = 'e' } = checkOptions('crossEntropyOfDistributions', options, crossEntropyOperands);
  const inputs = readDistributions('crossEntropyOfDistributions', { of, under });
  const surprise = negate(log(where(greater(inputs.of, 0), inputs.under, 1)));
  return inBase('crossEntropyOfDistributions', sum(multiply(inputs.of, surprise), { axes: -1 }), base);
}
