import { greater, log, multiply, negate, sum, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type BaseOption, baseOption, inBase, readDistributions } from './distribution.ts';

/**
 * Entropy: H(P) = -Σ_c p_c·log p_c along the last axis, where 0·log 0 = 0: one number for each row. How uncertain P
 * is: 0 where one outcome is certain, log n where all n are equally likely.
 *
 * Gradient, in nats: -(ln p_c + 1). Where p_c = 0, where it is infinite, it is taken as 0.
 *
 * Source: Shannon, "A mathematical theory of communication", 1948.
 *
 * @param p probabilities `[…, outcomes]`, each row of sum 1
 * @param options base: 'e' (default) for nats, 2 for bits, 10 for decimal digits
 * @example entropy([0.5, 0.5], { base: 2 }) // 1
 * @throws ValueError when a probability is negative, or a row does not sum to 1
 */
export function entropy(p: TensorLike, options: BaseOption = {}, ...surplus: []): Tensor {
  checkSurplus('entropy', surplus);
  const { base = 'e' } = checkOptions('entropy', options, baseOption);
  const inputs = readDistributions('entropy', { p });
  const logs = log(where(greater(inputs.p, 0), inputs.p, 1));
  return inBase('entropy', negate(sum(multiply(inputs.p, logs), { axes: -1 })), base);
}
