import type { Layer } from './layer.ts';

/** What can be given a name by a model: a layer, or what joins several values. */
export type Named = Pick<Layer, 'kind' | 'name'>;

/** The names of the layers of one model or block: by kind and number, `conv1`, or the name of their own. */
export class Names {
  readonly #prefix: string;
  readonly #counts = new Map<string, number>();
  readonly #taken = new Set<string>();

  /** @param prefix what stands before each of them: `encoder.` */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The name for a new layer. */
  next({ kind, name }: Named): string {
    if (name !== undefined) return this.#prefix + name;
    for (;;) {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      const next = `${this.#prefix}${kind}${count}`;
      if (!this.#taken.has(next)) return next;
    }
  }

  /** Takes the name of a layer that has one already; false where another bears it. */
  take(name: string): boolean {
    if (this.#taken.has(name)) return false;
    this.#taken.add(name);
    return true;
  }
}
