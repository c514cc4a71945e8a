import type { Callback, EpochReport, StepReport } from './fit.ts';

/**
 * A callback for `fit` that writes down what it hears, to be drawn or saved: loss, rate and norm of the gradients of each
 * step, mean loss and metrics of each epoch. The norm is there where the optimiser tells it, as one of `clipped` does.
 *
 * @example
 * const history = new History();
 * const model = new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [1], random: new Random(1) });
 * const [batches, optimiser] = [() => [[[0], [1], [2]]], new Adam(model.parameters)];
 * const loss = (x: number[][], tape: Tape): Tensor => mseLoss(model.call(tape.constant(x)), [[1], [3], [5]]);
 * await fit({ epochs: 3, batches, loss, optimiser, callbacks: [history] });
 * history.epochs.length; // 3
 * history.toCsv().split('\n')[0]; // "epoch,step,loss,learningRate,gradientNorm"
 */
export class History implements Callback {
  readonly #steps: StepReport[] = [];
  readonly #epochs: EpochReport[] = [];

  get steps(): readonly StepReport[] {
    return this.#steps;
  }

  get epochs(): readonly EpochReport[] {
    return this.#epochs;
  }

  onStep(report: StepReport): void {
    this.#steps.push(report);
  }

  onEpochEnd(report: EpochReport): void {
    this.#epochs.push(report);
  }

  /** The steps as comma-separated values with a header; what was not measured is left empty. */
  toCsv(): string {
    const rows = this.#steps.map(({ epoch, step, loss, learningRate, gradientNorm }) =>
      [epoch, step, loss, learningRate ?? '', gradientNorm ?? ''].join(','),
    );
    return `${['epoch,step,loss,learningRate,gradientNorm', ...rows].join('\n')}\n`;
  }

  /** What `JSON.stringify` writes: all of it. */
  toJSON(): { readonly steps: readonly StepReport[]; readonly epochs: readonly EpochReport[] } {
    return { steps: this.#steps, epochs: this.#epochs };
  }
}
