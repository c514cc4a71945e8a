import type { Failure } from '../../worker/protocol.ts';
import type { Evaluation } from './evaluation.ts';
import type { Beginning, Order, Report, View } from './protocol.ts';

/** A failure, and what the worker was doing. */
export interface Failed extends Failure {
  readonly during: Order['kind'];
}

/** All that the page knows of a training. The series grow in place; `version` tells when. */
export interface Known {
  readonly version: number;
  readonly beginning: Beginning | undefined;
  readonly isRunning: boolean;
  readonly step: number;
  readonly epoch: number;
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  /** How long each of the last steps took. */
  readonly milliseconds: readonly number[];
  readonly tests: readonly { readonly step: number; readonly accuracy: number }[];
  readonly view: View | undefined;
  readonly evaluation: (Evaluation & { readonly step: number }) | undefined;
  readonly failure: Failed | undefined;
}

/** How many of the last steps say how long a step takes. */
const timedSteps = 200;

export const nothingKnown: Known = {
  version: 0,
  beginning: undefined,
  isRunning: false,
  step: 0,
  epoch: 1,
  losses: [],
  accuracies: [],
  milliseconds: [],
  tests: [],
  view: undefined,
  evaluation: undefined,
  failure: undefined,
};

/** Gathers what the worker reports. */
export class Store {
  #known = nothingKnown;
  #losses: number[] = [];
  #accuracies: number[] = [];

  get known(): Known {
    return this.#known;
  }

  /** Takes a report in. Weights are no part of what is shown. */
  receive(report: Exclude<Report, { kind: 'weights' }>): void {
    this.#known = { ...this.#known, ...this.#news(report), version: this.#known.version + 1 };
  }

  #news(report: Exclude<Report, { kind: 'weights' }>): Partial<Known> {
    switch (report.kind) {
      case 'begun':
        this.#losses = [];
        this.#accuracies = [];
        return {
          ...nothingKnown,
          // What was seen stays until there is something new to see.
          view: this.#known.view,
          evaluation: this.#known.evaluation,
          losses: this.#losses,
          accuracies: this.#accuracies,
          beginning: report,
        };
      case 'progress':
        this.#losses.push(...report.losses);
        this.#accuracies.push(...report.accuracies);
        return {
          isRunning: report.isRunning,
          step: report.step,
          epoch: report.epoch,
          milliseconds: [...this.#known.milliseconds, ...report.milliseconds].slice(-timedSteps),
          tests: [...this.#known.tests, ...report.tests],
          ...(report.losses.length > 0 ? { failure: undefined } : {}),
        };
      case 'view':
        return { view: report };
      case 'tested':
        return { evaluation: { ...report.evaluation, step: report.step } };
      case 'failed':
        return { isRunning: false, failure: { ...report.failure, during: report.during } };
    }
  }
}
