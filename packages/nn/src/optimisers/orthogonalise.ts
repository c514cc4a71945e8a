import { add, divide, matmul, multiply, sqrt, square, sum, type Tensor, transpose } from '@tapegrad/core';

/** The three numbers of a step of {@link orthogonalise}. */
export type NewtonSchulz = readonly [a: number, b: number, c: number];

/**
 * X ← a·X + (b·A + c·A²)·X with A = X·Xᵀ, some times over, from X = G / ‖G‖: every singular value of G is brought near 1, and what
 * its directions are stays. Of G = U·S·Vᵀ it leaves about U·Vᵀ, without a singular value decomposition.
 *
 * With Keller Jordan's numbers, which are steep at 0 and do not converge, five times give values of about 0.7 to 1.2.
 *
 * @param g a matrix, whose shorter side is multiplied with itself
 * @param epsilon the least length that G is divided by
 */
export function orthogonalise(g: Tensor, [a, b, c]: NewtonSchulz, steps: number, epsilon: number): Tensor {
  const isTall = g.shape[0] > g.shape[1];
  const length = sqrt(sum(square(g))).item();
  let x = divide(isTall ? transpose(g) : g, Math.max(length, epsilon));
  for (let step = 0; step < steps; step++) {
    const gram = matmul(x, transpose(x));
    const bent = add(multiply(b, gram), multiply(c, matmul(gram, gram)));
    x = add(multiply(a, x), matmul(bent, x));
  }
  return isTall ? transpose(x) : x;
}
