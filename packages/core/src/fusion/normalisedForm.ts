import type { FloatArray } from '../kernels/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Lines shorter than this are faster op by op. */
export const shortestLine = 8;

/** How the numbers of x lie that are normalised together, and by which kernels they are. */
export interface NormalisedForm {
  /** Whether a tensor has a number for each scale, as weight and bias have. */
  isParameter(numbers: Tensor): boolean;
  /** y = n·weight + bias, with n the normalised numbers, plus a residual if there is one, and where withRelu is 1 its relu. */
  normalise(
    x: FloatArray,
    moments: FloatArray,
    weight: FloatArray,
    bias: FloatArray,
    residual: FloatArray | null,
    y: FloatArray,
    withRelu: number,
  ): void;
  /** What the gradients of weight and bias are made of, Σg and Σ g·n in turn, where the gate is open if there is one. */
  sums(g: FloatArray, gate: FloatArray | null, x: FloatArray, moments: FloatArray): Float64Array;
  /** ∂bias (0) or ∂weight (1), from these sums. */
  parameterGradient(sums: Float64Array, which: 0 | 1, gradient: FloatArray): void;
  /** ∂x; the sums are taken if it is made of them. */
  inputGradient(
    g: FloatArray,
    gate: FloatArray | null,
    x: FloatArray,
    moments: FloatArray,
    weight: FloatArray,
    sums: () => Float64Array,
    xGradient: FloatArray,
  ): void;
}
