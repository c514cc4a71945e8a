import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

export interface ClampOptions {
  /** The lower bound. Default: none. */
  readonly min?: number;
  /** The upper bound. Default: none. It wins where it is below the lower one. */
  readonly max?: number;
}

/**
 * y = min(max(x, min), max), place by place. Slope 1 between the bounds and on them, 0 outside, as in PyTorch.
 *
 * @throws ValueError when a bound is NaN
 */
export function clamp(x: TensorLike, { min = -Infinity, max = Infinity }: ClampOptions): Tensor {
  if (Number.isNaN(min) || Number.isNaN(max)) {
    throw new ValueError({
      operation: 'clamp',
      got: `min is ${min}, max is ${max}`,
      wanted: 'two numbers',
      remedy: 'Leave a bound out where there is none',
    });
  }
  const inputs = operands('clamp', { x });
  // Rounded to the type of x, so that what was clamped once lies on the bounds and not a hair outside.
  const [low, high] = inputs.x.dtype === 'float32' ? [Math.fround(min), Math.fround(max)] : [min, max];
  const isWithin = (x: Tensor): Tensor =>
    unary('within', x, (x, y, length) => kernels.within(x, y, length, low, high), null, { min, max });
  return unary('clamp', inputs.x, (x, y, length) => kernels.clamp(x, y, length, low, high), isWithin, { min, max });
}
