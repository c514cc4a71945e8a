import * as kernels from '../engine/kernels.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import type { IsOnlyReadBy, Match, Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Entry, Tensor } from '../tensor/tensor.ts';

/*
 * Normalisation with scale and shift, and a sum or a relu after it, from x and its moments. The standardised numbers are not
 * written at all: the derivatives compute them from x again. Forward, x is read twice, for the moments and for the output.
 * The product with the scale is not rounded before the shift is added, so the bits are not those of the ops one after the
 * other. Therefore the patterns apply whenever these ops are recorded in a row, whatever else is computed.
 */

/** standardise(x) of a batch, of groups of channels, or of instances. */
export interface Normalised {
  readonly x: Tensor;
  readonly moments: Tensor;
  /** The output of `standardise`. */
  readonly source: Tensor;
  /** Of x, as kernels take it. */
  readonly layout: readonly [lines: number, channels: number, plane: number, perGroup: number, epsilon: number];
}

/** Lines shorter than this are faster op by op. */
const shortestLine = 8;

/**
 * Reads the output of `standardise` as what the kernels of this pattern take; `null` where they cannot compute it.
 *
 * @param weight what the output is multiplied by, if it is
 * @param isReshaped whether x was reshaped before, and the output after it, so that each group became a line
 */
export function asNormalised(
  source: Tensor | undefined,
  weight: Tensor | null,
  isReshaped: boolean,
): Normalised | null {
  if (source?.entry?.operation !== 'standardise' || !source.entry.details) return null;
  const { moments, groups, epsilon } = source.entry.details as StandardiseDetails;
  const given = source.entry.inputs.x;
  if (isReshaped && (given.entry?.operation !== 'reshape' || groups[0] !== 1)) return null;
  const x = isReshaped && given.entry ? given.entry.inputs.x : given;
  if (x.rank < 3 || x.size === 0 || (weight && !isPerChannel(weight, x))) return null;
  const [batch, channels] = x.shape;
  const [lines, plane] = [batch * channels, x.size / (batch * channels)];
  const perGroup = isReshaped ? lines / groups[1] : 0;
  const isByChannel = groups[0] === batch && groups[1] === channels && groups[2] === plane;
  if (plane < shortestLine || !(isReshaped ? channels % perGroup === 0 : isByChannel)) return null;
  return { x, source, moments, layout: [lines, channels, plane, perGroup, epsilon] };
}

/** Whether numbers are one for each channel of x: `[channels, 1, ...]`. */
export function isPerChannel({ shape }: Tensor, x: Tensor): boolean {
  return shape.length === x.rank - 1 && shape[0] === x.shape[1] && shape.slice(1).every((length) => length === 1);
}

/** standardise(x)·weight + bias, with one weight and one bias for each channel. */
export interface Shifted extends Normalised {
  readonly weight: Tensor;
  readonly bias: Tensor;
  /** The outputs that are not written. */
  readonly inner: readonly Tensor[];
}

/** Reads the output of an op as a normalisation with scale and shift. */
export function asShifted({ entry, shape }: Tensor): Shifted | null {
  const scaled = entry?.operation === 'add' ? entry.inputs.x : undefined;
  if (!entry || scaled?.entry?.operation !== 'multiply' || !sameShape(scaled.shape, shape)) return null;
  const { x: standardised, y: weight } = scaled.entry.inputs;
  const reshaped = standardised.entry?.operation === 'reshape' ? standardised.entry.inputs.x : undefined;
  const normalised = asNormalised(reshaped ?? standardised, weight, reshaped !== undefined);
  const bias = entry.inputs.y;
  if (!normalised || !isPerChannel(bias, scaled) || !sameShape(normalised.x.shape, shape)) return null;
  const inner = reshaped ? [scaled, standardised, reshaped] : [scaled, standardised];
  return { ...normalised, weight, bias, inner };
}

function matchOf(
  { x, moments, weight, bias, layout, inner }: Shifted,
  between: readonly Tensor[],
  residual: Tensor | null,
  isCut: boolean,
): Match {
  return {
    inner: [...inner, ...between],
    reads: [x, moments, weight, bias, ...(residual ? [residual] : [])],
    value: (y, memory) => {
      const [numbers, statistics, scale, shift] = [x, moments, weight, bias].map(({ view }) => flatten(view, memory));
      const other = residual && flatten(residual.view, memory);
      kernels.normalise(numbers, statistics, scale, shift, other, y, ...layout, isCut ? 1 : 0);
    },
  };
}

/** Reads a sum of which one side is a normalisation that nothing else reads. Its bits are those of the two ops one after the other. */
function asResidual(
  sum: Tensor,
  isOnlyReadBy: IsOnlyReadBy,
): { shifted: Shifted; between: Tensor; other: Tensor } | null {
  const { operation, inputs } = sum.entry as Entry;
  if (operation !== 'add' || !sameShape(inputs.x.shape, inputs.y.shape)) return null;
  // Of two normalisations the one is the other's residual.
  for (const [between, other] of [
    [inputs.x, inputs.y],
    [inputs.y, inputs.x],
  ]) {
    const shifted = between === other || !isOnlyReadBy(between, sum) ? null : asShifted(between);
    if (shifted) return { shifted, between, other };
  }
  return null;
}

/** standardise(x)·weight + bias */
export const normalised: Pattern = {
  name: 'standardise, multiply, add',
  last: 'add',
  match: (output) => {
    const shifted = asShifted(output);
    return shifted && matchOf(shifted, [], null, false);
  },
};

/** standardise(x)·weight + bias + residual */
export const normalisedSum: Pattern = {
  name: 'standardise, multiply, add, add',
  last: 'add',
  match: (output, isOnlyReadBy) => {
    const found = asResidual(output, isOnlyReadBy);
    return found && matchOf(found.shifted, [found.between], found.other, false);
  },
};

/** relu(standardise(x)·weight + bias) */
export const normalisedRelu: Pattern = {
  name: 'standardise, multiply, add, relu',
  last: 'relu',
  match: (output, isOnlyReadBy) => {
    const activated = output.entry?.inputs.x;
    const shifted = activated && isOnlyReadBy(activated, output) ? asShifted(activated) : null;
    return activated && shifted ? matchOf(shifted, [activated], null, true) : null;
  },
};

/** relu(standardise(x)·weight + bias + residual) */
export const normalisedSumRelu: Pattern = {
  name: 'standardise, multiply, add, add, relu',
  last: 'relu',
  match: (output, isOnlyReadBy) => {
    const activated = output.entry?.inputs.x;
    const found = activated?.entry && isOnlyReadBy(activated, output) ? asResidual(activated, isOnlyReadBy) : null;
    return activated && found ? matchOf(found.shifted, [activated, found.between], found.other, true) : null;
  },
};
