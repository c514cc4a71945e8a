import {
  type Attributes,
  add,
  divide,
  exp,
  log,
  max,
  multiply,
  negate,
  reshape,
  subtract,
  sum,
  type Tensor,
} from '@tapegrad/core';
import { axesOf, type LongForms } from './longForm.ts';

type Inputs = Readonly<Record<string, Tensor>>;

interface Over {
  readonly axes: readonly number[];
  readonly keepDims: true;
}

const overAxes = (x: Tensor, attributes: Attributes): Over => ({ axes: axesOf(attributes, x), keepDims: true });

/** x - max x: the same softmax, for e^-max cancels, and no power of e that overflows. */
function shifted(x: Tensor, over: Over): Tensor {
  return subtract(x, max(x, over));
}

/** e^z / Σ e^z */
function shares(z: Tensor, over: Over): Tensor {
  const powers = exp(z);
  return divide(powers, sum(powers, over));
}

/** z - ln Σ e^z */
function logShares(z: Tensor, over: Over): Tensor {
  return subtract(z, log(sum(exp(z), over)));
}

/** -Σ target·ln p along the axis */
function crossEntropy({ target }: Inputs, logarithms: Tensor, { axes }: Over): Tensor {
  return negate(sum(multiply(target, logarithms), { axes }));
}

/** ln Σ e^x, in the shape that the op gives it. */
function logOfSum(x: Tensor, attributes: Attributes, isShifted: boolean): Tensor {
  const over = overAxes(x, attributes);
  const largest = max(x, over);
  const total = isShifted ? add(largest, log(sum(exp(subtract(x, largest)), over))) : log(sum(exp(x), over));
  const kept = x.shape.flatMap((length, axis) => (over.axes.includes(axis) ? [] : [length]));
  return attributes.keepDims === true ? total : reshape(total, kept);
}

const byLargest = 'shifted by the largest';
const asItStands = 'as it stands, without a shift';

/** The softmax family in elementary steps. */
export const softmaxLongForms: LongForms = {
  softmaxCrossEntropy: [
    {
      title: `by the probabilities p, ${byLargest} logit`,
      compute: (inputs, attributes) => {
        const over = overAxes(inputs.logits, attributes);
        return crossEntropy(inputs, log(shares(shifted(inputs.logits, over), over)), over);
      },
    },
    {
      title: `by the logarithms z - ln Σ e^z, ${byLargest} logit`,
      compute: (inputs, attributes) => {
        const over = overAxes(inputs.logits, attributes);
        return crossEntropy(inputs, logShares(shifted(inputs.logits, over), over), over);
      },
    },
    {
      title: `by the probabilities p, ${asItStands}`,
      compute: (inputs, attributes) => {
        const over = overAxes(inputs.logits, attributes);
        return crossEntropy(inputs, log(shares(inputs.logits, over)), over);
      },
    },
  ],
  softmax: [
    {
      title: byLargest,
      compute: ({ x }, attributes) => shares(shifted(x, overAxes(x, attributes)), overAxes(x, attributes)),
    },
    { title: asItStands, compute: ({ x }, attributes) => shares(x, overAxes(x, attributes)) },
  ],
  logSoftmax: [
    {
      title: byLargest,
      compute: ({ x }, attributes) => logShares(shifted(x, overAxes(x, attributes)), overAxes(x, attributes)),
    },
    { title: asItStands, compute: ({ x }, attributes) => logShares(x, overAxes(x, attributes)) },
  ],
  logSumExp: [
    { title: byLargest, compute: ({ x }, attributes) => logOfSum(x, attributes, true) },
    { title: asItStands, compute: ({ x }, attributes) => logOfSum(x, attributes, false) },
  ],
};
