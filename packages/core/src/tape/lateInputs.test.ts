import ndarray from 'ndarray';
import { afterEach, describe, expect, test } from 'vitest';
import { spoil } from '../../test/spoil.ts';
import * as core from '../index.ts';
import { configureEngine, sum, Tape, type Tensor, type TensorLike, tensor } from '../index.ts';

/*
 * On a tape, numbers are computed when somebody asks for them. What users do to their own arrays between the call and then
 * changes nothing: an op takes copies of what it is given.
 */

/** Numbers that all differ, above 0. */
const numbers = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => 0.5 + ((i * 7) % 11) / 8);
const array = (...shape: number[]) => ndarray(numbers(shape.reduce((size, length) => size * length, 1)), shape);
const images = (...shape: number[]): Tensor => tensor(array(...shape));

interface Call {
  /** What the call is differentiated by. */
  readonly x: Tensor;
  /** The other arguments, made anew for each call. */
  readonly others: () => unknown[];
  readonly call: (x: Tensor, ...others: never[]) => Tensor;
}

const call = (x: Tensor, op: Call['call'], others: Call['others']): Call => ({ x, others, call: op });

const matrix = images(2, 3);
const picture = images(1, 2, 4, 4);

const calls: Readonly<Record<string, Call>> = {
  add: call(matrix, core.add, () => [array(2, 3)]),
  'multiply by a list': call(matrix, core.multiply, () => [[1, 2, 3]]),
  'divide by a typed array': call(matrix, core.divide, () => [numbers(3)]),
  maximum: call(matrix, core.maximum, () => [array(2, 3)]),
  pow: call(matrix, core.pow, () => [array(3)]),
  where: call(
    matrix,
    (x, condition, y) => core.where(condition, x, y),
    () => [Uint8Array.of(1, 0, 1), array(3)],
  ),
  clamp: call(matrix, core.clamp, () => [{ min: 0.75, max: 1.5 }]),
  softplus: call(matrix, core.softplus, () => [{ beta: 2, threshold: 1 }]),
  take: call(matrix, core.take, () => [Uint8Array.of(1, 0, 1)]),
  'take of a list': call(matrix, core.take, () => [
    [
      [2, 0],
      [0, 1],
    ],
    { axis: 1 },
  ]),
  gather: call(
    matrix,
    (x, index) => core.gather(x, index, { axis: 1 }),
    () => [ndarray(Int32Array.of(2, 0, 1, 1), [2, 2])],
  ),
  embedding: call(
    matrix,
    (x, indices, options) => core.embedding(indices, x, options),
    () => [[1, 0, 1], { paddingIndex: 0 }],
  ),
  concat: call(
    matrix,
    (x, parts: TensorLike[]) => core.concat([x, ...parts]),
    () => [[array(1, 3), array(2, 3)]],
  ),
  stack: call(
    matrix,
    (x, parts: TensorLike[]) => core.stack([x, ...parts], { axis: 1 }),
    () => [[array(2, 3)]],
  ),
  pad: call(matrix, core.pad, () => [
    [
      [1, 0],
      [0, 2],
    ],
    { value: 3 },
  ]),
  reshape: call(matrix, core.reshape, () => [[3, 2]]),
  slice: call(matrix, core.slice, () => [[null, [0, 2]]]),
  'slice with a step': call(matrix, core.slice, () => [
    [
      [0, 2],
      [0, 3, 2],
    ],
  ]),
  transpose: call(matrix, core.transpose, () => [[1, 0]]),
  sum: call(matrix, core.sum, () => [{ axes: [1], keepDims: true }]),
  mean: call(matrix, core.mean, () => [{ axes: [1], keepDims: true }]),
  variance: call(matrix, core.variance, () => [{ axes: [1], keepDims: true, correction: 0 }]),
  product: call(matrix, core.product, () => [{ axes: [0], keepDims: false }]),
  max: call(matrix, core.max, () => [{ axes: [1], keepDims: true }]),
  logSumExp: call(matrix, core.logSumExp, () => [{ axes: [1], keepDims: true }]),
  cumulativeSum: call(matrix, core.cumulativeSum, () => [{ axis: 1, exclusive: true, reverse: true }]),
  matmul: call(matrix, core.matmul, () => [array(3, 2)]),
  linear: call(matrix, core.linear, () => [array(2, 3), { bias: array(2) }]),
  einsum: call(
    matrix,
    (x, y) => core.einsum('ij,kj->ik', x, y),
    () => [array(4, 3)],
  ),
  softmaxCrossEntropyRows: call(matrix, core.softmaxCrossEntropyRows, () => [
    [
      [0, 1, 0],
      [0.5, 0.5, 0],
    ],
    { axis: 1 },
  ]),
  batchNorm: call(picture, core.batchNorm, () => [
    { mean: [0.5, 1], variance: numbers(2), weight: array(2), bias: numbers(2), epsilon: 1e-3 },
  ]),
  layerNorm: call(picture, core.layerNorm, () => [
    { axes: [-2, -1], weight: array(4, 4), bias: array(4, 4), epsilon: 1e-3 },
  ]),
  groupNorm: call(picture, core.groupNorm, () => [{ groups: 2, weight: [1, 2], bias: [1, 2], epsilon: 1e-3 }]),
  instanceNorm: call(picture, core.instanceNorm, () => [{ weight: [1, 2], bias: [1, 2], epsilon: 1e-3 }]),
  conv1d: call(images(1, 2, 5), core.conv1d, () => [array(2, 2, 3), { bias: numbers(2), stride: 2, padding: 1 }]),
  conv2d: call(picture, core.conv2d, () => [
    array(2, 1, 2, 3),
    { bias: [1, 2], stride: [2, 1], padding: [1, 1], dilation: [1, 1], groups: 2 },
  ]),
  'conv2d with padding on each side': call(picture, core.conv2d, () => [
    array(2, 2, 2, 3),
    {
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
  ]),
  conv3d: call(images(1, 1, 3, 3, 3), core.conv3d, () => [array(2, 1, 2, 2, 2), { bias: [1, 2], stride: [1, 2, 1] }]),
  convTranspose2d: call(picture, core.convTranspose2d, () => [
    array(2, 2, 2, 3),
    { bias: [1, 2], stride: [2, 1], outputPadding: [1, 0] },
  ]),
  deformConv2d: call(picture, core.deformConv2d, () => [
    array(1, 8, 3, 3),
    array(2, 2, 2, 2),
    { mask: array(1, 4, 3, 3), bias: [1, 2] },
  ]),
  maxPool2d: call(picture, core.maxPool2d, () => [{ kernelSize: [2, 3], stride: [2, 1], padding: [1, 1] }]),
  avgPool2d: call(picture, core.avgPool2d, () => [
    { kernelSize: [2, 3], stride: [2, 1], padding: [1, 1], countIncludePad: true },
  ]),
  adaptiveAvgPool2d: call(picture, core.adaptiveAvgPool2d, () => [{ outputSize: [3, 2] }]),
  adaptiveMaxPool2d: call(picture, core.adaptiveMaxPool2d, () => [{ outputSize: [3, 2] }]),
};

afterEach(() => configureEngine({ fusion: true, engine: undefined }));

/** Value and gradient, both asked for only after the arguments were spoilt, or before, or never. */
function late({ x, others, call }: Call, spoilt: 'before' | 'afterwards' | 'never'): unknown {
  using tape = new Tape();
  const watched = tape.watch(x);
  const given = others();
  if (spoilt === 'before') for (const argument of given) spoil(argument);
  try {
    const y = call(watched, ...(given as never[]));
    if (spoilt === 'afterwards') for (const argument of given) spoil(argument);
    return {
      shape: y.shape,
      value: y.toList(),
      gradient: tape
        .gradients(sum(core.square(y)))
        .get(watched)
        .toList(),
    };
  } catch (error) {
    if (spoilt === 'before') return 'refused';
    throw error;
  }
}

describe.each([true, false])('with fusion: %s', (fusion) => {
  test.each(Object.keys(calls))('%s keeps to what it was given', (name) => {
    configureEngine({ fusion });
    expect(late(calls[name], 'afterwards')).toEqual(late(calls[name], 'never'));
    // What is spoilt in time does make a difference, or the line above would say nothing.
    expect(late(calls[name], 'before')).not.toEqual(late(calls[name], 'never'));
  });
});

test('tensors, constants, watched numbers and cotangents are copies', () => {
  using tape = new Tape();
  const given = { data: numbers(6), shape: [2, 3], images: array(2, 3), watched: array(2, 3) };
  const x = tensor(given.data, { shape: given.shape });
  const constant = tape.constant(given.images);
  const watched = tape.watch(given.watched);
  const y = core.multiply(core.add(x, constant), watched);
  const before = core.multiply(core.add(tensor(array(2, 3)), array(2, 3)), array(2, 3)).toList();
  spoil(given);
  expect([x.shape, y.shape, y.toList()]).toEqual([[2, 3], [2, 3], before]);
});
