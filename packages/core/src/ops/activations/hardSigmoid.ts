import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';

export interface HardSigmoidOptions {
  /** The steepness of the line. Default: 1/6, as in PyTorch; ONNX has 0.2. */
  readonly alpha?: number;
  /** Its height at 0. Default: ½. */
  readonly beta?: number;
}

/**
 * y = min(max(alpha·x + beta, 0), 1), place by place: a sigmoid made of three straight lines. Slope alpha between the
 * kinks, and 0 beyond and at them, as in PyTorch.
 *
 * @throws ValueError when alpha or beta is not a finite number
 */
export function hardSigmoid(x: TensorLike, { alpha = 1 / 6, beta = 0.5 }: HardSigmoidOptions = {}): Tensor {
  if (!Number.isFinite(alpha) || !Number.isFinite(beta)) {
    throw new ValueError({
      operation: 'hardSigmoid',
      got: `alpha is ${alpha}, beta is ${beta}`,
      wanted: 'two finite numbers',
      remedy: 'Leave them out for 1/6 and 1/2',
    });
  }
  const options = { alpha, beta };
  const slope = (x: Tensor): Tensor =>
    unary('hardSigmoidSlope', x, (x, y, length) => kernels.hardSigmoidSlope(x, y, length, alpha, beta), null, options);
  return unary('hardSigmoid', x, (x, y, length) => kernels.hardSigmoid(x, y, length, alpha, beta), slope, options);
}
