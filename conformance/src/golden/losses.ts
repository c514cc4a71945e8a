import type { NestedList, Tensor, TensorLike } from '@tapegrad/core';
import { tensor } from '@tapegrad/core';
import { huberLoss, l1Loss, mseLoss, type Reduction, smoothL1Loss, softmaxCrossEntropy } from '@tapegrad/nn';
import type { Attributes } from '../attributes.ts';
import type { Numbers } from '../compare.ts';
import type { NumericOp } from '../numeric/numericCase.ts';

/** The losses of `@tapegrad/nn`. */
export const losses: Readonly<Record<string, NumericOp>> = {
  cross_entropy: (inputs) => {
    const { attributes } = inputs;
    const kind = attributes.choice('target_kind', ['indices', 'probabilities'], 'indices');
    const target: TensorLike = kind === 'indices' ? classIndices(inputs.numbers('target')) : inputs.tensor('target');
    return {
      output: softmaxCrossEntropy(inputs.tensor('input'), target, {
        weight: inputs.optional('weight'),
        ignoreIndex: attributes.number('ignore_index') ?? -100,
        labelSmoothing: attributes.number('label_smoothing') ?? 0,
        reduction: readReduction(attributes),
      }),
    };
  },
  mse_loss: regression((prediction, target, reduction) => mseLoss(prediction, target, { reduction })),
  l1_loss: regression((prediction, target, reduction) => l1Loss(prediction, target, { reduction })),
  huber_loss: regression((prediction, target, reduction, attributes) =>
    huberLoss(prediction, target, { delta: attributes.number('delta') ?? 1, reduction }),
  ),
  smooth_l1_loss: regression((prediction, target, reduction, attributes) =>
    smoothL1Loss(prediction, target, { beta: attributes.number('beta') ?? 1, reduction }),
  ),
};

/** Class indices as the lists within lists that a user would write. */
export function classIndices({ shape, numbers }: Numbers): NestedList {
  return tensor(Float64Array.from(numbers), { shape }).toList();
}

function regression(
  loss: (prediction: Tensor, target: Tensor, reduction: Reduction, attributes: Attributes) => Tensor,
): NumericOp {
  return (inputs) => {
    const { attributes } = inputs;
    return { output: loss(inputs.tensor('input'), inputs.tensor('target'), readReduction(attributes), attributes) };
  };
}

function readReduction(attributes: Attributes): Reduction {
  return attributes.choice('reduction', ['mean', 'sum', 'none'], 'mean');
}
