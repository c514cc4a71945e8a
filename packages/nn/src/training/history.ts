import { checkSurplus } from '@tapegrad/core/authors';
import type { Callback, EpochReport, StepReport } from './fit.ts';
import { checkReport } from './monitor.ts';

/**
 * A callback for `fit` that writes down what it hears, to be drawn or saved: loss, rate and norm of the gradients of each
 * step, mean loss and metrics of each epoch. The norm is there where the optimiser tells it, as one of `clipped` does.
 *
 * @example
 * const w = new Parameter('w', tensor([0]));
 * const optimiser = new SGD([w], { learningRate: 1 });
 * const history = new History();
 * await fit({
 *   epochs: 2,
 *   batches: () => [1],
 *   loss: (batch, tape) => sum(multiply(tape.watch(w), batch)),
 *   optimiser,
 *   callbacks: [history],
 * });
 * history.epochs.map(({ meanLoss }) => meanLoss) // [0, -1]
 */
export class History implements Callback {
  private readonly heard: StepReport[] = [];
  private readonly passed: EpochReport[] = [];

  constructor(...surplus: []) {
    checkSurplus('History', surplus);
  }

  get steps(): readonly StepReport[] {
    return this.heard;
  }

  get epochs(): readonly EpochReport[] {
    return this.passed;
  }

  onStep(report: StepReport, ...surplus: []): void {
    checkSurplus('onStep', surplus);
    checkReport('History.onStep', report, ['step', 'epoch', 'loss']);
    this.heard.push(report);
  }

  onEpochEnd(report: EpochReport, ...surplus: []): void {
    checkSurplus('onEpochEnd', surplus);
    checkReport('History.onEpochEnd', report, ['epoch', 'meanLoss']);
    this.passed.push(report);
  }

  /** The steps as comma-separated values with a header; what was not measured is left empty. */
  toCsv(...surplus: []): string {
    checkSurplus('toCsv', surplus);
    const rows = this.heard.map(({ epoch, step, loss, learningRate, gradientNorm }) =>
      [epoch, step, loss, learningRate ?? '', gradientNorm ?? ''].join(','),
    );
    return `${['epoch,step,loss,learningRate,gradientNorm', ...rows].join('\n')}\n`;
  }

  /** What `JSON.stringify` writes: all of it. */
  toJSON(): { readonly steps: readonly StepReport[]; readonly epochs: readonly EpochReport[] } {
    return { steps: this.heard, epochs: this.passed };
  }
}
