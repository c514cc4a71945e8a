import { batchNorm, batchNormTraining, layerNorm, type Tensor } from '@tapegrad/core';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { movingAverage } from '../statistics.ts';

/** Normalisation layers, as functions. */
export const normalisations: Readonly<Record<string, NumericOp>> = {
  batch_norm: (inputs) => {
    const { attributes } = inputs;
    const options = { ...readAffine(inputs), epsilon: attributes.number('eps') };
    const momentum = attributes.number('momentum') ?? 0.1;
    const [mean, variance] = [inputs.optional('running_mean'), inputs.optional('running_var')];
    const x = inputs.tensor('input');
    if (attributes.flag('training', true)) {
      const batch = batchNormTraining(x, options);
      const unbiased = batch.count / (batch.count - 1);
      return {
        output: batch.output,
        ...running('running_mean', mean && movingAverage(mean, batch.mean, momentum)),
        ...running('running_var', variance && movingAverage(variance, batch.variance, momentum, unbiased)),
      };
    }
    if (!mean || !variance) throw new MalformedCase('batch_norm without training and without statistics');
    return {
      output: batchNorm(x, { ...options, mean, variance }),
      ...running('running_mean', mean),
      ...running('running_var', variance),
    };
  },
  layer_norm: (inputs) => {
    const x = inputs.tensor('input');
    const shape = inputs.attributes.wholes('normalized_shape');
    if (shape === undefined || shape.length === 0 || shape.length > x.rank)
      throw new MalformedCase('layer_norm without a normalized_shape that is part of the input');
    const axes = shape.map((_, axis) => x.rank - shape.length + axis);
    if (axes.some((axis, at) => x.shape[axis] !== shape[at]))
      throw new MalformedCase(`normalized_shape [${shape.join(', ')}] for [${x.shape.join(', ')}]`);
    return { output: layerNorm(x, { ...readAffine(inputs), axes, epsilon: inputs.attributes.number('eps') }) };
  },
};

function readAffine(inputs: Arguments) {
  return { weight: inputs.optional('weight'), bias: inputs.optional('bias') };
}

function running(name: string, statistics: Tensor | undefined): Outputs {
  return statistics ? { [name]: statistics } : {};
}
