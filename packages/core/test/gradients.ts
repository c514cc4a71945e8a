import { expect } from 'vitest';
import { detach, gradcheck, gradgradcheck, type NestedList, type Numbers, Tape, Tensor, tensor } from '../src/index.ts';

/**
 * ∂(Σ cotangent·f)/∂x for each input x, in float64 unless an input is a tensor; the cotangent is 1 everywhere unless it is
 * given, as flat numbers.
 */
export function gradientTensors(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly (Tensor | Numbers)[],
  cotangent?: readonly number[],
): Tensor[] {
  using tape = new Tape();
  const watched = inputs.map((x) => tape.watch(x instanceof Tensor ? x : tensor(x, { dtype: 'float64' })));
  const y = f(...watched);
  const g = cotangent ?? new Array<number>(y.size).fill(1);
  const gradients = tape.gradients(y, {
    cotangent: tensor(g, { dtype: y.dtype, shape: y.shape }),
    withRespectTo: watched,
    nonFinite: 'allow',
  });
  return watched.map((x) => detach(gradients.get(x)));
}

/** {@link gradientTensors} as lists. */
export function gradientsOf(...point: Parameters<typeof gradientTensors>): NestedList[] {
  return gradientTensors(...point).map((gradient) => gradient.toList());
}

/** A tensor of shape [2] whose tape has ended: what every op must complain about in its own name. */
export function ended(): Tensor {
  using tape = new Tape();
  return tape.watch([1, 2]);
}

/** Checks first and second derivatives against differences, at a point that is expected to be smooth. */
export function checkDerivatives(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Numbers[]): void {
  expect(gradcheck(f, inputs).kinks).toEqual([]);
  expect(gradgradcheck(f, inputs).kinks).toEqual([]);
}
