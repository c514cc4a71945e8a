import type { AffineOptions } from '../../layers/affine.ts';
import { evaluationCost, scalingCost } from '../costs/cost.ts';
import { product } from '../working.ts';
import { byOptions, type Describe } from './description.ts';

/** A softmax along a spatial axis sees all of it in its sum, which is not counted. */
const activation: Describe = ({ inputShape }) => ({ window: 'position', cost: evaluationCost(inputShape) });

/** Dropout does nothing when the model is used. */
const passing: Describe = () => ({ window: 'position', cost: {} });

/** A multiplication and an addition for each number, or one of both. */
const affine = byOptions<AffineOptions>(({ weight = true, bias = true }, inputShape) => {
  if (weight && bias) return { window: 'position', cost: scalingCost(inputShape) };
  return { window: 'position', cost: weight || bias ? { flops: product('one for each number', inputShape) } : {} };
});

/** Layers that give a number for each number. */
export const elementwise: readonly (readonly [type: string, describe: Describe])[] = [
  ['ReLU', activation],
  ['ReLU6', activation],
  ['LeakyReLU', activation],
  ['PReLU', activation],
  ['ELU', activation],
  ['CELU', activation],
  ['SELU', activation],
  ['GELU', activation],
  ['SiLU', activation],
  ['Mish', activation],
  ['HardSwish', activation],
  ['Softplus', activation],
  ['Softsign', activation],
  ['Sigmoid', activation],
  ['HardSigmoid', activation],
  ['Tanh', activation],
  ['Clamp', activation],
  ['Elementwise', activation],
  ['Power', activation],
  ['Softmax', activation],
  ['LogSoftmax', activation],
  ['Affine', affine],
  ['Dropout', passing],
  ['DropBlock', passing],
];
