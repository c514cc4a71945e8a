import { NonFiniteError, nanCheck, Tape, type Tensor, ValueError } from '@tapegrad/core';
import type { GradientSource } from '../optimisers/optimiser.ts';

/** One step of training, as callbacks see it after the parameters were changed. */
export interface StepReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Counted from 1, over all epochs. */
  readonly step: number;
  readonly loss: number;
}

/** One pass over the data, as callbacks see it. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** How many steps have been taken so far, over all epochs. */
  readonly step: number;
  /** The mean of the losses of the epoch's steps. */
  readonly meanLoss: number;
}

/** What to do along the way. Returning `'stop'`, or a promise of it, ends the training there. */
export interface Callback {
  onStep?(report: StepReport): unknown;
  onEpochEnd?(report: EpochReport): unknown;
}

export interface FitOptions<Batch> {
  readonly epochs: number;
  /** The batches of one epoch, asked for anew in each. */
  readonly batches: (epoch: number) => Iterable<Batch> | AsyncIterable<Batch>;
  /** The loss of one batch, one number, recorded on the tape. */
  readonly loss: (batch: Batch, tape: Tape) => Tensor;
  readonly optimiser: { step(gradients: GradientSource): void };
  readonly callbacks?: readonly Callback[];
  /** Whether to look at every number of every step for NaN and infinity; see `nanCheck`. Default: false, the loss alone. */
  readonly nanCheck?: boolean;
}

/** How long the loop may run, in milliseconds, before it lets others have a turn: key presses, timers, a page. */
const patience = 50;

/**
 * The training loop with callbacks: for each batch a new tape, the loss, its gradients, a step of the optimiser.
 *
 * @returns the mean loss of each epoch
 * @throws NonFiniteError naming epoch and step, when a loss is NaN or infinite; the parameters are as before that step
 * @throws ValueError when an epoch has no batches, or epochs is not a whole number of at least 0
 */
export async function fit<Batch>(options: FitOptions<Batch>): Promise<number[]> {
  const { epochs, batches, callbacks = [] } = options;
  if (!Number.isSafeInteger(epochs) || epochs < 0) {
    throw new ValueError({
      operation: 'fit',
      got: `epochs is ${epochs}`,
      wanted: 'a whole number of at least 0',
      remedy: 'Say how often to go over the data',
    });
  }
  const meanLosses: number[] = [];
  let step = 0;
  let lastPause = performance.now();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let total = 0;
    let count = 0;
    for await (const batch of batches(epoch)) {
      step++;
      const loss = trainOn(batch, options, `fit, epoch ${epoch}, step ${step}`);
      total += loss;
      count++;
      const report = { epoch, step, loss };
      if (await anyStops(callbacks, (callback) => callback.onStep?.(report))) return [...meanLosses, total / count];
      if (performance.now() - lastPause > patience) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        lastPause = performance.now();
      }
    }
    if (count === 0) throw noBatches(epoch);
    meanLosses.push(total / count);
    const report = { epoch, step, meanLoss: total / count };
    if (await anyStops(callbacks, (callback) => callback.onEpochEnd?.(report))) return meanLosses;
  }
  return meanLosses;
}

function trainOn<Batch>(
  batch: Batch,
  { loss, optimiser, nanCheck: isChecked }: FitOptions<Batch>,
  where: string,
): number {
  using tape = new Tape();
  try {
    const output = loss(batch, tape);
    const gradients = tape.gradients(output);
    if (isChecked) nanCheck(tape, gradients);
    optimiser.step(gradients);
    return output.item();
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    throw new NonFiniteError({ ...error, operation: where }, { cause: error });
  }
}

/** Calls every callback, also when one of them has stopped the training already. */
async function anyStops(callbacks: readonly Callback[], call: (callback: Callback) => unknown): Promise<boolean> {
  let stops = false;
  for (const callback of callbacks) {
    const answer = call(callback);
    if ((answer instanceof Promise ? await answer : answer) === 'stop') stops = true;
  }
  return stops;
}

function noBatches(epoch: number): ValueError {
  return new ValueError({
    operation: 'fit',
    got: `no batches in epoch ${epoch}`,
    wanted: 'at least one batch in each epoch',
    remedy:
      'Return a new generator for each epoch, and check that the data set is not empty or smaller than a batch that is dropped',
  });
}
