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
 * For each of the ops, in their order, the numbers that no later op reads. A view shares the numbers of its input, so whoever
 * reads it reads those. Wanted tensors, and those whose numbers they share, are never given back.
 *
 * @param indexOf the index of a tensor whose numbers may be given back, and `undefined` for any other
 */
export function spentAfter(
  ops: readonly Reading[],
  wanted: readonly Tensor[],
  indexOf: (x: Tensor) => number | undefined,
): readonly (readonly Spent[] | undefined)[] {
  /** By index: at which op the numbers are used last, and what shows them. */
  const lastUse: (number | undefined)[] = [];
  const views: (Tensor[] | undefined)[] = [];
  let at: number | undefined;
  const use = (owner: Tensor): void => {
    const index = indexOf(owner);
    if (index !== undefined) lastUse[index] = at;
  };
  for (at = 0; at < ops.length; at++) {
    const { output, reads } = ops[at];
    forEachOwner(output, use);
    for (const x of reads) forEachOwner(x, use);
    if (output.entry?.isView) forEachOwner(output, (owner) => push(views, indexOf(owner), output));
  }
  at = undefined;
  for (const x of wanted) forEachOwner(x, use);
  const spent: (Spent[] | undefined)[] = [];
  for (const { output } of ops) {
    const index = output.entry?.isView ? undefined : indexOf(output);
    if (index !== undefined) push(spent, lastUse[index], { owner: output, views: views[index] ?? [] });
  }
  return spent;
}

/** Visits the tensors whose numbers x may show: itself, unless it is a view. */
function forEachOwner(x: Tensor, visit: (owner: Tensor) => void): void {
  if (!x.entry?.isView) {
    visit(x);
    return;
  }
  for (const name in x.entry.inputs) forEachOwner(x.entry.inputs[name], visit);
}

function push<Value>(lists: (Value[] | undefined)[], index: number | undefined, value: Value): void {
  if (index === undefined) return;
  const list = lists[index];
  if (list) list.push(value);
  else lists[index] = [value];
}
