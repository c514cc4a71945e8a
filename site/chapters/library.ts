import { Tape, type Tensor, tensor } from '@tapegrad/core';

/** A tensor in float64: chapters are about the numbers, not about the speed. */
export const numbers = (x: readonly number[] | readonly (readonly number[])[]): Tensor =>
  tensor(x as number[], { dtype: 'float64' });

/** The numbers of a tensor, row by row. */
export const listOf = (x: Tensor): number[] => Array.from(x.read());

/** A loss, and its gradient with respect to x. */
export function lossAndGradient(
  x: readonly number[] | readonly (readonly number[])[],
  lossOf: (x: Tensor) => Tensor,
): { readonly loss: number; readonly gradient: number[] } {
  const tape = new Tape();
  try {
    const watched = tape.watch(numbers(x));
    const loss = lossOf(watched);
    return { loss: loss.item(), gradient: listOf(tape.gradients(loss).get(watched)) };
  } finally {
    tape.release();
  }
}

/** The gradient alone. */
export const gradientOf = (
  x: readonly number[] | readonly (readonly number[])[],
  lossOf: (x: Tensor) => Tensor,
): number[] => lossAndGradient(x, lossOf).gradient;

/** Numbers by name, `p1`, `p2`, … for a list of them. */
export const named = (name: string, list: readonly number[]): Record<string, number> =>
  Object.fromEntries(list.map((value, index) => [`${name}${index + 1}`, value]));
