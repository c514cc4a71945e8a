import type { DataFlow } from './dataFlow.ts';
import type { GraphNode } from './graph.ts';

/**
 * For each value that several nodes take, the first node behind which all of them meet again: the one through which every
 * way from the value to the output leads.
 *
 * It is the nearest common ancestor of its takers in the tree of post-dominators, which is built from the output backwards.
 */
export class Joins {
  /** The join behind each node, and how many of them lie between it and the output. */
  readonly #behind = new Map<GraphNode, { readonly join: GraphNode | undefined; readonly depth: number }>();

  constructor(nodes: readonly GraphNode[], flow: DataFlow) {
    for (const node of nodes.toReversed()) {
      const join = this.joinOf(flow.takersOf(node.output));
      this.#behind.set(node, { join, depth: join ? this.#depthOf(join) + 1 : 0 });
    }
  }

  /** The first node through which all ways from these nodes lead, a single one itself; `undefined` if there is none. */
  joinOf([first, ...others]: readonly GraphNode[]): GraphNode | undefined {
    let join: GraphNode | undefined = first;
    for (const other of others) join = this.#nearest(join, other);
    return join;
  }

  /** Of the nodes through which all ways from `node` to `join` lead, the last one before it. */
  lastBefore(node: GraphNode, join: GraphNode): GraphNode {
    let last = node;
    for (let next = this.#behind.get(last)?.join; next && next !== join; next = this.#behind.get(last)?.join)
      last = next;
    return last;
  }

  #nearest(one: GraphNode | undefined, other: GraphNode | undefined): GraphNode | undefined {
    let [a, b] = [one, other];
    while (a !== b) {
      if (a === undefined || b === undefined) return undefined;
      if (this.#depthOf(a) >= this.#depthOf(b)) a = this.#behind.get(a)?.join;
      else b = this.#behind.get(b)?.join;
    }
    return a;
  }

  #depthOf(node: GraphNode): number {
    return this.#behind.get(node)?.depth ?? 0;
  }
}
