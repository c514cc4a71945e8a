import { ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from '../optimisers/settings.ts';

export interface ReduceOnPlateauOptions {
  /** The learning rate to begin with. */
  readonly base: number;
  /** Whether the lowest metric is the best, as for a loss, or the highest, as for an accuracy. Default: min. */
  readonly mode?: 'min' | 'max';
  /** What the rate is multiplied by, below 1. Default: 0.1. */
  readonly factor?: number;
  /** How many reports in a row may be no better than the best, before the next such one reduces the rate. Default: 10. */
  readonly patience?: number;
  /** How much better a metric must be to count as better. Default: 1e-4. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best metric or a difference from it. Default: relative. */
  readonly thresholdMode?: 'relative' | 'absolute';
  /** How many reports after a reduction are not counted against patience. Default: 0. */
  readonly cooldown?: number;
  /** The lowest rate. Default: 0. */
  readonly minimum?: number;
  /** A change of the rate by no more than this is not made. Default: 1e-8. */
  readonly epsilon?: number;
}

const reduceOnPlateauOptions: OptionNames<ReduceOnPlateauOptions> = {
  base: 'required',
  mode: 'optional',
  factor: 'optional',
  patience: 'optional',
  threshold: 'optional',
  thresholdMode: 'optional',
  cooldown: 'optional',
  minimum: 'optional',
  epsilon: 'optional',
};

/** All that changes from report to report, as data. */
export interface PlateauState {
  readonly learningRate: number;
  /** The best metric so far; infinite before the first. */
  readonly best: number;
  /** How many reports in a row were no better. */
  readonly waited: number;
  /** How many reports more are not counted. */
  readonly cooling: number;
}

const name = 'ReduceOnPlateau';

/**
 * learningRate ← factor·learningRate, whenever the metric has not become better for more than `patience` reports: what is
 * no longer worth learning at this rate may be worth it at a lower one. A metric of NaN is no better than any other. As
 * ReduceLROnPlateau in PyTorch.
 *
 * @example
 * const plateau = new ReduceOnPlateau({ base: 0.1, patience: 1 });
 * // The validation loss after each epoch gives the learning rate of the next.
 * [1, 0.5, 0.5, 0.5].map((loss) => plateau.report(loss)) // [0.1, 0.1, 0.1, 0.01]
 */
export class ReduceOnPlateau {
  private readonly options: Required<ReduceOnPlateauOptions>;
  private progress: PlateauState;

  /** @throws ValueError when an option is out of range */
  constructor(options: ReduceOnPlateauOptions, ...surplus: []) {
    checkSurplus('ReduceOnPlateau', surplus);
    checkOptions('ReduceOnPlateau', options, reduceOnPlateauOptions);
    this.options = checked(options);
    const { base, mode } = this.options;
    this.progress = { learningRate: base, best: mode === 'min' ? Infinity : -Infinity, waited: 0, cooling: 0 };
  }

  get learningRate(): number {
    return this.progress.learningRate;
  }

  /** Takes in the metric of another epoch and returns the learning rate for the next one. */
  report(metric: number, ...surplus: []): number {
    checkSurplus('report', surplus);
    checkSetting('ReduceOnPlateau.report', 'metric', metric, true, 'a number');
    const { patience, cooldown } = this.options;
    let { learningRate, best, waited, cooling } = this.progress;
    if (this.#isBetter(metric, best)) [best, waited] = [metric, 0];
    else waited++;
    if (cooling > 0) [cooling, waited] = [cooling - 1, 0];
    if (waited > patience) [learningRate, cooling, waited] = [this.#reduced(learningRate), cooldown, 0];
    this.progress = { learningRate, best, waited, cooling };
    return learningRate;
  }

  /** A copy, as data. */
  state(...surplus: []): PlateauState {
    checkSurplus('state', surplus);
    return { ...this.progress };
  }

  /**
   * Goes on from a state, with the options of this one.
   *
   * @throws ValueError when one of its numbers is out of range; nothing has changed then
   */
  load(state: PlateauState, ...surplus: []): void {
    checkSurplus('load', surplus);
    const operation = `${name}.load`;
    checkHas(operation, 'state', state, ['learningRate', 'best', 'waited', 'cooling'], {
      wanted: 'a state of a ReduceOnPlateau',
      remedy: 'Pass what `state()` gave',
    });
    const { learningRate, best, waited, cooling } = state;
    checkNotNegative(operation, { learningRate, waited, cooling });
    checkSetting(operation, 'best', best, !Number.isNaN(best), 'a number');
    this.progress = { learningRate, best, waited, cooling };
  }

  #isBetter(metric: number, best: number): boolean {
    const { mode, threshold, thresholdMode } = this.options;
    const sign = mode === 'min' ? -1 : 1;
    return (
      sign * metric > sign * (thresholdMode === 'relative' ? best * (1 + sign * threshold) : best + sign * threshold)
    );
  }

  #reduced(learningRate: number): number {
    const { factor, minimum, epsilon } = this.options;
    const reduced = Math.max(minimum, factor * learningRate);
    return learningRate - reduced > epsilon ? reduced : learningRate;
  }
}

function checked(options: ReduceOnPlateauOptions): Required<ReduceOnPlateauOptions> {
  const { base, mode = 'min', factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = 'relative' } = options;
  const { cooldown = 0, minimum = 0, epsilon = 1e-8 } = options;
  checkNotNegative(name, { base, patience, threshold, cooldown, minimum, epsilon });
  checkSetting(name, 'factor', factor, factor >= 0 && factor < 1, 'a number from 0 to below 1');
  checkChoice('mode', mode, ['min', 'max']);
  checkChoice('thresholdMode', thresholdMode, ['relative', 'absolute']);
  return { base, mode, factor, patience, threshold, thresholdMode, cooldown, minimum, epsilon };
}

function checkChoice(option: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new ValueError({
    operation: name,
    got: `${option} is '${value}'`,
    wanted: choices.map((choice) => `'${choice}'`).join(' or '),
    remedy: `Choose another ${option}`,
  });
}
