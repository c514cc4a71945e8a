import { add, greater, multiply, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type BaseOption, baseOption, inBase, readDistributions } from './distribution.ts';
import { divergence } from './klDivergence.ts';

/**
 * Jensen–Shannon divergence: JS(P, Q) = D_KL(P‖M)/2 + D_KL(Q‖M)/2 with M = (P + Q)/2, along the last axis, one number for
 * each row. How well one draw tells whether it came from P or from Q: symmetric, 0 for P = Q only, and at most log 2 (one
 * bit), where P and Q never agree. Its square root is a distance.
 *
 * Gradient, in nats: by p_c ln(p_c/m_c)/2, likewise by q_c. Where p_c = 0 < q_c, where it is infinite, it is taken as 0.
 *
 * Source: Lin, "Divergence measures based on the Shannon entropy", 1991.
 *
 * @param p probabilities `[…, outcomes]`, each row of sum 1
 * @param q of the same shape
 * @param options base: 'e' (default) for nats, 2 for bits, 10 for decimal digits
 * @example jensenShannonDivergence([1, 0], [0, 1], { base: 2 }) // 1
 * @throws ShapeError when the shapes differ
 * @throws ValueError when a probability is negative, or a row does not sum to 1
 */
export function jensenShannonDivergence(
  p: TensorLike,
  q: TensorLike,
  options: BaseOption = {},
  ...surplus: []
): Tensor {
  checkSurplus('jensenShannonDivergence', surplus);
  const { base = 'e' } = checkOptions('jensenShannonDivergence', options, baseOption);
  const inputs = readDistributions('jensenShannonDivergence', { p, q });
  const [left, right] = [flatAtZero(inputs.p), flatAtZero(inputs.q)];
  const middle = multiply(0.5, add(left, right));
  return inBase(
    'jensenShannonDivergence',
    multiply(0.5, add(divergence(left, middle), divergence(right, middle))),
    base,
  );
}

/** The same numbers, of which those that are 0 receive no gradient. */
function flatAtZero(x: Tensor): Tensor {
  return where(greater(x, 0), x, 0);
}
