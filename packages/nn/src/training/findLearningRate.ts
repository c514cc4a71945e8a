import { detach, NonFiniteError, Tape, type Tensor, ValueError } from '@tapegrad/core';
import { checkFunction, checkOptions, checkSurplus, type OptionNames, power } from '@tapegrad/core/authors';
import type { Optimiser } from '../optimisers/optimiser.ts';
import { checkOptimiser } from '../optimisers/wrapped.ts';
import { loadWeights, type Stateful, weightsOf } from '../saving/modelState.ts';

export interface FindLearningRateOptions<Batch> {
  /** The model, which is afterwards as it was before. */
  readonly model: Stateful;
  /** Its optimiser, likewise. */
  readonly optimiser: Optimiser<{ learningRate: number }>;
  /** The batches of one epoch, asked for anew when they end. */
  readonly batches: (epoch: number) => Iterable<Batch>;
  /** The loss of one batch, as `fit` takes it. */
  readonly loss: (batch: Batch, tape: Tape) => Tensor;
  /** The first rate, above 0. Default: 1e-6. */
  readonly from?: number;
  /** The last rate, above the first. Default: 10. */
  readonly to?: number;
  /** How many rates are tried, one for each batch: at least 10. Default: 100. */
  readonly steps?: number;
}

const findOptions: OptionNames<FindLearningRateOptions<unknown>> = {
  model: 'required',
  optimiser: 'required',
  batches: 'required',
  loss: 'required',
  from: 'optional',
  to: 'optional',
  steps: 'optional',
};

/** What was found. */
export interface FoundLearningRate {
  /** The rates that were tried, in order. */
  readonly rates: readonly number[];
  /** The loss of the batch that each was tried on, before its step. */
  readonly losses: readonly number[];
  /** A running mean of the losses. */
  readonly smoothed: readonly number[];
  /** The rate at which the running mean falls fastest before it is smallest, a good peak for a schedule; `undefined` where it never falls. */
  readonly suggestion: number | undefined;
}

/** How much of the running mean is kept at each step. */
const kept = 0.9;

/** The search ends when the running mean is so many times the smallest: larger rates only diverge. */
const tooMuch = 4;

/**
 * Tries rates from small to large, each a constant factor above the one before, on one batch after the other, and tells how
 * the loss went: it stays, falls, and rises again where the rate is too large. The search ends there. Model and optimiser
 * are afterwards as they were before, also when it fails.
 *
 * Source: Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3.
 *
 * @throws ValueError when `from`, `to` or `steps` is out of range, or there are no batches
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [1], random: new Random(1) });
 * const { suggestion = 0 } = findLearningRate({
 *   model,
 *   optimiser: new Adam(model.parameters),
 *   batches: () => [{ x: [[1], [2]], y: [[2], [4]] }],
 *   loss: ({ x, y }, tape) => mseLoss(model.call(tape.constant(x)), y),
 * });
 * suggestion > 0 // true
 */
export function findLearningRate<Batch>(options: FindLearningRateOptions<Batch>, ...surplus: []): FoundLearningRate {
  checkSurplus('findLearningRate', surplus);
  const {
    model,
    optimiser,
    batches,
    loss,
    from = 1e-6,
    to = 10,
    steps = 100,
  } = checkOptions<FindLearningRateOptions<Batch>>('findLearningRate', options, findOptions);
  checkOptimiser('findLearningRate', optimiser);
  checkFunction('findLearningRate', 'batches', batches, 'Give the batches of an epoch: `() => batches(train, { … })`');
  checkFunction('findLearningRate', 'loss', loss, 'Give the loss of a batch, as `fit` takes it');
  if (!(from > 0 && to > from && Number.isFinite(to) && Number.isSafeInteger(steps) && steps >= 10)) {
    throw new ValueError({
      operation: 'findLearningRate',
      got: `from is ${from}, to is ${to}, steps is ${steps}`,
      wanted: 'rates above 0 with from < to, and at least 10 steps',
      remedy: 'Leave them out for 1e-6, 10 and 100',
    });
  }
  const weights = new Map([...weightsOf(model)].map(([name, weight]) => [name, detach(weight)]));
  const state = optimiser.state();
  const [rates, losses, smoothed]: [number[], number[], number[]] = [[], [], []];
  let [running, least] = [0, Infinity];
  try {
    for (const batch of endless(batches)) {
      const tried = rates.length;
      const rate = from * power(to / from, tried / (steps - 1));
      optimiser.learningRate = rate;
      const seen = lossOf(batch, loss, optimiser);
      running = kept * running + (1 - kept) * seen;
      const mean = running / (1 - power(kept, tried + 1));
      if (!Number.isFinite(mean) || mean > tooMuch * least) break;
      least = Math.min(least, Math.max(mean, 0));
      rates.push(rate);
      losses.push(seen);
      smoothed.push(mean);
      if (rates.length === steps) break;
    }
  } finally {
    loadWeights(model, weights);
    optimiser.load(state);
  }
  return { rates, losses, smoothed, suggestion: steepest(rates, smoothed) };
}

/** The loss of a batch, and a step; infinite where no step could be taken. */
function lossOf<Batch>(
  batch: Batch,
  loss: FindLearningRateOptions<Batch>['loss'],
  optimiser: FindLearningRateOptions<Batch>['optimiser'],
): number {
  const tape = new Tape();
  try {
    const output = loss(batch, tape);
    optimiser.step(tape.gradients(output));
    return output.item();
  } catch (error) {
    if (error instanceof NonFiniteError) return Infinity;
    throw error;
  } finally {
    tape.release();
  }
}

function* endless<Batch>(batches: (epoch: number) => Iterable<Batch>): Generator<Batch> {
  for (let epoch = 1; ; epoch++) {
    let isEmpty = true;
    for (const batch of batches(epoch)) {
      isEmpty = false;
      yield batch;
    }
    if (!isEmpty) continue;
    throw new ValueError({
      operation: 'findLearningRate',
      got: `no batches in epoch ${epoch}`,
      wanted: 'at least one batch',
      remedy: 'Return a new generator for each epoch, and check that the data set is not empty',
    });
  }
}

/**
 * Where the running mean falls most from one rate to the next, on its way down to the smallest; rates are equally far apart
 * in their logarithm.
 */
function steepest(rates: readonly number[], smoothed: readonly number[]): number | undefined {
  let [at, most] = [-1, 0];
  const lowest = smoothed.indexOf(Math.min(...smoothed));
  for (let i = 1; i < lowest; i++) {
    const fall = smoothed[i - 1] - smoothed[i + 1];
    if (fall > most) [at, most] = [i, fall];
  }
  return at < 0 ? undefined : rates[at];
}
