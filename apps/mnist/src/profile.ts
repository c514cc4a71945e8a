import { type OperationProfile, profileOperations } from '@tapegrad/core';
import type { GradientSource } from '@tapegrad/nn';

/** What one part of all training steps has cost. */
interface Cost {
  calls: number;
  milliseconds: number;
}

/** Where the time of training goes: op by op, and beside the ops. Testing is not counted. */
export class Profile {
  readonly #costs = new Map<string, Cost>();
  #stop: (() => OperationProfile) | undefined;
  #kernels = 0;
  #started = 0;
  #total = 0;

  /** Begins to count, at the start of an epoch. */
  resume(): void {
    this.#stop = profileOperations();
    this.#started = performance.now();
  }

  /** Ends counting, before anything else than training is done. */
  pause(): void {
    if (!this.#stop) return;
    this.#total += performance.now() - this.#started;
    const { operations, kernelMilliseconds } = this.#stop();
    for (const { operation, calls, milliseconds } of operations) this.#add(operation, calls, milliseconds);
    this.#kernels += kernelMilliseconds;
    this.#stop = undefined;
  }

  /** The batches as they come, with the time that each took. */
  *batches<Batch>(batches: Iterable<Batch>): Iterable<Batch> {
    const iterator = batches[Symbol.iterator]();
    for (;;) {
      const start = performance.now();
      const { value, done } = iterator.next();
      if (done) return;
      this.#add('(batches)', 1, performance.now() - start);
      yield value;
    }
  }

  /** The optimiser, with the time that its steps take. */
  optimiser(inner: { step(gradients: GradientSource): void }): { step(gradients: GradientSource): void } {
    return {
      step: (gradients) => {
        const start = performance.now();
        inner.step(gradients);
        this.#add('(optimiser)', 1, performance.now() - start);
      },
    };
  }

  /** A table, one row for each op, the most costly first. */
  report(steps: number): string {
    const known = [...this.#costs.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const rows = [...this.#costs].sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
    rows.push(['(tape, dispatch and the rest)', { calls: steps, milliseconds: this.#total - known }]);
    rows.push(['whole step', { calls: steps, milliseconds: this.#total }]);
    const width = Math.max(...rows.map(([name]) => name.length));
    const lines = rows.map(([name, { calls, milliseconds }]) => {
      const share = `${((100 * milliseconds) / this.#total).toFixed(1)} %`;
      return `${name.padEnd(width)} ${(calls / steps).toFixed(1).padStart(9)} ${(milliseconds / steps).toFixed(3).padStart(9)} ${share.padStart(8)}`;
    });
    const head = `${'op'.padEnd(width)} ${'times'.padStart(9)} ${'ms'.padStart(9)} ${'share'.padStart(8)}`;
    const kernels = `${(this.#kernels / steps).toFixed(3)} ms of a step are spent in kernels in WebAssembly`;
    return [`where the time of a training step went, mean of ${steps} steps:`, head, ...lines, kernels].join('\n');
  }

  #add(name: string, calls: number, milliseconds: number): void {
    const cost = this.#costs.get(name) ?? { calls: 0, milliseconds: 0 };
    cost.calls += calls;
    cost.milliseconds += milliseconds;
    this.#costs.set(name, cost);
  }
}
