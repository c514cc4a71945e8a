import {
  add,
  clamp,
  log,
  multiply,
  negate,
  operands,
  subtract,
  type Tensor,
  type TensorLike,
  ValueError,
} from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { checkShares } from './binaryCrossEntropyWithLogits.ts';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { checkOneShape } from './oneShape.ts';

/** As small as logarithms may become. */
const least = { min: -100 };

/**
 * Binary cross-entropy of probabilities: loss = -(t·ln p + (1 - t)·ln(1 - p)), element by element. The last layer of the model
 * is a Sigmoid; without it `binaryCrossEntropyWithLogits` is the better loss, which loses no digits where p is nearly 0 or 1.
 *
 * Gradient: (p - t) / (p·(1 - p)), at p = t its limit, ±1. Logarithms are held at -100, as in PyTorch, so that no single loss is infinite; beyond, at p
 * nearer to 0 than e^-100, nothing pulls, where PyTorch pulls by at most 1e12.
 *
 * Source: Solla, Levin and Fleisher, "Accelerated learning in layered neural networks", 1988.
 *
 * @param probabilities of any shape, from 0 to 1
 * @param target of the same shape, from 0 to 1
 * @example binaryCrossEntropy([0.9, 0.2], [1, 0]) // 0.1643
 * @throws ShapeError when the shapes differ
 * @throws ValueError when a probability or a target lies outside 0 to 1
 */
export function binaryCrossEntropy(
  probabilities: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('binaryCrossEntropy', surplus);
  const name = 'binaryCrossEntropy';
  checkOptions(name, options, lossOptions);
  const inputs = operands(name, { probabilities, target });
  checkOneShape(name, inputs);
  checkProbabilities(name, inputs.probabilities);
  checkShares(name, inputs.target);
  const yes = multiply(inputs.target, clamp(log(inputs.probabilities), least));
  const no = multiply(subtract(1, inputs.target), clamp(log(subtract(1, inputs.probabilities)), least));
  return reduceWeighed(name, negate(add(yes, no)), options);
}

function checkProbabilities(operation: string, probabilities: Tensor): void {
  const numbers = probabilities.read();
  const wrong = numbers.findIndex((number) => number < 0 || number > 1);
  if (wrong === -1) return;
  throw new ValueError({
    operation,
    got: `probabilities[${wrong}] is ${numbers[wrong]}`,
    wanted: 'numbers from 0 to 1',
    remedy: 'Logits belong to `binaryCrossEntropyWithLogits`, or become probabilities by `sigmoid`',
  });
}
