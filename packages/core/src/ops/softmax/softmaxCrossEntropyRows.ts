import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import { type FormulaTable, formula, over, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, resolveAxis, sameShape, sizesAlong } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { timesSlope } from '../elementwise/chainRule.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { subtract } from '../elementwise/subtract.ts';
import { sum } from '../reductions/sum.ts';
import { reshape } from '../shape/reshape.ts';
import { logSoftmax, type SoftmaxOptions, softmax, softmaxOptions } from './softmax.ts';

/**
 * loss = -Σ_c target_c · ln softmax(logits)_c along `axis`, one number for each row: the fused form, which never computes
 * a probability that could underflow. The same as `negate(sum(multiply(target, logSoftmax(logits))))`.
 *
 * With p = softmax(logits), ∂loss/∂logits = (Σ target)·p - target: p - y where the target is a distribution. The target
 * may be any weights; one of 0 costs nothing, also where the logit is -Infinity.
 *
 * The losses of `@tapegrad/nn` add class indices, class weights, label smoothing and a mean.
 * @param logits `[…, classes, …]`
 * @param target of the same shape
 * @example softmaxCrossEntropyRows([[2, 0], [0, 0]], [[1, 0], [0.5, 0.5]]) // [0.1269, 0.6931]
 * @throws ShapeError when the shapes differ or there is no such axis
 */
export function softmaxCrossEntropyRows(
  logits: TensorLike,
  target: TensorLike,
  options: SoftmaxOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('softmaxCrossEntropyRows', surplus);
  const { axis = -1 } = checkOptions('softmaxCrossEntropyRows', options, softmaxOptions);
  const inputs = operands('softmaxCrossEntropyRows', { logits, target });
  const { shape } = inputs.logits;
  if (!sameShape(shape, inputs.target.shape)) {
    throw new ShapeError({
      operation: 'softmaxCrossEntropyRows',
      got: `logits are ${formatShape(shape)}, target is ${formatShape(inputs.target.shape)}`,
      wanted: 'one target for each logit',
      remedy: 'Turn class indices into rows of zeros with a one first',
    });
  }
  const along = resolveAxis('softmaxCrossEntropyRows', axis, shape.length);
  const rows = shape.toSpliced(along, 1);
  const kept = shape.with(along, 1);
  return record({
    operation: 'softmaxCrossEntropy',
    inputs,
    attributes: { axis: along },
    shape: rows,
    value: (loss, memory) => {
      const [logits, target] = [inputs.logits, inputs.target].map(({ view }) => flatten(view, memory));
      kernels.softmaxCrossEntropy(logits, target, loss, ...sizesAlong(shape, along));
    },
    vjps: {
      logits: (g) => {
        const total = sum(inputs.target, { axes: along, keepDims: true });
        const gradient = subtract(multiply(total, softmax(inputs.logits, { axis: along })), inputs.target);
        return timesSlope(reshape(g, kept), gradient);
      },
      target: (g) => negate(timesSlope(reshape(g, kept), logSoftmax(inputs.logits, { axis: along }))),
    },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  softmaxCrossEntropy: (facts) =>
    structural({
      output: 'ℓ',
      value: formula(
        `ℓ = -Σ target·ln p, p = softmax(logits)${over(facts).text}`,
        `\\ell = -\\sum \\mathrm{target} \\cdot \\ln p, \\quad p = \\operatorname{softmax}(\\mathrm{logits})${over(facts).latex}`,
      ),
      inputs: {
        logits: {
          derivative: formula(
            '∂ℓ/∂logits = (Σ target)·p - target',
            '\\frac{\\partial \\ell}{\\partial \\mathrm{logits}} = \\left( \\sum \\mathrm{target} \\right) p - \\mathrm{target}',
          ),
          product: formula(
            'g·((Σ target)·p - target)',
            'g \\cdot \\left( \\left( \\sum \\mathrm{target} \\right) p - \\mathrm{target} \\right)',
          ),
        },
        target: {
          derivative: formula('∂ℓ/∂target = -ln p', '\\frac{\\partial \\ell}{\\partial \\mathrm{target}} = -\\ln p'),
          product: formula('-g·ln p', '-g \\cdot \\ln p'),
        },
      },
      inWords: 'What is believed less what is true: the probabilities, less the target where it sums to 1.',
    }),
};
