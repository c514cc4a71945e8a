import { evaluationCost } from '../costs/cost.ts';
import type { Describe } from './description.ts';

/** A softmax along a spatial axis sees all of it in its sum, which is not counted. */
const activation: Describe = ({ inputShape }) => ({ window: 'position', cost: evaluationCost(inputShape) });

/** Dropout does nothing when the model is used. */
const passing: Describe = () => ({ window: 'position', cost: {} });

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
  ['Softmax', activation],
  ['LogSoftmax', activation],
  ['Dropout', passing],
  ['DropBlock', passing],
];
