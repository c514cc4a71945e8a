import type { SumToDetails } from '../tape/chain.ts';
import type { Match, Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Cotangent, sumsOf, throughGate } from './normalisationSums.ts';
import { asNormalised, asShifted, type Normalised } from './readNormalisation.ts';

/*
 * The gradients of a normalisation with scale and shift, from x and its moments. All three are made of two sums for each
 * line, Σg and Σ g·n with n the normalised numbers. These are computed once, so that x and g are read twice in all. Before a
 * relu, g is read through its gate. The sums run over each line in float32 and over the lines in float64, and the scale is
 * multiplied in after them, so that the bits are not those of the ops one after the other: the patterns apply whenever these
 * ops are recorded in a row, whatever else is computed.
 */

/** ∂x, where what is standardised was multiplied by a weight. */
export const normalisedInputGradient: Pattern = {
  name: 'multiply, standardiseGradient',
  last: 'standardiseGradient',
  match: ({ entry }, _isOnlyReadBy, isNeeded) => {
    const isReshaped = entry?.inputs.g.entry?.operation === 'reshape';
    const scaled = isReshaped ? entry.inputs.g.entry?.inputs.x : entry?.inputs.g;
    if (scaled?.entry?.operation !== 'multiply') return null;
    const { x: g, y: weight } = scaled.entry.inputs;
    const found = asNormalised(entry?.inputs.y, isReshaped);
    if (!found?.form.isParameter(weight) || !sameShape(g.shape, found.x.shape)) return null;
    const cotangent = throughGate(g, isNeeded);
    return {
      inner: [scaled, ...cotangent.inner],
      reads: [found.x, found.moments, weight, ...cotangent.reads],
      value: (xGradient, memory) => {
        const [numbers, moments, scale, outer] = [found.x, found.moments, weight, cotangent.g].map(({ view }) =>
          flatten(view, memory),
        );
        const gate = cotangent.gate && flatten(cotangent.gate.view, memory);
        const sums = (): Float64Array => sumsOf(cotangent, found, memory);
        found.form.inputGradient(outer, gate, numbers, moments, scale, sums, xGradient);
      },
    };
  },
};

/** ∂weight = Σ g·n for each scale. */
export const normalisedScaleGradient: Pattern = {
  name: 'standardise, multiply, sumTo',
  last: 'sumTo',
  match: (output, _isOnlyReadBy, isNeeded) => {
    const product = output.entry?.inputs.x;
    if (product?.entry?.operation !== 'multiply') return null;
    const { x: g, y: standardised } = product.entry.inputs;
    const reshaped = standardised.entry?.operation === 'reshape' ? standardised.entry.inputs.x : undefined;
    const found = asNormalised(reshaped ?? standardised, reshaped !== undefined);
    if (!found?.form.isParameter(output) || ![g, standardised].every(({ shape }) => sameShape(shape, found.x.shape)))
      return null;
    return fromSums(throughGate(g, isNeeded), found, 1, [product]);
  },
};

/** ∂bias = Σg for each shift. */
export const normalisedShiftGradient: Pattern = {
  name: 'add, sumTo',
  last: 'sumTo',
  match: (output, _isOnlyReadBy, isNeeded) => {
    const { cotangentOf } = (output.entry?.details ?? { cotangentOf: null }) as SumToDetails;
    const found = cotangentOf && asShifted(cotangentOf);
    const g = output.entry?.inputs.x;
    if (!g || !found?.normalised.form.isParameter(output)) return null;
    return fromSums(throughGate(g, isNeeded), found.normalised, 0, []);
  },
};

function fromSums(cotangent: Cotangent, found: Normalised, which: 0 | 1, between: readonly Tensor[]): Match {
  return {
    inner: [...between, ...cotangent.inner],
    reads: [found.x, found.moments, ...cotangent.reads],
    value: (y, memory) => found.form.parameterGradient(sumsOf(cotangent, found, memory), which, y),
  };
}
