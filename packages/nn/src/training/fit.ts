import { type DataTypeError, NonFiniteError, nanCheck, Tape, type Tensor, ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames, wrongKind } from '@tapegrad/core/authors';
import { checkCount } from '../checkCount.ts';
import type { GradientSource } from '../optimisers/optimiser.ts';
import type { Progress } from './progress.ts';

/** One step of training, as callbacks see it after the parameters were changed: how far the run has come with it. */
export interface StepReport extends Progress {
  readonly loss: number;
  /** The rate of the step, where the optimiser tells it. */
  readonly learningRate?: number | undefined;
  /** The norm of all gradients together, where it was computed; see `clipped`. */
  readonly gradientNorm?: number | undefined;
}

/** One pass over the data, as callbacks see it. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** How many steps have been taken so far, over all epochs. */
  readonly step: number;
  /** The mean of the losses of the epoch's steps. */
  readonly meanLoss: number;
  /** What `validate` gave after it, by name. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A run that is about to begin, as callbacks see it. */
export interface StartReport {
  /** The number of epochs in all. */
  readonly epochs: number;
  /** What measures the model after each epoch, where anything does. */
  readonly validate?: ((epoch: number) => unknown) | undefined;
}

/** What to do along the way. Returning `'stop'`, or a promise of it, ends the training there. */
export interface Callback {
  /**
   * Before the first step, with the options of `fit`: where to refuse what could not work at the end of an epoch, before
   * hours have gone into it. What it returns is waited for, and does not count.
   */
  onStart?(run: StartReport): unknown;
  onStep?(report: StepReport): unknown;
  onEpochEnd?(report: EpochReport): unknown;
}

export interface FitOptions<Batch> {
  readonly epochs: number;
  /** The batches of one epoch, asked for anew in each; those that come after the first `skipped` of it. */
  readonly batches: (epoch: number, skipped: number) => Iterable<Batch> | AsyncIterable<Batch>;
  /** The loss of one batch, one number, recorded on the tape. */
  readonly loss: (batch: Batch, tape: Tape) => Tensor;
  /** An optimiser, or one wrapped by `clipped` or `accumulated`. */
  readonly optimiser: {
    step(gradients: GradientSource): void;
    readonly learningRate?: number;
    readonly gradientNorm?: number | undefined;
  };
  /** Measures the model after each epoch, by name, for the callbacks: `() => evaluate({ … })`. Default: nothing. */
  readonly validate?: (epoch: number) => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
  readonly callbacks?: readonly Callback[];
  /** Where an earlier run had come to, which goes on here. Default: nowhere, training begins. */
  readonly from?: Progress | undefined;
  /** Whether to look at every number of every step for NaN and infinity; see `nanCheck`. Default: false, the loss alone. */
  readonly nanCheck?: boolean;
}

const fitOptions: OptionNames<FitOptions<unknown>> = {
  epochs: 'required',
  batches: 'required function',
  loss: 'required function',
  optimiser: 'required',
  validate: 'optional function',
  callbacks: 'optional list',
  from: 'optional',
  nanCheck: 'optional flag',
};

/** How long the loop may run, in milliseconds, before it lets others have a turn: key presses, timers, a page. */
const patience = 50;

/**
 * The training loop with callbacks: for each batch a new tape, the loss, its gradients, a step of the optimiser.
 *
 * @returns the mean loss of each epoch, from the one on that `from` is in
 * @example
 * const [x, y] = [[[0], [1], [2]], [[1], [3], [5]]];
 * const model = new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [1], random: new Random(1) });
 * const losses = await fit({
 *   epochs: 100,
 *   batches: () => [x],
 *   loss: (batch, tape) => mseLoss(model.call(tape.constant(batch)), y),
 *   optimiser: new Adam(model.parameters, { learningRate: 0.1 }),
 * });
 * losses.length // 100
 * @throws NonFiniteError naming epoch and step, when a loss is NaN or infinite; the parameters are as before that step
 * @throws ValueError when an epoch has no batches, or epochs is not a whole number of at least 0
 */
export async function fit<Batch>(options: FitOptions<Batch>, ...surplus: []): Promise<number[]> {
  checkSurplus('fit', surplus);
  const {
    epochs,
    batches,
    optimiser,
    validate,
    callbacks = [],
    from = start,
  } = checkOptions('fit', options, fitOptions);
  checkHas('fit', 'optimiser', optimiser, ['step'], {
    wanted: 'an optimiser',
    remedy: 'Make one: `new Adam(model.parameters)`',
  });
  checkHas('fit', 'from', from, ['step', 'epoch', 'stepInEpoch', 'totalLoss'], {
    wanted: 'the progress of a run',
    remedy: 'Pass `checkpoint.progress`',
  });
  for (const [at, callback] of callbacks.entries()) {
    checkHas('fit', `callbacks[${at}]`, callback, [], {
      wanted: 'a callback',
      remedy: 'Give an object with `onStep` or `onEpochEnd`',
    });
  }
  checkCount('fit', 'epochs', epochs, 0, 'Say how often to go over the data');
  for (const callback of callbacks) await callback.onStart?.(options);
  const meanLosses: number[] = [];
  let { step, stepInEpoch, totalLoss } = from;
  let lastPause = performance.now();
  for (let epoch = from.epoch; epoch <= epochs; epoch++) {
    const ofEpoch = batches(epoch, stepInEpoch);
    if (!isIterable(ofEpoch)) throw noBatchesOf(ofEpoch);
    for await (const batch of ofEpoch) {
      const { learningRate } = optimiser;
      const loss = trainOn(batch, options, `fit, epoch ${epoch}, step ${step + 1}`);
      step++;
      stepInEpoch++;
      totalLoss += loss;
      const { gradientNorm } = optimiser;
      const report = { epoch, step, stepInEpoch, totalLoss, loss, learningRate, gradientNorm };
      if (await anyStops(callbacks, (callback) => callback.onStep?.(report))) {
        return [...meanLosses, totalLoss / stepInEpoch];
      }
      if (performance.now() - lastPause > patience) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        lastPause = performance.now();
      }
    }
    if (stepInEpoch === 0) throw noBatches(epoch);
    const meanLoss = totalLoss / stepInEpoch;
    meanLosses.push(meanLoss);
    [stepInEpoch, totalLoss] = [0, 0];
    const metrics = (await validate?.(epoch)) ?? {};
    const report = { epoch, step, meanLoss, metrics };
    if (await anyStops(callbacks, (callback) => callback.onEpochEnd?.(report))) return meanLosses;
  }
  return meanLosses;
}

/** Before the first step. */
const start: Progress = { step: 0, epoch: 1, stepInEpoch: 0, totalLoss: 0 };

function trainOn<Batch>(
  batch: Batch,
  { loss, optimiser, nanCheck: isChecked }: FitOptions<Batch>,
  where: string,
): number {
  // Not `using`, whose stand-in for older browsers is half a kilobyte of each page.
  const tape = new Tape();
  try {
    const output = loss(batch, tape);
    const gradients = tape.gradients(output);
    if (isChecked) nanCheck(tape, gradients);
    optimiser.step(gradients);
    return output.item();
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    throw new NonFiniteError({ ...error, operation: where }, { cause: error });
  } finally {
    tape.release();
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

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function noBatchesOf(value: unknown): DataTypeError {
  return wrongKind('fit', 'what batches gives', value, {
    wanted: 'batches, one after the other',
    remedy: 'Give a list or a generator: `batches: () => batches(train, { batchSize: 64, random })`',
  });
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
