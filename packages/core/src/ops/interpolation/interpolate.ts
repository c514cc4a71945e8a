import { ShapeError } from '../../errors.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import { type TensorLike, tensor } from '../../tensor/create.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { take } from '../indexing/take.ts';
import { type AxisNames, image, signal, volume } from '../windows/axes.ts';
import { type InterpolateOptions, interpolateOptions, type Resized, resizedAxes } from './resizedAxes.ts';

/**
 * y = x at another size, along each spatial axis: output i reads x at the position p, with n numbers in and m out,
 *
 * - p = (i + ½)·n/m - ½, held between 0 and n - 1: numbers are cells, whose outer edges stay where they are;
 * - with `alignCorners` p = i·(n - 1)/(m - 1): numbers are points, of which the outermost stay where they are;
 *
 * and mixes its two neighbours, y = (1 - w)·x[⌊p⌋] + w·x[⌊p⌋ + 1] with w = p - ⌊p⌋. Along two axes that is bilinear, along
 * three trilinear. `nearest` takes x[⌊i·n/m⌋], as it is. Where `scale` is given, n/m is 1/scale. All of it as in PyTorch.
 *
 * It is linear in x: each number gets the cotangents of the outputs that read it, times their shares.
 *
 * @param x `[batch, channels, ...]` with one to three spatial axes
 * @returns `[batch, channels, ...size]`
 * @example interpolate([[[1, 3]]], { scale: 2 }) // [[[1, 1, 3, 3]]]
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when an option is out of range, or the mode is for another number of axes
 */
export function interpolate(x: TensorLike, options: InterpolateOptions, ...surplus: []): Tensor {
  checkSurplus('interpolate', surplus);
  const checked = checkOptions('interpolate', options, interpolateOptions);
  const inputs = operands('interpolate', { x });
  const axes = spatialAxes(inputs.x);
  return resizedAxes('interpolate', inputs.x.shape, axes, checked).reduce(
    (y, resized, at) => (resized === null ? y : along(y, 2 + at, resized)),
    inputs.x,
  );
}

/** The mix of two neighbours, or one of them, along one axis. */
function along(x: Tensor, axis: number, { lower, upper, shares }: Resized): Tensor {
  const first = take(x, lower, { axis });
  if (shares === null) return first;
  const shape = x.shape.map((_, other) => (other === axis ? shares.length : 1));
  const mixed = (share: (w: number) => number): Tensor =>
    tensor(Float64Array.from(shares, share), { shape, dtype: x.dtype });
  return add(
    multiply(
      first,
      mixed((w) => 1 - w),
    ),
    multiply(
      take(x, upper, { axis }),
      mixed((w) => w),
    ),
  );
}

function spatialAxes({ shape }: Tensor): AxisNames {
  const axes = [signal, image, volume][shape.length - 3];
  if (!axes) {
    throw new ShapeError({
      operation: 'interpolate',
      got: `x is ${formatShape(shape)}`,
      wanted: '[batch, channels, ...] with one to three spatial axes',
      remedy: 'Reshape it; a single input needs a batch axis of length 1',
    });
  }
  return axes;
}
