import { ShapeError, ValueError } from '../../errors.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';

/** One number for both axes of an image, or one each: `[vertical, horizontal]`. */
export type Pair = number | readonly [vertical: number, horizontal: number];

/**
 * Zeros around an image: one number for all sides, `[vertical, horizontal]`, or `[[top, bottom], [left, right]]`.
 * `valid` is none; `same` keeps the size, with an odd cell at the bottom and at the right, and wants a stride of 1.
 */
export type Padding =
  | number
  | readonly [vertical: number, horizontal: number]
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]]
  | 'same'
  | 'valid';

/** How a window moves along one axis. */
export interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

export interface WindowOptions {
  /** How far the window moves from one output to the next. */
  readonly stride?: Pair;
  readonly padding?: Padding;
  /** The distance between neighbouring numbers under the window. Default: 1. */
  readonly dilation?: Pair;
}

/** Both axes of a window that moves over an image, checked. */
export function windowAxes(
  operation: string,
  kernel: readonly [number, number],
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): [vertical: Axis, horizontal: Axis] {
  const strides = pair(operation, 'stride', stride, 1);
  const dilations = pair(operation, 'dilation', dilation, 1);
  pair(operation, 'kernelSize', kernel, 1);
  if (padding === 'same' && strides.some((step) => step !== 1)) {
    throw new ValueError({
      operation,
      got: `padding 'same' with the stride [${strides.join(', ')}]`,
      wanted: "a stride of 1 with 'same'",
      remedy: 'Give the padding in numbers',
    });
  }
  const axes = [0, 1].map((axis) => {
    const [before, after] = sides(operation, padding, axis, dilations[axis] * (kernel[axis] - 1));
    return { kernel: kernel[axis], stride: strides[axis], dilation: dilations[axis], before, after };
  });
  return [axes[0], axes[1]];
}

/** Two whole numbers of at least `least`, from one or two. */
export function pair(operation: string, option: string, value: Pair, least: number): [number, number] {
  const both: readonly number[] = typeof value === 'number' ? [value, value] : value;
  if (both.length !== 2 || !both.every((number) => Number.isSafeInteger(number) && number >= least)) {
    throw new ValueError({
      operation,
      got: `${option} is ${JSON.stringify(value)}`,
      wanted: `a whole number of at least ${least}, or two of them`,
      remedy: `Give ${option} as a number, or as [vertical, horizontal]`,
    });
  }
  return [both[0], both[1]];
}

/**
 * How many places a window takes along an axis: ⌊(length + before + after - dilation·(kernel - 1) - 1) / stride⌋ + 1. In
 * ceil mode rounded up instead, without a last window that would start behind the image, in its padding.
 *
 * @throws ShapeError when that leaves no place: the window is larger than the padded image, in ceil mode by a stride
 */
export function outputLength(operation: string, length: number, axis: Axis, name: string, ceilMode = false): number {
  const { kernel, stride, dilation, before, after } = axis;
  const extent = dilation * (kernel - 1) + 1;
  const steps = (ceilMode ? Math.ceil : Math.floor)((length + before + after - extent) / stride);
  if (steps < 0) {
    throw new ShapeError({
      operation,
      got: `${name} ${length} with padding ${before} + ${after} under a window of ${extent}${
        dilation > 1 ? ` (kernel ${kernel}, dilation ${dilation})` : ''
      }`,
      wanted: 'an image at least as large as the window',
      remedy: `Use a kernel of at most ${Math.max(1, Math.floor((length + before + after - 1) / dilation) + 1)}, or more padding`,
    });
  }
  return ceilMode && steps * stride >= length + before ? steps : steps + 1;
}

/** Throws a ShapeError unless x is `[batch, channels, height, width]`. */
export function checkImages(operation: string, shape: Shape): void {
  if (shape.length === 4) return;
  throw new ShapeError({
    operation,
    got: `x is ${formatShape(shape)}`,
    wanted: '[batch, channels, height, width]',
    remedy: 'Reshape it; a single image needs a batch axis of length 1',
  });
}

function sides(operation: string, padding: Padding, axis: number, reach: number): [before: number, after: number] {
  if (padding === 'valid') return [0, 0];
  if (padding === 'same') return [Math.floor(reach / 2), Math.ceil(reach / 2)];
  const both = typeof padding === 'number' ? [padding, padding] : padding;
  const own = typeof both[axis] === 'number' ? [both[axis], both[axis]] : both[axis];
  const isPair = both.length === 2 && own.length === 2;
  if (!isPair || !own.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new ValueError({
      operation,
      got: `padding is ${JSON.stringify(padding)}`,
      wanted: "whole numbers of at least 0, 'same' or 'valid'",
      remedy: 'Give a number, [vertical, horizontal] or [[top, bottom], [left, right]]',
    });
  }
  return [own[0], own[1]];
}
