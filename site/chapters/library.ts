import { silence, Tape, type Tensor, tensor } from '@tapegrad/core';

// Readers set what they like, logits that look like probabilities among them: that is what they study; and of a mean over nothing.
silence('PROBABILITIES_AS_LOGITS');
silence('ALL_TARGETS_IGNORED');

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

/** A loss of several inputs, and the gradient with respect to each of them, by name. */
export function gradientsOf<Name extends string>(
  inputs: Readonly<Record<Name, readonly number[] | readonly (readonly number[])[]>>,
  lossOf: (tensors: Readonly<Record<Name, Tensor>>) => Tensor,
): { readonly loss: number; readonly gradients: Readonly<Record<Name, number[]>> } {
  const tape = new Tape();
  try {
    const names = Object.keys(inputs) as Name[];
    const tensors = Object.fromEntries(names.map((name) => [name, tape.watch(numbers(inputs[name]))])) as Record<
      Name,
      Tensor
    >;
    const loss = lossOf(tensors);
    const found = tape.gradients(loss);
    const gradients = Object.fromEntries(names.map((name) => [name, listOf(found.get(tensors[name]))]));
    return { loss: loss.item(), gradients: gradients as Record<Name, number[]> };
  } finally {
    tape.release();
  }
}
