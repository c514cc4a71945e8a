import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, cosine, type OptionNames } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface OneCycleOptions {
  /** The highest learning rate. */
  readonly peak: number;
  /** The number of steps of the whole cycle: the last one is step `steps` - 1. */
  readonly steps: number;
  /** The share of the steps in which the learning rate rises, from 0 to 1. Default: 0.3. */
  readonly risingShare?: number;
  /** How to get from one rate to the next, in half a cosine wave or in a straight line. Default: cosine. */
  readonly anneal?: 'cosine' | 'linear';
  /** The first learning rate is peak / startDivisor. Default: 25. */
  readonly startDivisor?: number;
  /** The last learning rate is the first one / endDivisor. Default: 1e4. */
  readonly endDivisor?: number;
  /** Whether to return to the first rate as fast as it rose, before falling to the last. Default: false. */
  readonly threePhases?: boolean;
  /** The momentum where the learning rate is highest. Default: 0.85. */
  readonly lowestMomentum?: number;
  /** The momentum where the learning rate is low. Default: 0.95. */
  readonly highestMomentum?: number;
}

const oneCycleOptions: OptionNames<OneCycleOptions> = {
  peak: 'required',
  steps: 'required',
  risingShare: 'optional',
  anneal: 'optional',
  startDivisor: 'optional',
  endDivisor: 'optional',
  threePhases: 'optional flag',
  lowestMomentum: 'optional',
  highestMomentum: 'optional',
};

export interface OneCycle {
  readonly learningRate: Schedule;
  /** Low where the learning rate is high: for the `momentum` of SGD, or the first of Adam's `betas`. */
  readonly momentum: Schedule;
}

/** Where a phase ends, and the learning rate and the momentum there. */
interface Phase {
  readonly end: number;
  readonly rate: number;
  readonly momentum: number;
}

/**
 * Up from peak / startDivisor to the peak, then down to nearly nothing, in one cycle over the whole training, while the
 * momentum goes the other way. Phases end at the steps risingShare·steps - 1 and steps - 1, which need not be whole. Past
 * the end both stay where they are. As OneCycleLR in PyTorch.
 *
 * Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.
 *
 * @throws ValueError when steps is not a whole number of at least 1, or another option is out of range
 *
 * @example
 * const { learningRate, momentum } = oneCycle({ peak: 0.1, steps: 1000 });
 * [learningRate(300), momentum(300)] // [0.1, 0.85]
 */
export function oneCycle(options: OneCycleOptions, ...surplus: []): OneCycle {
  checkSurplus('oneCycle', surplus);
  const {
    peak,
    steps,
    anneal = 'cosine',
    lowestMomentum = 0.85,
    highestMomentum = 0.95,
  } = checkOptions('oneCycle', options, oneCycleOptions);
  const { startDivisor = 25, endDivisor = 1e4, risingShare = 0.3, threePhases = false } = options;
  const operation = 'oneCycle';
  checkNotNegative(operation, { peak, lowestMomentum, highestMomentum });
  checkSetting(operation, 'steps', steps, Number.isSafeInteger(steps) && steps > 0, 'a whole number of at least 1');
  checkSetting(operation, 'risingShare', risingShare, risingShare >= 0 && risingShare <= 1, 'a number from 0 to 1');
  checkSetting(operation, 'startDivisor', startDivisor, startDivisor > 0, 'a number above 0');
  checkSetting(operation, 'endDivisor', endDivisor, endDivisor > 0, 'a number above 0');
  const between = curveOf(anneal);

  const start = { end: 0, rate: peak / startDivisor, momentum: highestMomentum };
  const top = { end: risingShare * steps - 1, rate: peak, momentum: lowestMomentum };
  const back = { ...start, end: 2 * risingShare * steps - 2 };
  const last = { end: steps - 1, rate: start.rate / endDivisor, momentum: highestMomentum };
  const phases: readonly Phase[] = threePhases ? [start, top, back, last] : [start, top, last];

  const at = (step: number, value: (phase: Phase) => number): number => {
    const now = Math.min(step, last.end);
    const found = phases.findIndex(({ end }, index) => index > 0 && now <= end);
    const [from, to] = [phases[found - 1], phases[found]];
    // A phase without length has only an end.
    const share = to.end === from.end ? 1 : (now - from.end) / (to.end - from.end);
    return between(value(from), value(to), share);
  };
  return {
    learningRate: scheduleOf(operation, (step) => at(step, ({ rate }) => rate)),
    momentum: scheduleOf(operation, (step) => at(step, ({ momentum }) => momentum)),
  };
}

/** From one number to another, share 0 to 1. */
function curveOf(anneal: string): (from: number, to: number, share: number) => number {
  if (anneal === 'linear') return (from, to, share) => from + (to - from) * share;
  if (anneal === 'cosine') return (from, to, share) => to + ((from - to) * (1 + cosine(Math.PI * share))) / 2;
  throw new ValueError({
    operation: 'oneCycle',
    got: `anneal is '${anneal}'`,
    wanted: `'cosine' or 'linear'`,
    remedy: 'Leave it out for a cosine',
  });
}
