import * as fc from 'fast-check';
import { type Shape, type Tensor, tensor } from '../src/index.ts';
import { positions } from './numbers.ts';

/** How a window of random size moves over inputs of random size, with any number of spatial axes. */
export interface RandomPooling {
  readonly shape: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly ceilMode: boolean;
}

/** Poolings with as many spatial axes; no window is larger than the padded input, no padding larger than the window. */
export const poolings = (axes: number, longest: number): fc.Arbitrary<RandomPooling> => {
  const each = (min: number, max: number) => fc.array(fc.integer({ min, max }), { minLength: axes, maxLength: axes });
  return fc
    .record({
      outer: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 2 })),
      lengths: each(1, longest),
      kernel: each(1, 3),
      stride: each(1, 3),
      dilation: each(1, 2),
      padding: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: axes, maxLength: axes }),
      ceilMode: fc.boolean(),
    })
    .filter(({ lengths, kernel, dilation, padding }) =>
      padding.every(([before, after], axis) => {
        const reach = dilation[axis] * (kernel[axis] - 1);
        return before <= reach && after <= reach && reach + 1 <= lengths[axis] + before + after;
      }),
    )
    .map(({ outer, lengths, ...moves }) => ({ shape: [...outer, ...lengths], ...moves }));
};

/** What stands under one window: the numbers, their flat indices among the spatial axes, and how many pixels of the padded input. */
export interface Under {
  readonly numbers: readonly number[];
  readonly indices: readonly number[];
  readonly padded: number;
}

/** The definition of a pooling: for each position of an output of `shape`, what stands under the window. */
export function* underWindows(x: Tensor, shape: Shape, pooling: RandomPooling): Generator<Under> {
  const { kernel, stride, dilation, padding } = pooling;
  const lengths = x.shape.slice(2);
  for (const [n, c, ...position] of positions(shape)) {
    const under: { numbers: number[]; indices: number[]; padded: number } = { numbers: [], indices: [], padded: 0 };
    for (const step of positions(kernel)) {
      const at = position.map((p, axis) => p * stride[axis] + step[axis] * dilation[axis] - padding[axis][0]);
      if (at.every((p, axis) => p < lengths[axis] + padding[axis][1])) under.padded++;
      if (at.some((p, axis) => p < 0 || p >= lengths[axis])) continue;
      under.numbers.push(x.view.get(n, c, ...at));
      under.indices.push(at.reduce((flat, p, axis) => flat * lengths[axis] + p, 0));
    }
    yield under;
  }
}

/** The first largest number under each window, and its index: -Infinity and -1 where there is none. */
export function naiveMaxPool(x: Tensor, shape: Shape, pooling: RandomPooling): { values: Tensor; chosen: Int32Array } {
  const found = [...underWindows(x, shape, pooling)].map(({ numbers, indices }) => {
    const first = numbers.indexOf(Math.max(...numbers));
    return first < 0 ? { value: -Infinity, index: -1 } : { value: numbers[first], index: indices[first] };
  });
  return {
    values: doubles(
      found.map(({ value }) => value),
      shape,
    ),
    chosen: Int32Array.from(found, ({ index }) => index),
  };
}

/** The mean under each window, over the padding too if it counts; 0 under padding alone. */
export function naiveAvgPool(x: Tensor, shape: Shape, pooling: RandomPooling, countIncludePad: boolean): Tensor {
  const means = [...underWindows(x, shape, pooling)].map(({ numbers, padded }) => {
    if (numbers.length === 0) return 0;
    return numbers.reduce((total, number) => total + number, 0) / (countIncludePad ? padded : numbers.length);
  });
  return doubles(means, shape);
}

/** For each position of an output `[batch, channels, ...cells]`, the numbers of its cell in reading order, and their indices. */
export function* underCells(x: Tensor, cells: Shape): Generator<Under> {
  const lengths = x.shape.slice(2);
  for (const [n, c, ...cell] of positions([...x.shape.slice(0, 2), ...cells])) {
    const isInside = (p: number, axis: number): boolean =>
      p >= Math.floor((cell[axis] * lengths[axis]) / cells[axis]) &&
      p < Math.ceil(((cell[axis] + 1) * lengths[axis]) / cells[axis]);
    const inside = [...positions(lengths)].filter((at) => at.every(isInside));
    yield {
      numbers: inside.map((at) => x.view.get(n, c, ...at)),
      indices: inside.map((at) => at.reduce((flat, p, axis) => flat * lengths[axis] + p, 0)),
      padded: inside.length,
    };
  }
}

function doubles(numbers: readonly number[], shape: Shape): Tensor {
  return tensor(Float64Array.from(numbers), { shape });
}
