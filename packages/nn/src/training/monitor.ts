import { ValueError } from '@tapegrad/core';
import { checkHas, kindOf, type OptionNames } from '@tapegrad/core/authors';
import type { EpochReport, StartReport } from './fit.ts';

/** Throws a DataTypeError unless something has what `fit` tells its callbacks. */
export function checkReport(operation: string, report: unknown, fields: readonly string[]): void {
  checkHas(operation, 'report', report, fields, {
    wanted: 'what `fit` reports',
    remedy: 'Give the callback to `fit`: `callbacks: [callback]`',
  });
}

/** Which number of an epoch to look at. */
export interface MonitorOptions {
  /** A metric of `validate` by name, or `meanLoss`, the loss of training. Default: `meanLoss`. */
  readonly monitor?: string;
  /** Whether small numbers are good, as losses are, or large ones, as accuracies. Default: `smallest`. */
  readonly goal?: 'smallest' | 'largest';
  /** By how much a number must be better to count: at least 0. Default: 0. */
  readonly minimumChange?: number;
}

export const monitorOptions: OptionNames<MonitorOptions> = {
  monitor: 'optional',
  goal: 'optional',
  minimumChange: 'optional',
};

/** Remembers the best epoch so far. */
export class Monitor {
  readonly #operation: string;
  private readonly name: string;
  private readonly sign: 1 | -1;
  private readonly change: number;
  private seen: { readonly value: number; readonly epoch: number } | undefined;

  /** @throws ValueError when the goal is unknown, or minimumChange is not at least 0 */
  constructor(operation: string, { monitor = 'meanLoss', goal = 'smallest', minimumChange = 0 }: MonitorOptions) {
    const isRight = (goal === 'smallest' || goal === 'largest') && minimumChange >= 0;
    if (!isRight) {
      throw new ValueError({
        operation,
        got: `goal is ${String(goal)}, minimumChange is ${minimumChange}`,
        wanted: '"smallest" or "largest", and a number of at least 0',
        remedy: 'Say which numbers are good: those of a loss are small, those of an accuracy large',
      });
    }
    this.#operation = operation;
    this.name = monitor;
    this.sign = goal === 'smallest' ? 1 : -1;
    this.change = minimumChange;
  }

  /** The best number so far, and its epoch; `undefined` before the first. */
  get best(): { readonly value: number; readonly epoch: number } | undefined {
    return this.seen;
  }

  /**
   * Looks whether there will be metrics.
   *
   * @throws ValueError when one is to be looked at, and `fit` measures none
   */
  start(run: StartReport): void {
    checkReport(this.#operation, run, ['epochs']);
    if (this.name === 'meanLoss' || run.validate !== undefined) return;
    throw this.#noNumber(`the metric ${this.name}, and no \`validate\``, ['meanLoss']);
  }

  /**
   * Whether an epoch is better than all before. NaN is never better.
   *
   * @throws ValueError when it has no number of that name
   */
  isBetter(report: EpochReport): boolean {
    checkReport(this.#operation, report, ['epoch', 'meanLoss']);
    const { epoch, meanLoss, metrics = {} } = report;
    const value = this.name === 'meanLoss' ? meanLoss : metrics[this.name];
    if (typeof value !== 'number') {
      const got = value === undefined ? `an epoch without the metric ${this.name}` : `${this.name} is ${kindOf(value)}`;
      throw this.#noNumber(got, ['meanLoss', ...Object.keys(metrics)]);
    }
    const isBetter =
      this.seen === undefined ? !Number.isNaN(value) : this.sign * (this.seen.value - value) > this.change;
    if (isBetter) this.seen = { value, epoch };
    return isBetter;
  }

  #noNumber(got: string, known: readonly string[]): ValueError {
    return new ValueError({
      operation: this.#operation,
      got,
      wanted: `one of ${known.join(', ')}`,
      remedy: 'Let `validate` of `fit` give it, or monitor another number',
    });
  }
}
