import { formatShape, type Parameter, type Shape, type Tensor, ValueError } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type { LayerBuffer } from '../layers/layerBuffer.ts';
import {
  type ReadSafetensorsOptions,
  readSafetensors,
  type WriteSafetensorsOptions,
  writeSafetensors,
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

/*
 * In files, buffers bear the names that PyTorch gives them.
 */
const namesInFiles: Readonly<Record<string, string>> = {
  runningMean: 'running_mean',
  runningVariance: 'running_var',
};

/** What PyTorch's batch normalisation counts beside: no layer here needs it. */
const uncounted = /(^|\.)num_batches_tracked$/;

/**
 * All that a model has learnt, by name: its parameters (`conv1.weight`) and its buffers (`batchNorm1.running_mean`, named
 * as in PyTorch). The tensors are the model's own: read or save them before the next step.
 */
export function weightsOf({ parameters, buffers = [] }: Stateful): Map<string, Tensor> {
  return new Map<string, Tensor>([
    ...parameters.map((parameter) => [parameter.name, parameter] as const),
    ...buffers.map((buffer) => [nameInFiles(buffer.name), buffer.value] as const),
  ]);
}

/**
 * Gives a model what another one has learnt. Names and shapes are checked first, so that a model gets all or nothing;
 * numbers of another type are rounded to the model's.
 *
 * @throws ValueError when a tensor is missing, has another shape, or belongs to nothing in the model
 */
export function loadWeights(
  model: Stateful,
  weights: Iterable<readonly [name: string, tensor: Tensor]>,
  { rename = (name) => name, partial = false }: LoadWeightsOptions = {},
): void {
  const wanted = new Map<string, { shape: Shape; load: (tensor: Tensor) => void }>([
    ...model.parameters.map(
      (parameter) => [parameter.name, { shape: parameter.shape, load: into(parameter) }] as const,
    ),
    ...(model.buffers ?? []).map(
      (buffer) => [nameInFiles(buffer.name), { shape: buffer.shape, load: (x: Tensor) => buffer.assign(x) }] as const,
    ),
  ]);
  const given = new Map<string, Tensor>();
  for (const [written, tensor] of weights) {
    const name = rename(written);
    if (name === null || uncounted.test(name)) continue;
    const target = wanted.get(name);
    const what = written === name ? name : `${written}, here ${name}`;
    if (!target) throw mismatch(`${what}, which the model does not have`, `names among ${listed([...wanted.keys()])}`);
    if (given.has(name)) throw mismatch(`${what} twice`, 'each name once');
    if (!sameShape(target.shape, tensor.shape)) {
      throw mismatch(`${what} of shape ${formatShape(tensor.shape)}`, formatShape(target.shape));
    }
    given.set(name, tensor);
  }
  const missing = [...wanted.keys()].filter((name) => !given.has(name));
  if (missing.length > 0 && !partial) throw mismatch(`nothing for ${listed(missing)}`, 'a tensor for each name');
  for (const [name, tensor] of given) wanted.get(name)?.load(tensor);
}

/**
 * A model's weights as the bytes of a safetensors file; see {@link weightsOf} and {@link writeSafetensors}.
 */
export function saveModel(model: Stateful, { metadata = [] }: WriteSafetensorsOptions = {}): Uint8Array<ArrayBuffer> {
  return writeSafetensors(weightsOf(model), { metadata: [['format', 'pt'], ...metadata] });
}

/**
 * Gives a model the weights of a safetensors file; see {@link readSafetensors} and {@link loadWeights}.
 *
 * @throws SafetensorsError when the file cannot be read
 * @throws ValueError when it does not fit the model; nothing has changed then
 */
export function loadModel(
  model: Stateful,
  bytes: Uint8Array,
  options: LoadWeightsOptions & ReadSafetensorsOptions = {},
): void {
  loadWeights(model, readSafetensors(bytes, options).tensors, options);
}

function nameInFiles(name: string): string {
  const point = name.lastIndexOf('.') + 1;
  return name.slice(0, point) + (namesInFiles[name.slice(point)] ?? name.slice(point));
}

function into(parameter: Parameter): (tensor: Tensor) => void {
  return (tensor) => parameter.update((numbers) => numbers.set(tensor.read()));
}

function mismatch(got: string, wanted: string): ValueError {
  return new ValueError({
    operation: 'loadWeights',
    got,
    wanted,
    remedy: 'Load weights of the same model, translate the names with `rename`, or leave some out with `partial: true`',
  });
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}
