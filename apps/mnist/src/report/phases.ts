/** Where the time of a run goes: of several pieces of work, one inside of the other, only the innermost is counted. */
export class Phases {
  readonly #milliseconds = new Map<string, number>();
  #current = 'the rest';
  #since = performance.now();

  /** Does a piece of work, at once or with a promise, and counts its time. */
  during<Result>(phase: string, work: () => Result): Result {
    const outer = this.enter(phase);
    let isLater = false;
    try {
      const result = work();
      if (result instanceof Promise) {
        isLater = true;
        return result.finally(() => this.enter(outer)) as Result;
      }
      return result;
    } finally {
      if (!isLater) this.enter(outer);
    }
  }

  /** Begins a phase, and gives back which one was running. */
  enter(phase: string): string {
    const [outer, now] = [this.#current, performance.now()];
    this.#milliseconds.set(outer, (this.#milliseconds.get(outer) ?? 0) + now - this.#since);
    this.#current = phase;
    this.#since = now;
    return outer;
  }

  /** Seconds by phase so far, in the order in which the phases ended first, and what belongs to none of them last. */
  get seconds(): readonly (readonly [phase: string, seconds: number])[] {
    this.enter(this.#current);
    const all = [...this.#milliseconds].map(([phase, milliseconds]) => [phase, milliseconds / 1000] as const);
    const isRest = ([phase]: readonly [string, number]): boolean => phase === 'the rest';
    return [...all.filter((each) => !isRest(each)), ...all.filter(isRest)];
  }
}
