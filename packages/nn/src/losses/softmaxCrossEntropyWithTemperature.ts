import { divide, operands, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkFactor } from './marginLogits.ts';
import {
  type SoftmaxCrossEntropyOptions,
  softmaxCrossEntropy,
  softmaxCrossEntropyOptions,
} from './softmaxCrossEntropy.ts';

export interface TemperatureOptions extends SoftmaxCrossEntropyOptions {
  /** What logits are divided by: above 1 the distribution is softer, below 1 sharper. More than 0; default 1. */
  readonly temperature?: number;
}

const temperatureOptions: OptionNames<TemperatureOptions> = { temperature: 'optional', ...softmaxCrossEntropyOptions };

/**
 * Softmax cross-entropy at a temperature: loss = -Σ_c target_c·ln softmax(logits / T)_c. Above 1 the wrong classes keep a share,
 * and say how alike classes are; below 1 the largest logit takes nearly all.
 *
 * Gradient by the logits: (p - target) / T with p = softmax(logits / T). Distillation, where the target is another model's
 * distribution at the same temperature, multiplies the loss by T² to make up for it.
 *
 * Source: Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015.
 *
 * @param logits `[batch, classes]`, `[batch, classes, d1, …]`, or `[classes]` for a single row
 * @param target class indices, or probabilities of the logits' shape
 * @example softmaxCrossEntropyWithTemperature([[3, 1, -3]], [0], { temperature: 2 }) // 0.349
 * @throws ShapeError when the target is of neither shape, or there is not one weight for each class
 * @throws ValueError when the temperature is not a finite number greater than 0, or a class index or an option is out of range
 */
export function softmaxCrossEntropyWithTemperature(
  logits: TensorLike,
  target: TensorLike,
  options: TemperatureOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('softmaxCrossEntropyWithTemperature', surplus);
  const { temperature = 1, ...rest } = checkOptions('softmaxCrossEntropyWithTemperature', options, temperatureOptions);
  checkFactor('softmaxCrossEntropyWithTemperature', 'temperature', temperature);
  const inputs = operands('softmaxCrossEntropyWithTemperature', { logits });
  return softmaxCrossEntropy(divide(inputs.logits, temperature), target, rest);
}
