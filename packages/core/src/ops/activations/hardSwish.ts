import { checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { hardSigmoid } from './hardSigmoid.ts';

/**
 * y = x·min(max(x/6 + ½, 0), 1), element by element: `silu` with a sigmoid of straight lines. Slope x/3 + ½ between -3 and 3,
 * 0 below and at -3, 1 above and at 3, as in PyTorch; of -Infinity y is NaN, as there.
 *
 * Source: Howard and others, "Searching for MobileNetV3", 2019.
 *
 * @example hardSwish([-4, 1, 4]) // [0, 0.6667, 4]
 */
export function hardSwish(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('hardSwish', surplus);
  const inputs = operands('hardSwish', { x });
  return multiply(inputs.x, hardSigmoid(inputs.x));
}
