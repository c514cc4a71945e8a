import { Random, type RandomState, ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, kindOf, type OptionNames } from '@tapegrad/core/authors';
import type { OptimiserState } from '../optimisers/state.ts';
import type { Checkpoint } from '../saving/checkpoint.ts';
import { CheckpointError } from '../saving/errors.ts';
import { checkNamed, loadWeights, type Stateful, weightsOf } from '../saving/modelState.ts';
import type { Callback, EpochReport, StartReport, StepReport } from '../training/fit.ts';
import type { Progress } from '../training/progress.ts';
import { CheckpointFolder, type CheckpointFolderOptions } from './checkpointFolder.ts';

export interface KeepCheckpointsOptions extends CheckpointFolderOptions {
  readonly model: Stateful;
  /** The optimiser itself, not one of `clipped` or `accumulated` around it. */
  readonly optimiser: { state(): OptimiserState<object>; load(state: OptimiserState<never>): void };
  /** After how many steps one is taken: a whole number of at least 1. Default: at the end of each epoch alone. */
  readonly every?: number;
  /** The states of random streams that the run goes on with, by name. Default: none. */
  readonly random?: () => Readonly<Record<string, RandomState>>;
  /** What the run depends on, say `{ seed: 1, batchSize: 64 }`: one with other values does not go on with it. Default: nothing. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Once it is aborted, say by Ctrl-C, a checkpoint is taken after the running step, and training ends. Default: never. */
  readonly signal?: { readonly aborted: boolean };
}

const keepCheckpointsOptions: OptionNames<KeepCheckpointsOptions> = {
  model: 'required',
  optimiser: 'required',
  every: 'optional',
  random: 'optional function',
  settings: 'optional',
  signal: 'optional',
  run: 'optional',
  onNotice: 'optional function',
};

/**
 * A callback for `fit` that keeps checkpoints in a folder of their own, and lets a run go on from the newest: after a crash, a
 * power cut or Ctrl-C, to the same bits as one without a break; or, once it has ended, for more epochs.
 *
 * `resume` brings back weights and optimiser, and tells `fit` where to begin. Where what is random comes from the number of
 * the epoch, as below, nothing else has to be kept; streams that run on are kept by `random`. Give it behind the callbacks
 * that change the optimiser, so that it keeps the rate of the next step.
 *
 * @example
 * const random = new Random(1);
 * const { train } = builtInDigits({ train: 100, test: 1 });
 * const model = new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { inputShape: [1, 28, 28], random });
 * const optimiser = new Adam(model.parameters);
 * await using checkpoints = new KeepCheckpoints(`${tmpdir()}/run-${process.pid}`, { model, optimiser, every: 100 });
 * await fit({
 *   from: (await checkpoints.resume())?.progress,
 *   epochs: 1,
 *   batches: (epoch, skip) => batches(train, { batchSize: 50, random: new Random(epoch), skip }),
 *   loss: ({ images, labels }, tape) => softmaxCrossEntropy(model.call(tape.constant(images)), labels),
 *   optimiser,
 *   callbacks: [checkpoints],
 * });
 */
export class KeepCheckpoints implements Callback {
  readonly #folder: CheckpointFolder;
  readonly #options: KeepCheckpointsOptions;

  /**
   * @param path the folder; it is made when it is not there
   * @throws ValueError when `every` is not a whole number of at least 1, or two parameters or buffers have the same name
   * @throws DataTypeError when the optimiser has no state to be kept
   */
  constructor(path: string, options: KeepCheckpointsOptions, ...surplus: []) {
    checkSurplus('KeepCheckpoints', surplus);
    const {
      model,
      optimiser,
      every,
      settings = {},
      run,
      onNotice,
    } = checkOptions('KeepCheckpoints', options, keepCheckpointsOptions);
    checkHas('KeepCheckpoints', 'optimiser', optimiser, ['state', 'load'], {
      wanted: 'an optimiser with a state',
      remedy: 'Give the optimiser itself, which `clipped` or `accumulated` is around: `new Adam(model.parameters)`',
    });
    if (every !== undefined && !(Number.isSafeInteger(every) && every >= 1)) {
      throw new ValueError({
        operation: 'KeepCheckpoints',
        got: `every is ${every}`,
        wanted: 'a whole number of steps, at least 1',
        remedy: 'Leave it out for one at the end of each epoch',
      });
    }
    checkNamed('KeepCheckpoints', model);
    checkPlain(settings);
    this.#folder = new CheckpointFolder(path, { ...(run === undefined ? {} : { run }), ...(onNotice && { onNotice }) });
    this.#options = options;
  }

  /**
   * Brings model and optimiser to where the newest checkpoint was taken. Holds the folder until {@link close}.
   *
   * @returns that checkpoint, its `progress` for `from` of `fit`; `undefined` where the run begins
   * @throws CheckpointError when the folder cannot be used, all its checkpoints are damaged, or they were taken with other
   *   `settings`
   */
  async resume(...surplus: []): Promise<Checkpoint | undefined> {
    checkSurplus('resume', surplus);
    await this.#folder.open();
    const { checkpoint } = (await this.#folder.newest()) ?? {};
    if (!checkpoint) return undefined;
    const { model, optimiser, settings = {} } = this.#options;
    checkSettings(this.#folder.path, settings, checkpoint.options);
    loadWeights(model, checkpoint.weights);
    optimiser.load(checkpoint.optimiser as OptimiserState<never>);
    return checkpoint;
  }

  /**
   * Takes the folder, and looks at all that a checkpoint is made of.
   *
   * @throws CheckpointError when the folder cannot be written to, another run holds it, or it has checkpoints of another run
   * @throws ValueError when `random` gives something else than states
   */
  async onStart(_run: StartReport, ...surplus: []): Promise<void> {
    checkSurplus('onStart', surplus);
    const { optimiser, random } = this.#options;
    for (const state of Object.values(random?.() ?? {})) Random.from(state);
    optimiser.state();
    await this.#folder.open();
    await this.#folder.checkOwn();
  }

  /** @throws CheckpointError when it cannot be written; NonFiniteError when weights are not finite. Earlier ones stay */
  async onStep({ step, epoch, stepInEpoch, totalLoss }: StepReport, ...surplus: []): Promise<'stop' | undefined> {
    checkSurplus('onStep', surplus);
    const { every = Infinity, signal } = this.#options;
    const isAborted = signal?.aborted ?? false;
    if (isAborted || step % every === 0) await this.#save({ step, epoch, stepInEpoch, totalLoss });
    return isAborted ? 'stop' : undefined;
  }

  /** @throws CheckpointError when it cannot be written; NonFiniteError when weights are not finite. Earlier ones stay */
  async onEpochEnd({ step, epoch }: EpochReport, ...surplus: []): Promise<void> {
    checkSurplus('onEpochEnd', surplus);
    await this.#save({ step, epoch: epoch + 1, stepInEpoch: 0, totalLoss: 0 });
  }

  /** Gives the folder to whoever goes on with the run. The end of the process does so too. */
  async close(...surplus: []): Promise<void> {
    checkSurplus('close', surplus);
    await this.#folder.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #save(progress: Progress): Promise<void> {
    const { model, optimiser, random, settings = {} } = this.#options;
    await this.#folder.save({
      progress,
      weights: weightsOf(model),
      optimiser: optimiser.state(),
      random: random?.() ?? {},
      options: { settings },
    });
  }
}

/** Throws a ValueError unless settings are what a file can hold. */
function checkPlain(settings: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) continue;
    throw new ValueError({
      operation: 'KeepCheckpoints',
      got: `settings.${name} is ${kindOf(value)}`,
      wanted: 'a text, a finite number, true or false',
      remedy: 'Say it as one of these: a list as the text `list.join()`',
    });
  }
}

/** Throws unless a run was begun with the same settings. */
function checkSettings(
  path: string,
  settings: Readonly<Record<string, unknown>>,
  { settings: begun }: Checkpoint['options'],
): void {
  const before = (begun ?? {}) as Readonly<Record<string, unknown>>;
  const other = Object.keys({ ...before, ...settings }).find((name) => before[name] !== settings[name]);
  if (other === undefined) return;
  throw new CheckpointError({
    operation: 'KeepCheckpoints.resume',
    got: `${path}, of a run whose ${other} is ${before[other]}, and not ${settings[other]}`,
    wanted: 'the settings that the run was begun with',
    remedy: 'Set it as it was, or name another folder for a new run',
  });
}
