import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';
import { geluSlope, geluTanhSlope } from './geluSlope.ts';

export interface GeluOptions {
  /** `none` (the default) for the normal distribution itself, `tanh` for the formula that older models were trained with. */
  readonly approximate?: 'none' | 'tanh';
}

/**
 * y = x·Φ(x), place by place, where Φ is the normal distribution: x, weighted by the share of numbers that are smaller.
 * Slope Φ(x) + x·φ(x), with the normal density φ. With `approximate: 'tanh'`, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
 *
 * Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 *
 * @throws ValueError when `approximate` is another word
 */
export function gelu(x: TensorLike, { approximate = 'none' }: GeluOptions = {}): Tensor {
  if (approximate === 'none') return unary('gelu', x, kernels.gelu, geluSlope);
  if (approximate === 'tanh') return unary('gelu', x, kernels.geluTanh, geluTanhSlope, { approximate });
  throw new ValueError({
    operation: 'gelu',
    got: `approximate is ${JSON.stringify(approximate)}`,
    wanted: "'none' or 'tanh'",
    remedy: 'Leave it out for the exact function',
  });
}
