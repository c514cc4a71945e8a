import type { Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { channelsOf } from './normalisedChannels.ts';
import type { NormalisedForm } from './normalisedForm.ts';
import { rowsOf } from './normalisedRows.ts';

/* What the patterns of a normalisation recognise: they look back from an output, through the ops that it was made by. */

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
