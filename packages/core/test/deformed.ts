import * as fc from 'fast-check';
import { type DeformConv2dOptions, type Tensor, tensor } from '../src/index.ts';
import { convolutions, outputLengths, type RandomConvolution } from './convolutions.ts';
import { positions, uniform } from './numbers.ts';

/** How a filter of random size moves over images of random size, its positions moved in groups of channels. */
export interface Deformed extends RandomConvolution {
  readonly offsetGroups: number;
}

/** Deformable convolutions whose groups of offsets divide the channels. */
export const deformed: fc.Arbitrary<Deformed> = fc
  .tuple(convolutions(2, 5), fc.integer({ min: 1, max: 6 }))
  .map(([one, offsetGroups]) => ({ ...one, offsetGroups }))
  .filter(({ perGroup, groups, offsetGroups }) => (perGroup * groups) % offsetGroups === 0);

export const optionsOf = ({ stride, dilation, padding, groups, offsetGroups }: Deformed): DeformConv2dOptions => ({
  stride: [stride[0], stride[1]],
  dilation: [dilation[0], dilation[1]],
  padding: [padding[0], padding[1]],
  groups,
  offsetGroups,
});

/** Inputs in the order x, offset, weight, mask, bias. */
export function deformedNumbers(one: Deformed) {
  const { batch, perGroup, outPerGroup, groups, lengths, kernel, offsetGroups } = one;
  const moved = offsetGroups * kernel[0] * kernel[1];
  return [
    uniform([batch, perGroup * groups, ...lengths], { seed: 1 }),
    uniform([batch, 2 * moved, ...outputLengths(one)], { seed: 2, low: -2, high: 2 }),
    uniform([outPerGroup * groups, perGroup, ...kernel], { seed: 3 }),
    uniform([batch, moved, ...outputLengths(one)], { seed: 4 }),
    uniform([outPerGroup * groups], { seed: 5 }),
  ];
}

/** The formula of a deformable convolution: one loop for each sum, with x read between the pixels by the areas of the rectangles opposite. */
export function naiveDeformed(
  [x, offset, weight, mask, bias]: readonly (Tensor | undefined)[],
  { stride, dilation, padding, groups, offsetGroups, lengths, kernel, ...rest }: Deformed,
): Tensor {
  if (!x || !offset || !weight) throw new Error('x, offset and weight are needed');
  const [outHeight, outWidth] = outputLengths({ stride, dilation, padding, groups, lengths, kernel, ...rest });
  const [height, width] = lengths;
  const pixel = (n: number, k: number, i: number, j: number): number =>
    i < 0 || i >= height || j < 0 || j >= width ? 0 : x.view.get(n, k, i, j);
  const sample = (n: number, k: number, row: number, column: number): number => {
    let total = 0;
    for (const i of [Math.floor(row), Math.floor(row) + 1]) {
      for (const j of [Math.floor(column), Math.floor(column) + 1]) {
        total += (1 - Math.abs(row - i)) * (1 - Math.abs(column - j)) * pixel(n, k, i, j);
      }
    }
    return total;
  };
  const shape = [x.shape[0], weight.shape[0], outHeight, outWidth];
  const y = [...positions(shape)].map(([n, o, r, c]) => {
    const first = Math.floor(o / (weight.shape[0] / groups)) * weight.shape[1];
    let total = bias?.view.get(o) ?? 0;
    for (const [k, i, j] of positions(weight.shape.slice(1))) {
      const offsetGroup = Math.floor((first + k) / (x.shape[1] / offsetGroups));
      const at = (offsetGroup * kernel[0] + i) * kernel[1] + j;
      const row = r * stride[0] + i * dilation[0] - padding[0][0] + offset.view.get(n, 2 * at, r, c);
      const column = c * stride[1] + j * dilation[1] - padding[1][0] + offset.view.get(n, 2 * at + 1, r, c);
      const factor = mask?.view.get(n, at, r, c) ?? 1;
      total += weight.view.get(o, k, i, j) * factor * sample(n, first + k, row, column);
    }
    return total;
  });
  return tensor(Float64Array.from(y), { shape });
}
