import * as kernels from '../engine/kernels.ts';
import type { SumToDetails } from '../tape/chain.ts';
import type { Match, Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { asNormalised, asShifted, isPerChannel, type Normalised } from './normalisation.ts';
import { type Cotangent, openedCotangent, sumsOf } from './normalisationSums.ts';

/*
 * The gradients of a normalisation with scale and shift, from x and its moments. All three are made of two sums for each
 * line, Σg and Σ g·n with n the normalised numbers. These are computed once, so that x and g are read twice in all. Before a
 * relu, g is read through its gate. The sums run over each line in float32 and over the lines in float64, and the scale is
 * multiplied in after them, so that the bits are not those of the ops one after the other: the patterns apply whenever these
 * ops are recorded in a row, whatever else is computed.
 */

/** ∂x, where what is standardised was multiplied by a weight for each channel. */
export const normalisedInputGradient: Pattern = {
  name: 'multiply, standardiseGradient',
  last: 'standardiseGradient',
  match: ({ entry }, _isOnlyReadBy, isNeeded) => {
    const isReshaped = entry?.inputs.g.entry?.operation === 'reshape';
    const scaled = isReshaped ? entry.inputs.g.entry?.inputs.x : entry?.inputs.g;
    if (scaled?.entry?.operation !== 'multiply') return null;
    const { x: g, y: weight } = scaled.entry.inputs;
    const found = asNormalised(entry?.inputs.y, weight, isReshaped);
    if (!found || !sameShape(g.shape, found.x.shape)) return null;
    const cotangent = openedCotangent(g, isNeeded);
    return {
      inner: [scaled, ...cotangent.inner],
      reads: [found.x, found.moments, weight, ...cotangent.reads],
      value: (xGradient, memory) => {
        const [numbers, moments, scale, outer] = [found.x, found.moments, weight, cotangent.g].map(({ view }) =>
          flatten(view, memory),
        );
        const gate = cotangent.gate && flatten(cotangent.gate.view, memory);
        const sums = sumsOf(cotangent, found, memory);
        kernels.normaliseGradient(outer, gate, numbers, moments, scale, sums, xGradient, ...found.layout);
      },
    };
  },
};

/** ∂weight = Σ g·n over each channel, from the sums of its lines. */
export const normalisedScaleGradient: Pattern = {
  name: 'standardise, multiply, sumTo',
  last: 'sumTo',
  match: (output, _isOnlyReadBy, isNeeded) => {
    const product = output.entry?.inputs.x;
    if (product?.entry?.operation !== 'multiply' || !isPerChannel(output, product)) return null;
    const { x: g, y: standardised } = product.entry.inputs;
    const reshaped = standardised.entry?.operation === 'reshape' ? standardised.entry.inputs.x : undefined;
    const found = asNormalised(reshaped ?? standardised, null, reshaped !== undefined);
    if (!found || ![g, standardised].every(({ shape }) => sameShape(shape, found.x.shape))) return null;
    return sumOverLines(openedCotangent(g, isNeeded), found, 1, [product]);
  },
};

/** ∂bias = Σg over each channel, from the sums of its lines. */
export const normalisedShiftGradient: Pattern = {
  name: 'add, sumTo',
  last: 'sumTo',
  match: (output, _isOnlyReadBy, isNeeded) => {
    const { cotangentOf } = (output.entry?.details ?? { cotangentOf: null }) as SumToDetails;
    const found = cotangentOf && asShifted(cotangentOf);
    const g = output.entry?.inputs.x;
    if (!found || !g || !isPerChannel(output, g)) return null;
    return sumOverLines(openedCotangent(g, isNeeded), found.normalised, 0, []);
  },
};

function sumOverLines(cotangent: Cotangent, found: Normalised, which: 0 | 1, between: readonly Tensor[]): Match {
  const [lines, channels] = found.layout;
  return {
    inner: [...between, ...cotangent.inner],
    reads: [found.x, found.moments, ...cotangent.reads],
    value: (y, memory) => {
      const sums = sumsOf(cotangent, found, memory);
      for (let channel = 0; channel < channels; channel++) {
        let total = 0;
        for (let line = channel; line < lines; line += channels) total += sums[2 * line + which];
        y[channel] = total;
      }
    },
  };
}
