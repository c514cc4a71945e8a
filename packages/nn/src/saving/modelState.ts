import { DataTypeError, formatShape, type Parameter, type Shape, type Tensor, ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames, sameShape } from '@tapegrad/core/authors';
import type { LayerBuffer } from '../layers/layerBuffer.ts';
import { checkParameters } from '../optimisers/groups.ts';
import {
  pairsOf,
  type ReadSafetensorsOptions,
  readNamed,
  readSafetensors,
  type WriteSafetensorsOptions,
  writeSafetensors,
  writeSafetensorsOptions,
} from './safetensors.ts';

/** What has parameters, and buffers beside them: a model, or a part of one. */
export interface Stateful {
  readonly parameters: readonly Parameter[];
  readonly buffers?: readonly LayerBuffer[];
}

export interface LoadWeightsOptions {
  /** The name in the model for a name in the file; `null` leaves a tensor of the file out. Default: the same name. */
  readonly rename?: (name: string) => string | null;
  /** Whether parameters and buffers that the file lacks keep what they have. Default: false, they are an error. */
  readonly partial?: boolean;
}

const loadWeightsOptions: OptionNames<LoadWeightsOptions> = { rename: 'optional function', partial: 'optional flag' };

/*
 * In files, buffers bear the names that PyTorch gives them.
 */
const namesInFiles: Readonly<Record<string, string>> = {
  runningMean: 'running_mean',
  runningVariance: 'running_var',
};

/** What PyTorch's batch normalisation counts beside: no layer here needs it. */
const uncounted = /(^|\.)num_batches_tracked$/;

/** Something that a model has learnt: a parameter or a buffer. */
interface Learnt {
  readonly shape: Shape;
  readonly value: Tensor;
  readonly load: (tensor: Tensor) => void;
}

/**
 * All that a model has learnt, by name: its parameters (`conv1.weight`) and its buffers (`batchNorm1.running_mean`, named
 * as in PyTorch). The tensors are the model's own: read or save them before the next step. One that stands in the list
 * twice, as a shared layer's weight may, is one.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * [...weightsOf(model).keys()] // ["dense1.weight", "dense1.bias"]
 * @throws ValueError when two of them have the same name, as those of two models may: only one could be saved
 */
export function weightsOf(model: Stateful, ...surplus: []): Map<string, Tensor> {
  checkSurplus('weightsOf', surplus);
  return new Map([...learntBy('weightsOf', model)].map(([name, { value }]) => [name, value] as const));
}

/** Throws a ValueError when two parameters or buffers have the same name, for what will save them by their names. */
export function checkNamed(operation: string, model: Stateful): void {
  learntBy(
    operation,
    model,
    "Name the models that they belong to, `new Sequential(layers, { name: 'encoder', … })`, or the parameters themselves",
  );
}

function learntBy(
  operation: string,
  model: Stateful,
  remedy = 'Save each model in a file of its own, or give each a prefix: `writeSafetensors` takes any list of names and tensors, `loadWeights` a `rename`',
): ReadonlyMap<string, Learnt> {
  checkHas(operation, 'model', model, ['parameters'], {
    wanted: 'a model, or a part of one, with its parameters',
    remedy: 'Give the model first: `loadModel(model, bytes)`, `saveModel(model)`',
  });
  const { parameters, buffers = [] } = model;
  checkParameters(operation, parameters);
  const all: [string, Learnt][] = [
    ...[...new Set(parameters)].map((parameter): [string, Learnt] => [
      parameter.name,
      { shape: parameter.shape, value: parameter, load: into(parameter) },
    ]),
    ...[...new Set(buffers)].map((buffer): [string, Learnt] => [
      nameInFiles(buffer.name),
      { shape: buffer.shape, value: buffer.value, load: (x) => buffer.assign(x) },
    ]),
  ];
  const byName = new Map(all);
  if (byName.size === all.length) return byName;
  const names = all.map(([name]) => name);
  const shared = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  throw new ValueError({
    operation,
    got: `${names.length} parameters and buffers, of which several are called ${listed(shared)}`,
    wanted: 'a name of its own for each of them',
    remedy,
  });
}

/**
 * Gives a model what another one has learnt. Names and shapes are checked first, so that a model gets all or nothing;
 * numbers of another type are rounded to the model's.
 *
 * @example
 * const build = (seed: number) => new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(seed) });
 * const [one, other, x] = [build(1), build(2), tensor([[1, 2, 3]])];
 * loadWeights(other, weightsOf(one));
 * String(other.call(x)) === String(one.call(x)) // true
 * @throws ValueError when a tensor is missing, has another shape, or belongs to nothing in the model, or when two of the
 *   model's parameters and buffers have the same name
 */
export function loadWeights(
  model: Stateful,
  weights: Iterable<readonly [name: string, tensor: Tensor]>,
  options: LoadWeightsOptions = {},
  ...surplus: []
): void {
  checkSurplus('loadWeights', surplus);
  const { rename = (name: string) => name, partial = false } = checkOptions('loadWeights', options, loadWeightsOptions);
  const wanted = learntBy('loadWeights', model);
  const given = new Map<string, Tensor>();
  for (const [written, tensor] of readNamed('loadWeights', weights)) {
    const name = rename(written);
    if (name === null || uncounted.test(name)) continue;
    const known = wanted.get(name);
    const what = written === name ? name : `${written}, here ${name}`;
    if (!known) {
      const names = `names among ${listed([...wanted.keys()])}`;
      throw mismatch(
        `${what}, which the model does not have`,
        names,
        `${remedies.extra(written)}, or ${remedies.other}`,
      );
    }
    if (given.has(name)) throw mismatch(`${what} twice`, 'each name once', remedies.extra(written));
    if (!sameShape(known.shape, tensor.shape)) {
      throw mismatch(
        `${what} of shape ${formatShape(tensor.shape)}`,
        formatShape(known.shape),
        remedies.shape(written),
      );
    }
    given.set(name, tensor);
  }
  const missing = [...wanted.keys()].filter((name) => !given.has(name));
  if (missing.length > 0 && !partial) {
    throw mismatch(`nothing for ${listed(missing)}`, 'a tensor for each name', remedies.missing);
  }
  for (const [name, tensor] of given) wanted.get(name)?.load(tensor);
}

/**
 * A model's weights as the bytes of a safetensors file; see {@link weightsOf} and {@link writeSafetensors}.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * [...readSafetensors(saveModel(model)).tensors.keys()] // ["dense1.bias", "dense1.weight"]
 * @throws ValueError when two parameters or buffers have the same name
 * @throws DataTypeError when something else than a model is given, or a path
 */
export function saveModel(
  model: Stateful,
  options: WriteSafetensorsOptions = {},
  ...surplus: []
): Uint8Array<ArrayBuffer> {
  checkSurplus('saveModel', surplus);
  checkNoPath('saveModel', options, 'Write the bytes to it: `await writeFile(path, saveModel(model))`');
  const { metadata } = checkOptions('saveModel', options, writeSafetensorsOptions);
  const weights = [...learntBy('saveModel', model)].map(([name, { value }]) => [name, value] as const);
  return writeSafetensors(weights, { metadata: [['format', 'pt'], ...pairsOf('saveModel', metadata)] });
}

const loadModelOptions: OptionNames<LoadWeightsOptions & ReadSafetensorsOptions> = {
  rename: 'optional function',
  partial: 'optional flag',
  name: 'optional',
};

/**
 * Gives a model the weights of a safetensors file; see {@link readSafetensors} and {@link loadWeights}.
 *
 * @example
 * const build = (seed: number) => new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(seed) });
 * const [one, other, x] = [build(1), build(2), tensor([[1, 2, 3]])];
 * loadModel(other, saveModel(one));
 * String(other.call(x)) === String(one.call(x)) // true
 * @throws SafetensorsError when the file cannot be read
 * @throws DataTypeError when something else than a model or bytes is given, such as a path
 * @throws ValueError when it does not fit the model; nothing has changed then
 */
export function loadModel(
  model: Stateful,
  bytes: Uint8Array,
  options: LoadWeightsOptions & ReadSafetensorsOptions = {},
  ...surplus: []
): void {
  checkSurplus('loadModel', surplus);
  const { name, ...others } = checkOptions('loadModel', options, loadModelOptions);
  learntBy('loadModel', model);
  checkNoPath('loadModel', bytes, 'Read the file first: `loadModel(model, await readFile(path))`');
  loadWeights(model, readSafetensors(bytes, { name }).tensors, others);
}

/** Neither reads or writes files: a page has none. */
function checkNoPath(operation: string, value: unknown, remedy: string): void {
  if (typeof value !== 'string') return;
  throw new DataTypeError({
    operation,
    got: `the text ${JSON.stringify(value.slice(0, 100))}, perhaps a path`,
    wanted: 'the bytes of a file, which it takes or gives',
    remedy,
  });
}

function nameInFiles(name: string): string {
  const point = name.lastIndexOf('.') + 1;
  return name.slice(0, point) + (namesInFiles[name.slice(point)] ?? name.slice(point));
}

function into(parameter: Parameter): (tensor: Tensor) => void {
  return (tensor) => parameter.update((numbers) => numbers.set(tensor.read()));
}

/*
 * `partial` is about what the file lacks; what it has too much is left out by `rename`.
 */
const remedies = {
  extra: (name: string) => `Leave it out, \`rename: (name) => (name === ${JSON.stringify(name)} ? null : name)\``,
  other: 'give it the name that it has in the model',
  shape: (name: string) =>
    `Load weights of the same model, or leave it as it is: \`partial: true\` and \`rename: (name) => (name === ${JSON.stringify(name)} ? null : name)\``,
  missing:
    'Load weights of the same model, translate the names with `rename`, or let these keep what they have: `partial: true`',
};

function mismatch(got: string, wanted: string, remedy: string): ValueError {
  return new ValueError({ operation: 'loadWeights', got, wanted, remedy });
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}
