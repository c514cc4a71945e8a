import { type Shape, type Tensor, tensor } from '../src/index.ts';
import { places } from './numbers.ts';

/**
 * (x - mean) / √(variance + epsilon) place by place in float64, where mean and variance are of all places of x that fall into
 * the same group as this one, by the name that `groupOf` gives it.
 */
export function naiveNormalised(
  x: Tensor,
  groupOf: (place: readonly number[]) => string,
  epsilon = 1e-5,
): { output: Tensor; mean: Map<string, number>; variance: Map<string, number> } {
  const numbers = new Map<string, number[]>();
  for (const place of places(x.shape)) {
    const group = groupOf(place);
    numbers.set(group, [...(numbers.get(group) ?? []), x.view.get(...place)]);
  }
  const average = (list: readonly number[]): number => list.reduce((total, number) => total + number, 0) / list.length;
  const mean = new Map<string, number>();
  const variance = new Map<string, number>();
  for (const [group, list] of numbers) {
    const centre = average(list);
    mean.set(group, centre);
    variance.set(group, average(list.map((number) => (number - centre) ** 2)));
  }
  const output = [...places(x.shape)].map((place) => {
    const group = groupOf(place);
    return (x.view.get(...place) - (mean.get(group) ?? 0)) / Math.sqrt((variance.get(group) ?? 0) + epsilon);
  });
  return { output: tensor(Float64Array.from(output), { shape: x.shape }), mean, variance };
}

/** y·weight + bias place by place, where `at` says which number of weight and bias belongs to a place. */
export function naiveAffine(
  y: Tensor,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  at: (place: readonly number[]) => number,
): Tensor {
  const shape: Shape = y.shape;
  const numbers = [...places(shape)].map((place) => y.view.get(...place) * weight[at(place)] + bias[at(place)]);
  return tensor(Float64Array.from(numbers), { shape });
}
