import { type Tensor, tensor } from '@tapegrad/core';
import type { Form, LayerName, SetName } from '../fields.ts';

/** What stands in a layer before the reader changes it, repeated to the length that is wanted. */
const first: Readonly<Record<LayerName, Partial<Record<SetName, readonly number[]>>>> = {
  dense: { x: [1, 2, 3, 0, -1, 2], weight: [1, 0, -1, 2, 1, 0.5], bias: [0.5, -1], cotangent: [1, -1, 2, 0] },
  convolution: {
    x: [1, 2, 0, 3, 3, 1, 1, 0, 0, 2, 4, 1, 2, 0, 1, 5],
    weight: [1, 2, 0, -1, 3, 1, -2, 0, 1],
    bias: [0.5],
    cotangent: [1, 0, 2, -1],
  },
  // Ties: two threes in the first window, four twos in the second.
  pooling: { x: [3, 1, 2, 2, 0, 3, 2, 2, 5, 1, 0, 4, 2, 6, 3, 1], cotangent: [1, 2, -1, 4] },
  activation: { x: [-2, -1, -0.5, 0, 0.5, 1, 2], cotangent: [1] },
  batchNorm: { x: [1, 10, 2, 6, 4, 8, -3, 4], weight: [1, 2], bias: [0, 1], cotangent: [1, 0, 0, 0, 2, 1, 0, 0] },
  dropout: { x: [1, 2, 3, 4, 5, -1, -2, -3], cotangent: [1, 1, 1, 1, 2, 2, 2, 2] },
};

/** The numbers of an operand: as the reader has set them, where there are as many as are wanted. */
export function listOf(form: Form, name: SetName, count: number): readonly number[] {
  const set = form[`${form.layer}-${name}` as const];
  if (set.length === count) return set;
  const pattern = first[form.layer][name] ?? [0];
  return Array.from({ length: count }, (_, at) => pattern[at % pattern.length]);
}

/** The same as a tensor in float64. */
export function operandOf(form: Form, name: SetName, shape: readonly number[]): Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  return tensor(listOf(form, name, count), { shape, dtype: 'float64' });
}
