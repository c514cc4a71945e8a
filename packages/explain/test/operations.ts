import * as core from '@tapegrad/core';
import { type Shape, Tape, Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import * as ops from '../../core/src/ops/index.ts';

/** A sample call of an op, at a point that is no kink. */
export interface Sample {
  readonly inputs: readonly Tensor[];
  readonly call: (...inputs: Tensor[]) => Tensor;
}

/** Seeded float64 numbers between low and high that are nowhere close to each other, nor to 0. */
export function numbers(shape: Shape, low = -2, high = 2, seed = 1): Tensor {
  const random = new core.Random(seed);
  const size = sizeOf(shape);
  const spread = Float64Array.from({ length: size }, (_, index) => {
    const at = (index + 0.25 + 0.5 * random.uniform(0, 1)) / size;
    return low + (high - low) * at;
  });
  // Mixed, so that they are in no order.
  for (let index = size - 1; index > 0; index--) {
    const other = Math.floor(random.uniform(0, index + 1));
    [spread[index], spread[other]] = [spread[other], spread[index]];
  }
  return tensor(spread, { shape });
}

const one = (call: Sample['call'], x = numbers([2, 3])): Sample => ({ inputs: [x], call });
const two = (call: Sample['call'], x = numbers([2, 3]), y = numbers([3], 0.3, 2, 2)): Sample => ({
  inputs: [x, y],
  call,
});
const images = numbers([1, 2, 4, 4]);
const filters = numbers([2, 2, 2, 2], -1, 1, 3);

/** Calls of the ops that take more than tensors of any shape, by the name of the export and what is particular about it. */
const particular: Readonly<Record<string, Sample>> = {
  sign: one((x) => core.multiply(core.sign(x), x)),
  adaptiveAvgPool1d: one((x) => core.adaptiveAvgPool1d(x, 2), numbers([1, 2, 5])),
  adaptiveAvgPool2d: one((x) => core.adaptiveAvgPool2d(x, [2, 3]), images),
  adaptiveMaxPool2d: one((x) => core.adaptiveMaxPool2d(x, [2, 3]), images),
  adaptiveMaxPool2dWithPlaces: one((x) => core.adaptiveMaxPool2dWithPlaces(x, 2).output, images),
  avgPool1d: one((x) => core.avgPool1d(x, { kernelSize: 2 }), numbers([1, 2, 4])),
  avgPool2d: one((x) => core.avgPool2d(x, { kernelSize: 2, padding: 1 }), images),
  avgPool3d: one((x) => core.avgPool3d(x, { kernelSize: 2 }), numbers([1, 1, 2, 2, 4])),
  batchNorm: one((x) => core.batchNorm(x, { mean: [0.5, 1], variance: [1, 2], weight: [2, 3], bias: [1, 2] }), images),
  batchNormTraining: one((x) => core.batchNormTraining(x).output, images),
  'batchNormTraining, its statistics': one((x) => {
    const { mean, variance } = core.batchNormTraining(x);
    return core.add(mean, variance);
  }, images),
  bilinearSample: {
    inputs: [images, numbers([1, 1, 3], 0.2, 2.9), numbers([1, 1, 3], 0.3, 2.8, 5)],
    call: core.bilinearSample,
  },
  broadcastTo: one((x) => core.broadcastTo(x, [2, 3]), numbers([3])),
  cast: one((x) => core.cast(core.cast(x, 'float32'), 'float64')),
  clamp: one((x) => core.clamp(x, { min: -1, max: 1.5 })),
  'clamp, on one side': one((x) => core.clamp(x, { min: -1 })),
  concat: two((x, y) => core.concat([x, y], 0), numbers([2, 3]), numbers([1, 3])),
  stack: two((x, y) => core.stack([x, y]), numbers([3]), numbers([3], 1, 2)),
  conv1d: two((x, w) => core.conv1d(x, w), numbers([1, 2, 4]), numbers([2, 2, 2])),
  conv2d: {
    inputs: [images, filters, numbers([2])],
    call: (x, w, bias) => core.conv2d(x, w, { bias, stride: 2, padding: 1 }),
  },
  'conv2d, in groups and dilated': {
    inputs: [images, numbers([2, 1, 2, 2])],
    call: (x, w) =>
      core.conv2d(x, w, {
        groups: 2,
        dilation: [1, 2],
        padding: [
          [0, 1],
          [2, 0],
        ],
      }),
  },
  conv3d: two((x, w) => core.conv3d(x, w), numbers([1, 1, 2, 3, 3]), numbers([1, 1, 2, 2, 2])),
  convTranspose1d: two((x, w) => core.convTranspose1d(x, w), numbers([1, 2, 3]), numbers([2, 1, 2])),
  convTranspose2d: {
    inputs: [numbers([1, 2, 2, 2]), numbers([2, 1, 2, 2]), numbers([1])],
    call: (x, w, bias) => core.convTranspose2d(x, w, { bias, stride: 2 }),
  },
  convTranspose3d: two((x, w) => core.convTranspose3d(x, w), numbers([1, 1, 2, 2, 2]), numbers([1, 1, 2, 2, 2])),
  cumulativeSum: one((x) => core.cumulativeSum(x, 1)),
  'cumulativeSum, exclusive': one((x) => core.cumulativeSum(x, 1, { exclusive: true })),
  'cumulativeSum, reverse': one((x) => core.cumulativeSum(x, 0, { reverse: true, exclusive: true })),
  deformConv2d: {
    inputs: [numbers([1, 1, 3, 3]), numbers([1, 8, 2, 2], 0.1, 0.9), numbers([1, 1, 2, 2])],
    call: (x, offset, w) => core.deformConv2d(x, offset, w),
  },
  einsum: two((x, y) => core.einsum('ij,jk->k', x, y), numbers([2, 3]), numbers([3, 2])),
  'einsum, a trace': one((x) => core.einsum('ii->', x), numbers([3, 3])),
  elu: one((x) => core.elu(x, 1.5)),
  embedding: one((x) => core.embedding([0, 2, 0], x, { paddingIndex: 2 }), numbers([3, 2])),
  'embedding, without padding': one((x) => core.embedding([0, 2, 0], x), numbers([3, 2])),
  equal: two((x, y) => core.multiply(core.equal(x, y), x)),
  greater: two((x, y) => core.multiply(core.greater(x, y), x)),
  greaterOrEqual: two((x, y) => core.multiply(core.greaterOrEqual(x, y), x)),
  max: one((x) => core.max(x, { axes: 1 })),
  min: one((x) => core.min(x)),
  maxAlong: one((x) => core.maxAlong(x, 1).values),
  minAlong: one((x) => core.minAlong(x, 1, { keepDims: true }).values),
  gather: one((x) =>
    core.gather(x, 1, [
      [0, 2],
      [1, 1],
    ]),
  ),
  'gelu, by tanh': one((x) => core.gelu(x, { approximate: 'tanh' })),
  globalAvgPool: one((x) => core.globalAvgPool(x), images),
  globalMaxPool: one((x) => core.globalMaxPool(x), images),
  groupNorm: one((x) => core.groupNorm(x, 2, { weight: [1, 2], bias: [0, 1] }), images),
  hardSigmoid: one((x) => core.hardSigmoid(x, { alpha: 0.3, beta: 0.45 })),
  instanceNorm: one((x) => core.instanceNorm(x), images),
  leakyRelu: one((x) => core.leakyRelu(x, 0.1)),
  linear: {
    inputs: [numbers([2, 3]), numbers([2, 3]), numbers([2])],
    call: core.linear,
  },
  'linear, without bias': two((x, w) => core.linear(x, w), numbers([3]), numbers([2, 3])),
  logSumExp: one((x) => core.logSumExp(x, { axes: 1 })),
  'logSumExp, of all': one((x) => core.logSumExp(x, { keepDims: true })),
  matmul: two(core.matmul, numbers([2, 3]), numbers([3, 2])),
  'matmul, of batches': two(core.matmul, numbers([2, 2, 2]), numbers([2, 2])),
  maximum: two(core.maximum, numbers([2, 3]), numbers([3], 0.11, 1.77)),
  minimum: two(core.minimum, numbers([2, 3]), numbers([3], 0.11, 1.77)),
  maxPool1d: one((x) => core.maxPool1d(x, { kernelSize: 2 }), numbers([1, 2, 4])),
  maxPool1dWithPlaces: one((x) => core.maxPool1dWithPlaces(x, { kernelSize: 2 }).output, numbers([1, 2, 4])),
  maxPool2d: one((x) => core.maxPool2d(x, { kernelSize: 2, stride: 1 }), images),
  maxPool2dWithPlaces: one((x) => core.maxPool2dWithPlaces(x, { kernelSize: 2 }).output, images),
  maxPool3d: one((x) => core.maxPool3d(x, { kernelSize: 2 }), numbers([1, 1, 2, 2, 4])),
  maxPool3dWithPlaces: one((x) => core.maxPool3dWithPlaces(x, { kernelSize: 2 }).output, numbers([1, 1, 2, 2, 4])),
  mean: one((x) => core.mean(x, { axes: 0 })),
  'multiply, of one value': one((x) => core.multiply(x, x)),
  pad: one((x) =>
    core.pad(
      x,
      [
        [1, 0],
        [-1, 2],
      ],
      3,
    ),
  ),
  product: one((x) => core.product(x, { axes: 1 })),
  'product, of five': one((x) => core.product(x), numbers([5], 0.5, 2)),
  reshape: one((x) => core.reshape(x, [3, 2])),
  slice: one((x) =>
    core.slice(x, [
      [0, 1],
      [0, null, 2],
    ]),
  ),
  logSoftmax: one((x) => core.logSoftmax(x, 0)),
  softmaxCrossEntropyRows: two(
    (logits, target) => core.softmaxCrossEntropyRows(logits, target),
    numbers([2, 3]),
    numbers([2, 3], 0.1, 0.9),
  ),
  softplus: one((x) => core.softplus(x, { beta: 2 })),
  standardise: one((x) => core.standardise(x, { axes: 1 }).output),
  'standardise, axes that lie apart': one(
    (x) => core.standardise(x, { axes: [1], epsilon: 0.1 }).output,
    numbers([2, 3, 2]),
  ),
  sum: one((x) => core.sum(x, { axes: [1], keepDims: true })),
  take: one((x) => core.take(x, [2, 0, 2], 1)),
  variance: one((x) => core.variance(x, { axes: 1 })),
  where: {
    inputs: [numbers([2, 3]), numbers([3], 0.3, 2, 2)],
    call: (x, y) =>
      core.where(
        [
          [1, 0, 1],
          [0, 0, 1],
        ],
        x,
        y,
      ),
  },
};

/** The numbers that an op is tried with: of both signs, positive, between 0 and 1; then the same for two inputs. */
const tried: readonly (readonly Tensor[])[] = [
  [numbers([2, 3])],
  [numbers([2, 3], 0.3, 3)],
  [numbers([2, 3], 0.1, 0.9)],
  [numbers([2, 3]), numbers([3], 0.3, 2, 2)],
  [numbers([2, 3], 0.4, 2), numbers([3], 0.3, 2, 2)],
];

/** Whether the call records a value that is finite and has a gradient. */
function isSample({ inputs, call }: Sample): boolean {
  using tape = new Tape();
  try {
    const output: unknown = call(...inputs.map((x) => tape.watch(x)));
    if (!(output instanceof Tensor)) return false;
    const index = tape.indexOf(output);
    return index !== undefined && tape.steps[index].needsGradient && output.read().every(Number.isFinite);
  } catch {
    return false;
  }
}

/** The exports of the ops that can be called with tensors alone: a new one needs no line here. */
function plain(): Record<string, Sample> {
  const found: Record<string, Sample> = {};
  for (const [name, op] of Object.entries(ops)) {
    if (typeof op !== 'function' || Object.hasOwn(particular, name)) continue;
    const call = op as Sample['call'];
    const inputs = tried.find((inputs) => isSample({ inputs, call }));
    if (inputs) found[name] = { inputs, call };
  }
  return found;
}

/** Calls of ops, by the name of the export and what is particular about the call. */
export const samples: Readonly<Record<string, Sample>> = { ...plain(), ...particular };
