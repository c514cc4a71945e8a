import * as fc from 'fast-check';
import { sizeOf } from '../src/authors/index.ts';
import { type Shape, type Tensor, tensor } from '../src/index.ts';
import { positions, uniform } from './numbers.ts';

/** How a filter of random size moves over inputs of random size, with any number of spatial axes. */
export interface RandomConvolution {
  readonly batch: number;
  /** Channels of one group, before and behind. */
  readonly perGroup: number;
  readonly outPerGroup: number;
  readonly groups: number;
  readonly lengths: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** Convolutions with as many spatial axes; no filter is larger than the padded input. */
export const convolutions = (axes: number, longest: number): fc.Arbitrary<RandomConvolution> => {
  const each = (min: number, max: number) => fc.array(fc.integer({ min, max }), { minLength: axes, maxLength: axes });
  return fc
    .record({
      batch: fc.integer({ min: 0, max: 2 }),
      perGroup: fc.integer({ min: 1, max: 2 }),
      outPerGroup: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      lengths: each(1, longest),
      kernel: each(1, 3),
      stride: each(1, 3),
      dilation: each(1, 2),
      padding: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
        minLength: axes,
        maxLength: axes,
      }),
    })
    .filter((one) => outputLengths(one).every((length) => length >= 1));
};

export function outputLengths({ lengths, kernel, stride, dilation, padding }: RandomConvolution): number[] {
  return lengths.map((length, axis) => {
    const extent = dilation[axis] * (kernel[axis] - 1) + 1;
    return Math.floor((length + padding[axis][0] + padding[axis][1] - extent) / stride[axis]) + 1;
  });
}

/** An input, a weight `[out, in / groups, ...kernel]` and a bias. */
export function numbersFor({ batch, perGroup, outPerGroup, groups, lengths, kernel }: RandomConvolution) {
  return {
    x: uniform([batch, perGroup * groups, ...lengths], { seed: 1 }),
    weight: uniform([outPerGroup * groups, perGroup, ...kernel], { seed: 2 }),
    bias: uniform([outPerGroup * groups], { seed: 3 }),
  };
}

type Moves = Pick<RandomConvolution, 'groups' | 'stride' | 'dilation' | 'padding'>;
type Meeting = readonly [x: number[], weight: number[], y: number[]];

/** Every three numbers of an input, a weight and an output that meet in a convolution, one by one. */
function* meetings(
  x: Shape,
  weight: Shape,
  y: Shape,
  { groups, stride, dilation, padding }: Moves,
): Generator<Meeting> {
  for (const [n, o, ...position] of positions(y)) {
    const first = Math.floor(o / (weight[0] / groups)) * weight[1];
    for (const [k, ...step] of positions(weight.slice(1))) {
      const read = position.map((at, axis) => at * stride[axis] + step[axis] * dilation[axis] - padding[axis][0]);
      const isInside = read.every((at, axis) => at >= 0 && at < x[axis + 2]);
      if (isInside)
        yield [
          [n, first + k, ...read],
          [o, k, ...step],
          [n, o, ...position],
        ];
    }
  }
}

/** The formula of a convolution, one product after the other. */
export function naiveConvolution(x: Tensor, weight: Tensor, bias: Tensor | null, one: RandomConvolution): Tensor {
  const shape = [x.shape[0], weight.shape[0], ...outputLengths(one)];
  const y = zerosOf(shape);
  for (const [from, by, to] of meetings(x.shape, weight.shape, shape, one)) {
    y.view.set(...to, y.view.get(...to) + weight.view.get(...by) * x.view.get(...from));
  }
  return withBias(y, bias);
}

/** The formula of a transposed convolution: each number of x goes to where a convolution would have read it. */
export function naiveTransposed(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  moves: Moves,
  outLengths: readonly number[],
): Tensor {
  const y = zerosOf([x.shape[0], weight.shape[1] * moves.groups, ...outLengths]);
  for (const [to, by, from] of meetings(y.shape, weight.shape, x.shape, moves)) {
    y.view.set(...to, y.view.get(...to) + weight.view.get(...by) * x.view.get(...from));
  }
  return withBias(y, bias);
}

function zerosOf(shape: Shape): Tensor {
  return tensor(new Float64Array(sizeOf(shape)), { shape });
}

function withBias(y: Tensor, bias: Tensor | null): Tensor {
  if (bias)
    for (const position of positions(y.shape))
      y.view.set(...position, y.view.get(...position) + bias.view.get(position[1]));
  return y;
}
