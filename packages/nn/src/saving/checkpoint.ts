import { type FloatArray, type RandomState, type Tensor, tensor } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { ParameterState } from '../optimisers/memory.ts';
import type { OptimiserState } from '../optimisers/state.ts';
import type { Progress } from '../training/progress.ts';
import { type CheckpointFields, readFields } from './checkpointFields.ts';
import { damagedCheckpoint, SafetensorsError } from './errors.ts';
import { readSafetensors, type Saved, writeSafetensors } from './safetensors.ts';
import { seal, unseal } from './seal.ts';

/** All that a run needs to go on to the same bits. */
export interface Checkpoint {
  /** What tells the run from others; see `CheckpointFolder`. */
  readonly run?: string;
  readonly progress: Progress;
  /** Parameters and buffers by name; see `weightsOf`. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly optimiser: OptimiserState<object>;
  /** The state of each random stream, by a name of your own. */
  readonly random: Readonly<Record<string, RandomState>>;
  /** What else the run was made of, as it goes through JSON: the options of the command line. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What none may lack. */
const parts = ['progress', 'weights', 'optimiser', 'random', 'options'] as const;

/**
 * A checkpoint as the bytes of a safetensors file, sealed by a SHA-256 over all of them: weights as `model.…`, what the
 * optimiser remembers as `optimiser.…`, all else as metadata. PyTorch can open it too.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * const bytes = await writeCheckpoint({
 *   progress: { step: 21, epoch: 3, stepInEpoch: 7, totalLoss: 1 },
 *   weights: weightsOf(model),
 *   optimiser: new Adam(model.parameters).state(),
 *   random: {},
 *   options: { batchSize: 64 },
 * });
 * (await readCheckpoint(bytes)).options // { batchSize: 64 }
 * @throws DataTypeError when a part of it is missing
 */
export async function writeCheckpoint(checkpoint: Checkpoint, ...surplus: []): Promise<Uint8Array<ArrayBuffer>> {
  checkSurplus('writeCheckpoint', surplus);
  checkHas('writeCheckpoint', 'checkpoint', checkpoint, parts, {
    wanted: `{ ${parts.join(', ')} }`,
    remedy: 'Give all of them: `weights: weightsOf(model)`, `optimiser: optimiser.state()`, and where the run stands',
  });
  const { run, progress, weights, optimiser, random, options } = checkpoint;
  const steps: Record<string, number> = {};
  const tensors: [string, Tensor][] = [...weights].map(([name, x]) => [`model.${name}`, x]);
  for (const [name, state] of Object.entries(optimiser.parameters)) {
    steps[name] = state.steps;
    for (const [array, numbers] of Object.entries(state.arrays)) {
      tensors.push([`optimiser.${array}.${name}`, tensor(numbers)]);
    }
  }
  const { kind, groups, rates } = optimiser;
  const fields: CheckpointFields = {
    version: 1,
    run,
    progress,
    optimiser: { kind, groups, rates, steps },
    random,
    options,
  };
  return await seal((digest) =>
    writeSafetensors(tensors, {
      metadata: [
        ['checkpoint', JSON.stringify(fields)],
        ['sha256', digest],
      ],
    }),
  );
}

export interface ReadCheckpointOptions {
  /** What to call the file in the messages of errors; its path, where it has one. Default: `checkpoint`. */
  readonly name?: string;
}

const readCheckpointOptions: OptionNames<ReadCheckpointOptions> = { name: 'optional' };

/**
 * The checkpoint in the bytes of a file. A single bit that has changed since it was written is noticed.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * const bytes = await writeCheckpoint({
 *   progress: { step: 21, epoch: 3, stepInEpoch: 7, totalLoss: 1 },
 *   weights: weightsOf(model),
 *   optimiser: new Adam(model.parameters).state(),
 *   random: {},
 *   options: {},
 * });
 * (await readCheckpoint(bytes)).progress.epoch // 3
 * @throws CheckpointError when the file is damaged, or is no checkpoint
 */
export async function readCheckpoint(
  bytes: Uint8Array,
  options: ReadCheckpointOptions = {},
  ...surplus: []
): Promise<Checkpoint> {
  checkSurplus('readCheckpoint', surplus);
  const { name = 'checkpoint' } = checkOptions('readCheckpoint', options, readCheckpointOptions);
  const { tensors, metadata } = read(bytes, name);
  const digest = metadata.get('sha256');
  if (digest === undefined || !(await unseal(bytes, digest))) {
    throw damagedCheckpoint(name, 'a content that its SHA-256 does not fit');
  }
  const fields = readFields(metadata.get('checkpoint'), name);
  const { run, progress, optimiser, random } = fields;
  const weights = new Map<string, Tensor>();
  const arrays = new Map<string, Record<string, FloatArray>>();
  for (const [path, x] of tensors) {
    const [room, array] = path.split('.', 2);
    if (room === 'model') weights.set(path.slice('model.'.length), x);
    else if (room === 'optimiser' && array !== undefined) {
      const parameter = path.slice(`${room}.${array}.`.length);
      arrays.set(parameter, { ...arrays.get(parameter), [array]: x.toFlatArray() });
    } else throw damagedCheckpoint(name, `the tensor ${JSON.stringify(path)}, of neither model nor optimiser`);
  }
  const parameters = Object.entries(optimiser.steps).map(([name, steps]): [string, ParameterState] => [
    name,
    { steps, arrays: arrays.get(name) ?? {} },
  ]);
  return {
    ...(run === undefined ? {} : { run }),
    progress,
    weights,
    optimiser: {
      kind: optimiser.kind,
      groups: optimiser.groups,
      ...(optimiser.rates ? { rates: optimiser.rates } : {}),
      parameters: Object.fromEntries(parameters),
    },
    random,
    options: fields.options,
  };
}

function read(bytes: Uint8Array, name: string): Saved {
  try {
    return readSafetensors(bytes, { name });
  } catch (error) {
    if (error instanceof SafetensorsError) throw damagedCheckpoint(name, error.got, error);
    throw error;
  }
}
