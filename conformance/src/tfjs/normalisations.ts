import { batchNorm, transpose } from '@tapegrad/core';
import type { NumericOp } from '../numeric/numericCase.ts';
import { Unsupported } from '../outcome.ts';

/** Normalisation with given statistics; channels are the last axis unless the layout says NCHW. */
export const normalisations: Readonly<Record<string, NumericOp>> = {
  batch_norm: (inputs) => {
    const { attributes } = inputs;
    const x = inputs.tensor('x');
    const layout = attributes.text('layout') ?? 'channels last';
    const isLast = /NHWC|channels last/.test(layout);
    if (!isLast && !layout.includes('NCHW')) throw new Unsupported(`layout ${layout}`);
    const options = {
      mean: inputs.tensor('mean'),
      variance: inputs.tensor('variance'),
      weight: inputs.optional('scale'),
      bias: inputs.optional('offset'),
      epsilon: attributes.number('epsilon') ?? 1e-3,
    };
    if (!isLast || x.rank === 2) return { y: batchNorm(x, options) };
    const axes = x.shape.map((_, axis) => axis);
    const channelsFirst = [0, x.rank - 1, ...axes.slice(1, -1)];
    const channelsLast = [0, ...axes.slice(2), 1];
    return { y: transpose(batchNorm(transpose(x, channelsFirst), options), channelsLast) };
  },
};
