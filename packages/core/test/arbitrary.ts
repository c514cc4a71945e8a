import * as fc from 'fast-check';
import { sizeOf } from '../src/authors/index.ts';
import { type Shape, type Tensor, tensor } from '../src/index.ts';

/** Shapes of up to `maxRank` axes, of lengths 0 to 4. */
export const shapes = (maxRank = 4): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: maxRank });

/** Numbers from -10 to 10, evenly drawn (`fc.double` would make nearly all of them tiny), for laws that hold up to rounding. */
export const moderate = fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((whole) => (10 * whole) / 2 ** 30);

/** float64 tensors of one shape; of any numbers, NaN, infinities and -0 among them, unless told which. */
export const tensorsOf = (shape: Shape, numbers = fc.double()): fc.Arbitrary<Tensor> =>
  fc
    .array(numbers, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((flat) => tensor(Float64Array.from(flat), { shape }));

/** float64 tensors of any shape of up to `maxRank` axes. */
export const tensors = (numbers = fc.double(), maxRank = 4): fc.Arbitrary<Tensor> =>
  shapes(maxRank).chain((shape) => tensorsOf(shape, numbers));

/** A shape as it may be given to broadcast to `shape`: axes dropped in front, and some of the others of length 1. */
const broadcastsTo = (shape: Shape): fc.Arbitrary<number[]> =>
  fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([dropped, isOne]) => shape.map((length, axis) => (isOne[axis] ? 1 : length)).slice(dropped));

/** Pairs of float64 tensors that broadcast against each other. */
export const broadcastingPairs = (numbers = fc.double(), maxRank = 3): fc.Arbitrary<[Tensor, Tensor]> =>
  shapes(maxRank)
    .chain((shape) => fc.tuple(broadcastsTo(shape), broadcastsTo(shape)))
    .chain(([x, y]) => fc.tuple(tensorsOf(x, numbers), tensorsOf(y, numbers)));

/** A shape with a choice of some of its axes. */
export const shapesWithAxes = (maxRank = 4): fc.Arbitrary<{ shape: number[]; axes: number[] }> =>
  shapes(maxRank).chain((shape) => fc.subarray(shape.map((_, axis) => axis)).map((axes) => ({ shape, axes })));
