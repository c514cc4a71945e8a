import type { Tensor, TensorLike } from '@tapegrad/core';
import {
  halfSquaredLoss,
  huberLoss,
  l1Loss,
  logCoshLoss,
  mseLoss,
  quantileLoss,
  type Reduction,
  smoothL1Loss,
} from '@tapegrad/nn';
import type { LossName, LossSettings } from './names.ts';

/** A loss by its name here, computed by nn. */
export function lossOf(
  name: LossName,
  prediction: TensorLike,
  target: TensorLike,
  { delta, beta, tau, reduction }: LossSettings & { readonly reduction: Reduction },
): Tensor {
  switch (name) {
    case 'l2':
      return mseLoss(prediction, target, { reduction });
    case 'l1':
      return l1Loss(prediction, target, { reduction });
    case 'huber':
      return huberLoss(prediction, target, { delta, reduction });
    case 'smoothL1':
      return smoothL1Loss(prediction, target, { beta, reduction });
    case 'logCosh':
      return logCoshLoss(prediction, target, { reduction });
    case 'quantile':
      return quantileLoss(prediction, target, { quantile: tau, reduction });
    case 'halfSquared':
      return halfSquaredLoss(prediction, target, { reduction });
  }
}
