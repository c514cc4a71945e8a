/** What makes a value of others. */
export interface Operation {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

/** Operations between the inputs and the outputs of a graph, each behind those whose values it takes. */
export interface Flowing<Node extends Operation> {
  readonly nodes: readonly Node[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Which nodes take which values. What is asked only for its shape does not flow there. */
export class DataFlow<Node extends Operation> {
  readonly #takers = new Map<string, Node[]>();
  readonly #data: Set<string>;
  readonly #outputs: ReadonlySet<string>;

  constructor({ nodes, inputs, outputs }: Flowing<Node>) {
    this.#data = new Set(inputs);
    this.#outputs = new Set(outputs);
    for (const node of nodes) {
      if (node.op === 'Shape' || node.op === 'Size') continue;
      const taken = node.inputs.filter((name) => this.#data.has(name));
      if (taken.length > 0 && node.output !== '') this.#data.add(node.output);
      for (const name of taken) {
        const takers = this.#takers.get(name);
        if (takers) takers.push(node);
        else this.#takers.set(name, [node]);
      }
    }
  }

  /** Whether a value depends on the numbers of the model's inputs. */
  isData(name: string): boolean {
    return this.#data.has(name);
  }

  /** Whether a value is an output of the model. */
  isOutput(name: string): boolean {
    return this.#outputs.has(name);
  }

  /** The nodes that take a value, one that takes it twice two times. */
  takersOf(name: string): readonly Node[] {
    return this.#takers.get(name) ?? [];
  }
}
