import * as kernels from '../engine/kernels.ts';
import type { Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
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
export const shortestLine = 8;

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

/** What `kernels.normalise` needs of a normalisation with scale and shift, one of each for each channel. */
export interface Shifted {
  readonly x: Tensor;
  readonly layout: Normalised['layout'];
  /** Mean and variance of each group as the kernel takes them, and the tensors that they are read from. */
  readonly statistics: (memory: Memory) => FloatArray;
  readonly statisticsFrom: readonly Tensor[];
  readonly weight: Tensor;
  readonly bias: Tensor;
  /** The outputs that are not written. */
  readonly inner: readonly Tensor[];
}

/** Reads the output of an op as y·weight + bias, in the shape of y. */
export function asScaled({ entry, shape }: Tensor): Record<'y' | 'weight' | 'bias' | 'scaled', Tensor> | null {
  const scaled = entry?.operation === 'add' ? entry.inputs.x : undefined;
  if (!entry || scaled?.entry?.operation !== 'multiply' || !sameShape(scaled.shape, shape)) return null;
  const { x: y, y: weight } = scaled.entry.inputs;
  return { y, weight, bias: entry.inputs.y, scaled };
}

/** Reads the output of an op as standardise(x)·weight + bias. */
export function asShifted(output: Tensor): (Shifted & { readonly normalised: Normalised }) | null {
  const found = asScaled(output);
  if (!found) return null;
  const { y, weight, bias, scaled } = found;
  const reshaped = y.entry?.operation === 'reshape' ? y.entry.inputs.x : undefined;
  const normalised = asNormalised(reshaped ?? y, weight, reshaped !== undefined);
  if (!normalised || !isPerChannel(bias, scaled) || !sameShape(normalised.x.shape, output.shape)) return null;
  const { x, moments, layout } = normalised;
  const inner = reshaped ? [scaled, y, reshaped] : [scaled, y];
  const statistics = (memory: Memory): FloatArray => flatten(moments.view, memory);
  return { x, layout, statistics, statisticsFrom: [moments], weight, bias, inner, normalised };
}

function matchOf(
  { x, layout, statistics, statisticsFrom, weight, bias, inner }: Shifted,
  between: readonly Tensor[],
  residual: Tensor | null,
  isCut: boolean,
): Match {
  return {
    inner: [...inner, ...between],
    reads: [x, ...statisticsFrom, weight, bias, ...(residual ? [residual] : [])],
    value: (y, memory) => {
      const [numbers, scale, shift] = [x, weight, bias].map(({ view }) => flatten(view, memory));
      const other = residual && flatten(residual.view, memory);
      kernels.normalise(numbers, statistics(memory), scale, shift, other, y, ...layout, isCut ? 1 : 0);
    },
  };
}

type Read = (output: Tensor) => Shifted | null;

/** Reads a sum of which one side is a normalisation that nothing else reads. Its bits are those of the two ops one after the other. */
function asResidual(
  sum: Tensor,
  read: Read,
  isOnlyReadBy: IsOnlyReadBy,
): { shifted: Shifted; between: Tensor; other: Tensor } | null {
  const { operation, inputs } = sum.entry as Entry;
  if (operation !== 'add' || !sameShape(inputs.x.shape, inputs.y.shape)) return null;
  // Of two normalisations the one is the other's residual.
  for (const [between, other] of [
    [inputs.x, inputs.y],
    [inputs.y, inputs.x],
  ]) {
    const shifted = between === other || !isOnlyReadBy(between, sum) ? null : read(between);
    if (shifted) return { shifted, between, other };
  }
  return null;
}

/** A normalisation as `read` finds it, made by such ops: alone, with a residual sum, with relu, and with both. */
export function normalisations(ops: string, read: Read): readonly Pattern[] {
  return [
    {
      name: `${ops}, multiply, add`,
      last: 'add',
      match: (output) => {
        const shifted = read(output);
        return shifted && matchOf(shifted, [], null, false);
      },
    },
    {
      name: `${ops}, multiply, add, add`,
      last: 'add',
      match: (output, isOnlyReadBy) => {
        const found = asResidual(output, read, isOnlyReadBy);
        return found && matchOf(found.shifted, [found.between], found.other, false);
      },
    },
    {
      name: `${ops}, multiply, add, relu`,
      last: 'relu',
      match: (output, isOnlyReadBy) => {
        const activated = output.entry?.inputs.x;
        const shifted = activated && isOnlyReadBy(activated, output) ? read(activated) : null;
        return activated && shifted ? matchOf(shifted, [activated], null, true) : null;
      },
    },
    {
      name: `${ops}, multiply, add, add, relu`,
      last: 'relu',
      match: (output, isOnlyReadBy) => {
        const activated = output.entry?.inputs.x;
        const isBetween = activated?.entry && isOnlyReadBy(activated, output);
        const found = isBetween ? asResidual(activated, read, isOnlyReadBy) : null;
        return activated && found ? matchOf(found.shifted, [activated, found.between], found.other, true) : null;
      },
    },
  ];
}

/** By statistics that are taken from x. */
export const normalised: readonly Pattern[] = /* @__PURE__ */ normalisations('standardise', asShifted);
