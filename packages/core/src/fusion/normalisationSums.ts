import type { Memory } from '../engine/memory.ts';
import { flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { asPooled } from './pooledCotangent.ts';
import type { Normalised } from './readNormalisation.ts';

/** A cotangent, read through the gate of a relu where it has not been written behind it. */
export interface Cotangent {
  /** The cotangent as it stands on the tape, behind the gate. */
  readonly gated: Tensor;
  /** What is read: g alone, or g where the gate is above 0. */
  readonly g: Tensor;
  readonly gate: Tensor | null;
  readonly reads: readonly Tensor[];
  readonly inner: readonly Tensor[];
}

/**
 * Reads a cotangent through the gate of a relu, unless its numbers are needed anyway, or the output of the relu is not
 * there: it is not written before a max pooling. Both ways give the same bits.
 */
export function throughGate(gated: Tensor, isNeeded: (x: Tensor) => boolean): Cotangent {
  const { operation, inputs } = gated.entry ?? {};
  const isGated = operation === 'reluGradient' && inputs?.y.isComputed && !isNeeded(gated) && !asPooled(gated);
  if (!isGated || !inputs) return { gated, g: gated, gate: null, reads: [gated], inner: [] };
  return { gated, g: inputs.g, gate: inputs.y, reads: [inputs.g, inputs.y], inner: [gated] };
}

/** Sums that were taken already, by the cotangent and by what is standardised. */
const taken = new WeakMap<Tensor, WeakMap<Tensor, Float64Array>>();

/** Σg and Σ g·n as the form has them, taken when the first of the gradients asks. */
export function sumsOf(
  { gated, g, gate }: Cotangent,
  { x, source, moments, form }: Normalised,
  memory: Memory,
): Float64Array {
  const before = taken.get(gated)?.get(source);
  if (before) return before;
  const [cotangent, numbers, statistics] = [g, x, moments].map(({ view }) => flatten(view, memory));
  const open = gate && flatten(gate.view, memory);
  const sums = form.sums(cotangent, open, numbers, statistics);
  const others = taken.get(gated) ?? new WeakMap<Tensor, Float64Array>();
  taken.set(gated, others.set(source, sums));
  return sums;
}
