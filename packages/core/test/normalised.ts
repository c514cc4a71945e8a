import { type Shape, type Tensor, tensor } from '../src/index.ts';
import { positions } from './numbers.ts';

/**
 * (x - mean) / √(variance + epsilon), element by element in float64, where mean and variance are of all elements of x that fall into
 * the same group as this one, by the name that `groupOf` gives it.
 */
export function naiveNormalised(
  x: Tensor,
  groupOf: (position: readonly number[]) => string,
  epsilon = 1e-5,
): { output: Tensor; mean: Map<string, number>; variance: Map<string, number> } {
  const numbers = new Map<string, number[]>();
  for (const position of positions(x.shape)) {
    const group = groupOf(position);
    numbers.set(group, [...(numbers.get(group) ?? []), x.view.get(...position)]);
  }
  const average = (list: readonly number[]): number => list.reduce((total, number) => total + number, 0) / list.length;
  const mean = new Map<string, number>();
  const variance = new Map<string, number>();
  for (const [group, list] of numbers) {
    const centre = average(list);
    mean.set(group, centre);
    variance.set(group, average(list.map((number) => (number - centre) ** 2)));
  }
  const output = [...positions(x.shape)].map((position) => {
    const group = groupOf(position);
    return (x.view.get(...position) - (mean.get(group) ?? 0)) / Math.sqrt((variance.get(group) ?? 0) + epsilon);
  });
  return { output: tensor(Float64Array.from(output), { shape: x.shape }), mean, variance };
}

/** y·weight + bias, element by element, where `at` says which number of weight and bias belongs to a position. */
export function naiveAffine(
  y: Tensor,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  at: (position: readonly number[]) => number,
): Tensor {
  const shape: Shape = y.shape;
  const numbers = [...positions(shape)].map(
    (position) => y.view.get(...position) * weight[at(position)] + bias[at(position)],
  );
  return tensor(Float64Array.from(numbers), { shape });
}
