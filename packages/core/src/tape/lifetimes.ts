import type { Tensor } from '../tensor/tensor.ts';

/** An op that is about to be computed, and the tensors whose numbers it takes. */
export interface Reading {
  readonly output: Tensor;
  readonly reads: readonly Tensor[];
}

/** Numbers that are not needed any more: the tensor that they were made for, and all views of them. */
export interface Spent {
  readonly owner: Tensor;
  readonly views: readonly Tensor[];
}

/**
 * For each of the ops, in their order, the numbers that no later op reads. A view shares the numbers of its input, so to
 * read it is to read those. Wanted tensors, and those whose numbers they share, are never given back.
 *
 * @param first the numbers of tensors of a smaller index are not given back
 * @param indexOf the index of a tensor; below 0 for one that has none
 */
export function spentAfter(
  ops: readonly Reading[],
  wanted: readonly Tensor[],
  first: number,
  indexOf: (x: Tensor) => number,
): readonly (readonly Spent[] | undefined)[] {
  /** By index, less the first: at which op the numbers are used last, and what shows them. */
  const lastUse: number[] = [];
  const views: (Tensor[] | undefined)[] = [];
  /** Notes that x is read at an op: the numbers are its own, unless it is a view. */
  const use = (x: Tensor, at: number): void => {
    const { entry } = x;
    if (entry?.isView) {
      for (const name in entry.inputs) use(entry.inputs[name], at);
      return;
    }
    const index = indexOf(x) - first;
    if (index >= 0) lastUse[index] = at;
  };
  for (let at = 0; at < ops.length; at++) {
    const { output, reads } = ops[at];
    use(output, at);
    for (const x of reads) use(x, at);
    if (output.entry?.isView) forEachOwner(output, (owner) => push(views, indexOf(owner) - first, output));
  }
  for (const x of wanted) use(x, ops.length);
  const spent: (Spent[] | undefined)[] = [];
  for (const { output } of ops) {
    const index = output.entry?.isView ? -1 : indexOf(output) - first;
    if (index >= 0 && lastUse[index] < ops.length) {
      push(spent, lastUse[index], { owner: output, views: views[index] ?? none });
    }
  }
  return spent;
}

const none: readonly Tensor[] = [];

/** Visits the tensors whose numbers x may show: itself, unless it is a view. */
function forEachOwner(x: Tensor, visit: (owner: Tensor) => void): void {
  if (!x.entry?.isView) {
    visit(x);
    return;
  }
  for (const name in x.entry.inputs) forEachOwner(x.entry.inputs[name], visit);
}

function push<Value>(lists: (Value[] | undefined)[], index: number, value: Value): void {
  if (index < 0) return;
  const list = lists[index];
  if (list) list.push(value);
  else lists[index] = [value];
}
