import * as kernels from '../engine/kernels.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type NormalisedForm, shortestLine } from './normalisedForm.ts';

/** Normalisation of a batch, of groups of channels or of instances: a scale and a shift for each channel. */
export function channelsOf(
  x: Tensor,
  { groups, epsilon }: StandardiseDetails,
  isReshaped: boolean,
): NormalisedForm | null {
  if (x.rank < 3 || (isReshaped && groups[0] !== 1)) return null;
  const [batch, channels] = x.shape;
  const [lines, plane] = [batch * channels, x.size / (batch * channels)];
  const perGroup = isReshaped ? lines / groups[1] : 0;
  const isByChannel = groups[0] === batch && groups[1] === channels && groups[2] === plane;
  if (plane < shortestLine || !(isReshaped ? channels % perGroup === 0 : isByChannel)) return null;
  return byChannel(x, perGroup, epsilon);
}

/**
 * Normalisation with a scale and a shift for each channel.
 *
 * @param perGroup how many neighbouring lines (a channel of an example each) share their moments; 0 where all lines of a channel do
 */
export function byChannel(x: Tensor, perGroup: number, epsilon: number): NormalisedForm {
  const [batch, channels] = x.shape;
  const lines = batch * channels;
  const layout = [lines, channels, x.size / lines, perGroup, epsilon] as const;
  return {
    isParameter: (numbers) => isPerChannel(numbers, x),
    normalise: (numbers, moments, weight, bias, residual, y, withRelu) =>
      kernels.normalise(numbers, moments, weight, bias, residual, y, ...layout, withRelu),
    /** Of each line by itself: the gradient of x needs them so. */
    sums: (g, gate, numbers, moments) => {
      const sums = new Float64Array(2 * lines);
      kernels.normaliseSums(g, gate, numbers, moments, sums, ...layout);
      return sums;
    },
    parameterGradient: (sums, which, gradient) => {
      // In the order of memory; each channel has its terms in the same order as by itself.
      const totals = new Float64Array(channels);
      for (let first = 0; first < lines; first += channels) {
        for (let channel = 0; channel < channels; channel++) totals[channel] += sums[2 * (first + channel) + which];
      }
      gradient.set(totals);
    },
    inputGradient: (g, gate, numbers, moments, weight, sums, xGradient) =>
      kernels.normaliseGradient(g, gate, numbers, moments, weight, sums(), xGradient, ...layout),
  };
}

/** Whether numbers are one for each channel of x: `[channels, 1, ...]`. */
export function isPerChannel({ shape }: Tensor, x: Tensor): boolean {
  return shape.length === x.rank - 1 && shape[0] === x.shape[1] && shape.slice(1).every((length) => length === 1);
}
