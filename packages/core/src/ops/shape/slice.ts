import { ShapeError } from '../../errors.ts';
import { checkList } from '../../kinds.ts';
import { between, type FormulaTable, formula, moved } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { assign, restride, type View, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * What to take of one axis: from `start` up to, not including, `stop`, every `step`-th. Negative numbers count from the
 * end, a stop of `null` is the end, and what lies outside is cut off, as in Python. `null` for a range takes all.
 */
export type Range = readonly [start: number, stop?: number | null, step?: number] | null;

/** The part of a tensor that a slice takes, or that `embed` fills. */
interface Region {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly shape: number[];
}

/**
 * y = part of x: one range for each axis, first to last; axes without one are taken whole. Nothing is copied.
 *
 * @example slice([[1, 2, 3], [4, 5, 6]], [null, [0, 3, 2]]) // [[1, 3], [4, 6]]
 * @throws ShapeError when there are more ranges than axes, or a step is not a whole number of at least 1
 */
export function slice(x: TensorLike, ranges: readonly Range[], ...surplus: []): Tensor {
  checkSurplus('slice', surplus);
  const inputs = operands('slice', { x });
  const { shape } = inputs.x;
  checkRanges(ranges);
  const region = resolveRanges(shape, ranges);
  return record({
    operation: 'slice',
    inputs,
    attributes: { ranges },
    shape: region.shape,
    view: () => regionOf(inputs.x.view, region),
    vjps: { x: (g) => embed(g, { ...region, shape: [...shape] }, 0) },
  });
}

/**
 * y = a tensor of `shape` filled with `value`, in which x stands from `starts` on, `steps` apart: the transpose of
 * {@link slice}.
 */
export function embed(x: Tensor, { starts, steps, shape }: Region, value: number): Tensor {
  return record({
    operation: 'embed',
    inputs: { x },
    attributes: { shape, starts, steps, value },
    shape,
    value: (y) => {
      y.fill(value);
      assign(regionOf(viewOf(y, shape), { starts, steps, shape: [...x.shape] }), x.view);
    },
    vjps: {
      x: (g) =>
        slice(
          g,
          x.shape.map((length, axis) =>
            length === 0 ? [0, 0] : [starts[axis], starts[axis] + (length - 1) * steps[axis] + 1, steps[axis]],
          ),
        ),
    },
  });
}

function regionOf(view: View, { starts, steps, shape }: Region): View {
  const offset = starts.reduce((sum, start, axis) => sum + start * view.stride[axis], view.offset);
  return restride(
    view,
    shape,
    view.stride.map((stride, axis) => stride * steps[axis]),
    offset,
  );
}

function checkRanges(ranges: readonly Range[]): void {
  const advice = {
    wanted: 'a list with a range for each axis',
    remedy: 'Give [start, stop, step] for each axis, or null for the whole axis',
  };
  checkList('slice', 'ranges', ranges, advice);
  ranges.forEach((range, axis) => {
    if (range !== null && range !== undefined) checkList('slice', `the range for axis ${axis}`, range, advice);
  });
}

function resolveRanges(shape: Shape, ranges: readonly Range[]): Region {
  if (ranges.length > shape.length) {
    throw new ShapeError({
      operation: 'slice',
      got: `${ranges.length} ranges for x of shape ${formatShape(shape)}`,
      wanted: `at most ${shape.length}, one for each axis`,
      remedy: 'Drop the ranges that have no axis',
    });
  }
  const starts: number[] = [];
  const steps: number[] = [];
  const lengths: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const [start, stop = null, step = 1] = ranges[axis] ?? [0];
    if (![start, stop ?? 0, step].every(Number.isInteger) || step < 1) {
      throw new ShapeError({
        operation: 'slice',
        got: `the range [${start}, ${stop}, ${step}] for axis ${axis}`,
        wanted: 'whole numbers, and a step of at least 1',
        remedy: 'Give [start, stop, step], or null for the whole axis',
      });
    }
    const length = shape[axis];
    const held = (index: number): number => Math.min(length, Math.max(0, index < 0 ? index + length : index));
    const count = Math.max(0, Math.ceil((held(stop ?? length) - held(start)) / step));
    // An empty range still needs an index inside of the array to begin at.
    starts.push(count === 0 ? 0 : held(start));
    steps.push(step);
    lengths.push(count);
  }
  return { starts, steps, shape: lengths };
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  slice: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, ', the part within the ranges'),
      meets: 'index i of the part is index k of the whole',
      product: (g) => between('', formula(g), ' among zeros, where the part was taken from'),
      inWords: 'What was left out has no part in the loss: its gradient is 0.',
    }),
  embed: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, `, amid elements filled with ${String(facts.attributes.value ?? 0)}`),
      meets: 'i is where k was put',
      product: (g) => between('', formula(g), ', the part where the input stands'),
      inWords: 'The cotangents of the filling go nowhere.',
    }),
};
