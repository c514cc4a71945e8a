import type { Tensor } from '../tensor/tensor.ts';

/** An op that is about to be computed, and the tensors whose numbers it takes. */
export interface Reading {
  readonly output: Tensor;
  readonly reads: readonly Tensor[];
}

/** Numbers that nobody needs any more: the tensor that they were made for, and all views of them. */
export interface Spent {
  readonly owner: Tensor;
  readonly views: readonly Tensor[];
}

/**
 * For each of the ops, in their order, what nobody needs behind it. A view shares the numbers of its input, so whoever reads
 * it reads those; and what is wanted in the end, or shown by that, is needed for ever.
 *
 * @param isTemporary whether the numbers of a tensor may be given back at all
 */
export function spentAfter(
  ops: readonly Reading[],
  wanted: readonly Tensor[],
  isTemporary: (x: Tensor) => boolean,
): ReadonlyMap<number, readonly Spent[]> {
  const lastUse = new Map<Tensor, number>();
  const views = new Map<Tensor, Tensor[]>();
  for (const [at, { output, reads }] of ops.entries()) {
    for (const x of [output, ...reads]) for (const owner of ownersOf(x)) lastUse.set(owner, at);
    if (!output.entry?.isView) continue;
    for (const owner of ownersOf(output)) views.set(owner, [...(views.get(owner) ?? []), output]);
  }
  for (const x of wanted) for (const owner of ownersOf(x)) lastUse.delete(owner);
  const spent = new Map<number, Spent[]>();
  for (const { output } of ops) {
    const at = lastUse.get(output);
    if (at === undefined || output.entry?.isView || !isTemporary(output)) continue;
    spent.set(at, [...(spent.get(at) ?? []), { owner: output, views: views.get(output) ?? [] }]);
  }
  return spent;
}

/** The tensors whose numbers x may show: itself, unless it is a view. */
function ownersOf(x: Tensor): readonly Tensor[] {
  return x.entry?.isView ? Object.values(x.entry.inputs).flatMap(ownersOf) : [x];
}
