import { detach, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkNamed, loadWeights, type Stateful, weightsOf } from '../saving/modelState.ts';
import type { Callback, EpochReport, StartReport } from './fit.ts';
import { Monitor, type MonitorOptions, monitorOptions } from './monitor.ts';

export interface KeepBestOptions extends MonitorOptions {
  /** Called after each epoch that is better than all before, say to write a file: `() => writeFile(path, saveModel(model))`. */
  readonly onBetter?: (report: EpochReport) => unknown;
}

const keepBestOptions: OptionNames<KeepBestOptions> = { onBetter: 'optional function', ...monitorOptions };

/**
 * A callback for `fit` that keeps a copy of the model's weights, and of its buffers, after the best epoch.
 *
 * @example
 * const w = new Parameter('w', tensor([0]));
 * const optimiser = new SGD([w], { learningRate: 1 });
 * const best = new KeepBest({ parameters: [w] }, { monitor: 'error' });
 * await fit({
 *   epochs: 4,
 *   batches: () => [1],
 *   loss: (batch, tape) => sum(multiply(tape.watch(w), batch)),
 *   optimiser,
 *   validate: () => ({ error: Math.abs(w.toFlatArray()[0] + 2) }),
 *   callbacks: [best],
 * });
 * best.restore();
 * [best.best?.epoch, w] // [2, [-2]]
 */
export class KeepBest implements Callback {
  readonly #model: Stateful;
  private readonly monitor: Monitor;
  readonly #onBetter: KeepBestOptions['onBetter'];
  private weights: ReadonlyMap<string, Tensor> | undefined;

  /** @throws ValueError when an option is out of range, or two parameters or buffers have the same name */
  constructor(model: Stateful, options: KeepBestOptions = {}, ...surplus: []) {
    checkSurplus('KeepBest', surplus);
    const { onBetter, ...rest } = checkOptions('KeepBest', options, keepBestOptions);
    checkNamed('KeepBest', model);
    this.#model = model;
    this.monitor = new Monitor('KeepBest', rest);
    this.#onBetter = onBetter;
  }

  /** The best number so far, and its epoch; `undefined` before the first. */
  get best(): { readonly value: number; readonly epoch: number } | undefined {
    return this.monitor.best;
  }

  /** @throws ValueError when a metric is monitored, and there is no `validate` to give one */
  onStart(run: StartReport, ...surplus: []): void {
    checkSurplus('onStart', surplus);
    this.monitor.start(run);
  }

  /** @throws ValueError when there is no metric of the name that is monitored */
  async onEpochEnd(report: EpochReport, ...surplus: []): Promise<void> {
    checkSurplus('onEpochEnd', surplus);
    if (!this.monitor.isBetter(report)) return;
    this.weights = new Map([...weightsOf(this.#model)].map(([name, weight]) => [name, detach(weight)]));
    await this.#onBetter?.(report);
  }

  /** Gives the model the weights of the best epoch. @throws ValueError before the first epoch has ended */
  restore(...surplus: []): void {
    checkSurplus('restore', surplus);
    if (!this.weights) {
      throw new ValueError({
        operation: 'KeepBest.restore',
        got: 'no epoch yet that has ended with a number',
        wanted: 'at least one',
        remedy: 'Give it to `fit` among the callbacks: `callbacks: [best]`',
      });
    }
    loadWeights(this.#model, this.weights);
  }
}
