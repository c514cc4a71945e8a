import { ShapeError } from '../../errors.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { reshape } from '../shape/reshape.ts';

/** Throws a ShapeError unless x has a batch axis and an axis of channels. */
export function checkChannelled(operation: string, x: Shape): void {
  if (x.length >= 2) return;
  throw new ShapeError({
    operation,
    got: `x is ${formatShape(x)}`,
    wanted: '[batch, channels, ...], with the channels on axis 1',
    remedy: 'Reshape it; a single input needs a batch axis of length 1',
  });
}

/** One number for each channel, `[channels]`, as it broadcasts to x; throws a ShapeError when there are more or fewer. */
export function perChannel(operation: string, name: string, numbers: Tensor, x: Shape): Tensor {
  if (numbers.rank === 1 && numbers.shape[0] === x[1]) {
    return reshape(numbers, [x[1], ...x.slice(2).map(() => 1)]);
  }
  throw new ShapeError({
    operation,
    got: `${name} is ${formatShape(numbers.shape)}, x is ${formatShape(x)}`,
    wanted: `${name} of shape [${x[1]}], one number for each channel`,
    remedy: 'Check that x has its channels on axis 1',
  });
}

/** y·weight + bias, where they are given, each of which broadcasts to y. */
export function scaleAndShift(y: Tensor, weight: Tensor | undefined, bias: Tensor | undefined): Tensor {
  const scaled = weight ? multiply(y, weight) : y;
  return bias ? add(scaled, bias) : scaled;
}
