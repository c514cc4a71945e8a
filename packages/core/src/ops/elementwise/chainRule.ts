import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';

/*
 * How the derivatives of elementwise ops multiply a cotangent by a slope, or divide it: like `multiply` and `divide`, except
 * that a cotangent of 0 passes on 0 where the slope is infinite or NaN. They stand on the tape by those names, so that a second
 * derivative reads like the formula that it is; only its numbers at such points tell them apart.
 *
 * A cotangent of 0 says that the loss does not depend on this number, as where(x > 0, log(x), 0) does not on log(0). Then it
 * does not depend on what the number was computed from either, however steep the way is; 0·∞ = NaN would say it is unknown.
 */

/** ∂loss/∂x = g·slope, and 0 where g is 0 and the slope is not finite. */
export function timesSlope(g: Tensor, slope: TensorLike): Tensor {
  return binary('multiply', g, slope, kernels.multiplyCotangent, {
    x: (h, _g, slope) => timesSlope(h, slope),
    // Where g is 0 the slope does not count, whatever the way on to it: there it is g that decides.
    y: (h, g) => timesSlope(g, h),
  });
}

/** ∂loss/∂x = g/y, and 0 where g is 0 and y is 0 or NaN. */
export function overSlope(g: Tensor, y: Tensor): Tensor {
  return binary('divide', g, y, kernels.divideCotangent, {
    x: (h, _g, y) => overSlope(h, y),
    y: (h, _g, y, z) => timesSlope(overSlope(timesSlope(z, h), y), -1),
  });
}
