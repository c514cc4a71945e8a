import type { DataFlow, Operation } from './dataFlow.ts';

/**
 * For each value that several nodes take, the first node behind which all of them meet again: the one through which every
 * way from the value to the output leads.
 *
 * It is the nearest common ancestor of its takers in the tree of post-dominators, which is built from the output backwards.
 */
export class Joins<Node extends Operation> {
  /** The join behind each node, and how many of them lie between it and the output. */
  readonly #behind = new Map<Node, { readonly join: Node | undefined; readonly depth: number }>();

  constructor(nodes: readonly Node[], flow: DataFlow<Node>) {
    for (const node of nodes.toReversed()) {
      const join = this.joinOf(flow.takersOf(node.output));
      this.#behind.set(node, { join, depth: join ? this.#depthOf(join) + 1 : 0 });
    }
  }

  /** The first node through which all ways from these nodes lead, a single one itself; `undefined` if there is none. */
  joinOf([first, ...others]: readonly Node[]): Node | undefined {
    let join: Node | undefined = first;
    for (const other of others) join = this.#nearest(join, other);
    return join;
  }

  /** Of the nodes through which all ways from `node` to `join` lead, the last one before it. */
  lastBefore(node: Node, join: Node): Node {
    let last = node;
    for (let next = this.#behind.get(last)?.join; next && next !== join; next = this.#behind.get(last)?.join)
      last = next;
    return last;
  }

  #nearest(one: Node | undefined, other: Node | undefined): Node | undefined {
    let [a, b] = [one, other];
    while (a !== b) {
      if (a === undefined || b === undefined) return undefined;
      if (this.#depthOf(a) >= this.#depthOf(b)) a = this.#behind.get(a)?.join;
      else b = this.#behind.get(b)?.join;
    }
    return a;
  }

  #depthOf(node: Node): number {
    return this.#behind.get(node)?.depth ?? 0;
  }
}
