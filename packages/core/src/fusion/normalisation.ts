import type { Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import type { IsOnlyReadBy, Match, Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Entry, Tensor } from '../tensor/tensor.ts';
import { channelsOf } from './normalisedChannels.ts';
import type { NormalisedForm } from './normalisedForm.ts';
import { rowsOf } from './normalisedRows.ts';

/*
 * Normalisation with scale and shift, and a sum or a relu after it, from x and its moments. The standardised numbers are not
 * written at all: the derivatives compute them from x again. Forward, x is read twice, for the moments and for the output.
 * The product with the scale is not rounded before the shift is added, so the bits are not those of the ops one after the
 * other. Therefore the patterns apply whenever these ops are recorded in a row, whatever else is computed.
 */

/** standardise(x), as the kernels compute it together with what stands behind it. */
export interface Normalised {
  readonly x: Tensor;
  readonly moments: Tensor;
  /** The output of `standardise`. */
  readonly source: Tensor;
  readonly form: NormalisedForm;
}

/**
 * Reads the output of `standardise` as what the kernels can compute; `null` where they cannot.
 *
 * @param isReshaped whether x was reshaped before, and the output after it, so that each group became a row
 */
export function asNormalised(source: Tensor | undefined, isReshaped: boolean): Normalised | null {
  if (source?.entry?.operation !== 'standardise' || !source.entry.details) return null;
  const details = source.entry.details as StandardiseDetails;
  const given = source.entry.inputs.x;
  if (isReshaped && given.entry?.operation !== 'reshape') return null;
  const x = isReshaped && given.entry ? given.entry.inputs.x : given;
  if (x.size === 0) return null;
  const form = channelsOf(x, details, isReshaped) ?? (isReshaped ? null : rowsOf(x, details));
  return form && { x, source, moments: details.moments, form };
}

/** What is needed to compute a normalisation with scale and shift. */
export interface Shifted {
  readonly x: Tensor;
  readonly form: Pick<NormalisedForm, 'normalise'>;
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
  const normalised = asNormalised(reshaped ?? y, reshaped !== undefined);
  if (!normalised || !sameShape(normalised.x.shape, output.shape)) return null;
  const { x, moments, form } = normalised;
  if (![weight, bias].every((numbers) => form.isParameter(numbers))) return null;
  const inner = reshaped ? [scaled, y, reshaped] : [scaled, y];
  const statistics = (memory: Memory): FloatArray => flatten(moments.view, memory);
  return { x, form, statistics, statisticsFrom: [moments], weight, bias, inner, normalised };
}

function matchOf(
  { x, form, statistics, statisticsFrom, weight, bias, inner }: Shifted,
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
      form.normalise(numbers, statistics(memory), scale, shift, other, y, isCut ? 1 : 0);
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
