import type { Graph, GraphNode } from './graph.ts';

/** Which nodes take which values. What is asked only for its shape does not flow there. */
export class DataFlow {
  readonly #takers = new Map<string, GraphNode[]>();
  readonly #data: Set<string>;

  constructor({ nodes, input }: Pick<Graph, 'nodes' | 'input'>) {
    this.#data = new Set([input]);
    for (const node of nodes) {
      if (node.op === 'Shape') continue;
      const taken = node.inputs.filter((name) => this.#data.has(name));
      if (taken.length > 0 && node.output !== '') this.#data.add(node.output);
      for (const name of taken) {
        const takers = this.#takers.get(name);
        if (takers) takers.push(node);
        else this.#takers.set(name, [node]);
      }
    }
  }

  /** Whether a value depends on the numbers of the model's input. */
  isData(name: string): boolean {
    return this.#data.has(name);
  }

  /** The nodes that take a value, one that takes it twice two times. */
  takersOf(name: string): readonly GraphNode[] {
    return this.#takers.get(name) ?? [];
  }
}
