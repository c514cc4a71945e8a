import { Random, type Shape, type Tensor, tensor } from '@tapegrad/core';
import {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  Affine,
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  BatchNorm,
  Broadcast,
  CELU,
  Clamp,
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  DeformConv2d,
  Dense,
  DropBlock,
  Dropout,
  ELU,
  Elementwise,
  Embedding,
  Flatten,
  GELU,
  GlobalAvgPool1d,
  GlobalAvgPool2d,
  GlobalAvgPool3d,
  GlobalMaxPool1d,
  GlobalMaxPool2d,
  GlobalMaxPool3d,
  GroupNorm,
  HardSigmoid,
  HardSwish,
  InstanceNorm,
  type Layer,
  LayerNorm,
  LeakyReLU,
  LogSoftmax,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
  Mish,
  Pad,
  Permute,
  Power,
  PReLU,
  Reduce,
  ReLU,
  ReLU6,
  Reshape,
  Residual,
  SELU,
  Sequential,
  Sigmoid,
  SiLU,
  Slice,
  Softmax,
  Softplus,
  Softsign,
  Take,
  Tanh,
  Upsample,
} from '@tapegrad/nn';

export interface Architecture {
  readonly name: string;
  readonly inputShape: Shape;
  readonly layers: () => Layer[];
  /** The version to be asked for. Default: none. */
  readonly opset?: number;
  /** Of how many different whole numbers the inputs are; by default they are normal random numbers. */
  readonly indices?: number;
}

const conv = (outChannels: number, options = {}) => new Conv2d({ outChannels, kernelSize: 3, ...options });
const norm = () => new BatchNorm();
const basicBlock = (channels: number) =>
  new Residual([
    conv(channels, { padding: 1, bias: false }),
    norm(),
    new ReLU(),
    conv(channels, { padding: 1, bias: false }),
    norm(),
  ]);
const downBlock = (channels: number) =>
  new Residual(
    [conv(channels, { padding: 1, stride: 2 }), norm(), new ReLU(), conv(channels, { padding: 1 }), norm()],
    {
      shortcut: [new Conv2d({ outChannels: channels, kernelSize: 1, stride: 2 }), norm()],
    },
  );
const image = [3, 9, 8];
const one = (name: string, inputShape: Shape, layers: () => Layer[], more = {}): Architecture => ({
  name,
  inputShape,
  layers,
  ...more,
});

/** Each activation, in each form; together with a scaling, so that nothing is lost in a chain. */
const activations: readonly (readonly [string, () => Layer])[] = [
  ['ReLU', () => new ReLU()],
  ['ReLU6', () => new ReLU6()],
  ['PReLU', () => new PReLU()],
  ['PReLU of channels', () => new PReLU({ perChannel: true, start: -0.5 })],
  ['CELU', () => new CELU({ alpha: 0.7 })],
  ['HardSwish', () => new HardSwish()],
  ['Softsign', () => new Softsign()],
  ['LeakyReLU', () => new LeakyReLU()],
  ['LeakyReLU with a slope', () => new LeakyReLU({ slope: 0.3 })],
  ['ELU', () => new ELU()],
  ['ELU with an alpha', () => new ELU({ alpha: 0.7 })],
  ['SELU', () => new SELU()],
  ['SiLU', () => new SiLU()],
  ['Mish', () => new Mish()],
  ['Softplus', () => new Softplus()],
  ['Softplus with a beta', () => new Softplus({ beta: 2 })],
  ['Softplus with a threshold', () => new Softplus({ threshold: 0.25 })],
  ['Softplus with both', () => new Softplus({ beta: -2, threshold: 0.5 })],
  ['GELU', () => new GELU()],
  ['GELU by tanh', () => new GELU({ approximate: 'tanh' })],
  ['HardSigmoid', () => new HardSigmoid()],
  ['HardSigmoid of ONNX', () => new HardSigmoid({ alpha: 0.2, beta: 0.4 })],
  ['Sigmoid', () => new Sigmoid()],
  ['Tanh', () => new Tanh()],
  ['Softmax of channels', () => new Softmax({ axis: 1 })],
  ['LogSoftmax of rows', () => new LogSoftmax({ axis: -2 })],
];

/** Models that together have every layer that can be written, in every form that differs in the file. */
export const architectures: readonly Architecture[] = [
  one('the CNN of the README', [1, 28, 28], () => [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 10 }),
  ]),
  one('LeNet with tanh and mean pooling', [1, 28, 28], () => [
    new Conv2d({ outChannels: 6, kernelSize: 5, padding: 'same' }),
    new Tanh(),
    new AvgPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new Tanh(),
    new AvgPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 120 }),
    new Tanh(),
    new Dense({ outFeatures: 10 }),
    new Softmax(),
  ]),
  one('a multilayer perceptron with dropout', [20], () => [
    new Dense({ outFeatures: 16 }),
    new ReLU(),
    new Dropout(),
    new Dense({ outFeatures: 5, bias: false }),
    new LogSoftmax(),
  ]),
  one('grouped, strided and dilated convolutions', [4, 11, 10], () => [
    conv(6, { groups: 2, stride: 2, padding: 1 }),
    new ReLU(),
    conv(4, { dilation: 2, padding: [2, 1], bias: false }),
  ]),
  one('depthwise and pointwise convolutions', [4, 9, 9], () => [
    conv(8, { groups: 4, padding: 1 }),
    norm(),
    new ReLU(),
    new Conv2d({ outChannels: 6, kernelSize: 1 }),
    norm(),
    new ReLU(),
  ]),
  one('same padding with an even kernel, and padding on one side', image, () => [
    new Conv2d({ outChannels: 4, kernelSize: [4, 2], padding: 'same' }),
    new Conv2d({
      outChannels: 4,
      kernelSize: 3,
      padding: [
        [0, 2],
        [1, 0],
      ],
    }),
  ]),
  one('signals', [3, 21], () => [
    new Conv1d({ outChannels: 6, kernelSize: 5, stride: 2, padding: [2, 1] }),
    norm(),
    new ReLU(),
    new MaxPool1d({ kernelSize: 2 }),
    new Conv1d({ outChannels: 4, kernelSize: 3, padding: 'same', groups: 2 }),
    new AvgPool1d({ kernelSize: 3, stride: 1, padding: 1 }),
    new GlobalAvgPool1d(),
    new Dense({ outFeatures: 3 }),
  ]),
  one('volumes', [2, 5, 6, 4], () => [
    new Conv3d({ outChannels: 4, kernelSize: [3, 3, 2], padding: [1, 0, 1], stride: [1, 2, 1] }),
    new ReLU(),
    new ConvTranspose3d({ outChannels: 2, kernelSize: 2, stride: 2, outputPadding: [1, 0, 1] }),
    new Flatten(),
    new Dense({ outFeatures: 3 }),
  ]),
  one('a transposed convolution of signals', [4, 7], () => [
    new ConvTranspose1d({ outChannels: 6, kernelSize: 4, stride: 3, padding: 1, outputPadding: 2, groups: 2 }),
  ]),
  one('an autoencoder with transposed convolutions', [1, 12, 12], () => [
    conv(4, { stride: 2, padding: 1 }),
    new ReLU(),
    new ConvTranspose2d({ outChannels: 3, kernelSize: 3, stride: 2, padding: 1, outputSize: [12, 11] }),
    new ReLU(),
    new ConvTranspose2d({ outChannels: 1, kernelSize: [2, 3], dilation: 2, bias: false }),
    new Sigmoid(),
  ]),
  one('a deformable convolution', [4, 7, 8], () => [
    new DeformConv2d({ outChannels: 6, kernelSize: 3, padding: 1, groups: 2, offsetGroups: 2 }),
  ]),
  one('a modulated deformable convolution', [4, 7, 8], () => [
    new DeformConv2d({ outChannels: 4, kernelSize: [3, 2], stride: 2, modulated: true, bias: false }),
    new ReLU(),
  ]),
  one('max poolings: padding, dilation, ceil mode', [2, 16, 17], () => [
    new MaxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
    new MaxPool2d({ kernelSize: 2, stride: 1, dilation: 2 }),
    new MaxPool2d({ kernelSize: 2, stride: 2, ceilMode: true }),
  ]),
  one('a max pooling whose last window is left out', [2, 6, 7], () => [
    new MaxPool2d({ kernelSize: 2, stride: 3, padding: 1, ceilMode: true }),
  ]),
  one('mean poolings: counting padding, not counting it, ceil mode, a divisor', [2, 17, 18], () => [
    new AvgPool2d({ kernelSize: 3, stride: 1, padding: 1 }),
    new AvgPool2d({ kernelSize: 3, stride: 1, padding: 1, countIncludePad: false }),
    new AvgPool2d({ kernelSize: 3, stride: 2, padding: 1, ceilMode: true }),
    new AvgPool2d({ kernelSize: 2, stride: 2, ceilMode: true }),
    new AvgPool2d({ kernelSize: [2, 3], stride: 1, padding: 1, divisorOverride: 5 }),
  ]),
  one('mean poolings in ceil mode with a divisor, and one whose last window is left out', [2, 6, 7], () => [
    new AvgPool2d({ kernelSize: 2, stride: 2, ceilMode: true, divisorOverride: 3 }),
    new AvgPool2d({ kernelSize: 2, stride: 3, padding: 1, ceilMode: true }),
  ]),
  one('adaptive pooling of images', [3, 8, 6], () => [
    new AdaptiveAvgPool2d({ outputSize: [4, 2] }),
    new Flatten(),
    new Dense({ outFeatures: 2 }),
  ]),
  one('adaptive pooling to one cell', [3, 8, 6], () => [
    new AdaptiveAvgPool2d({ outputSize: 1 }),
    new Flatten(),
    new Dense({ outFeatures: 2 }),
  ]),
  one('adaptive pooling of signals', [3, 9], () => [new AdaptiveAvgPool1d({ outputSize: 3 })]),
  one('adaptive pooling into cells of different sizes', [3, 8, 7], () => [
    new AdaptiveAvgPool2d({ outputSize: [5, 3] }),
    new AdaptiveMaxPool2d({ outputSize: [3, 4] }),
  ]),
  one('adaptive pooling of signals into cells of different sizes', [3, 9], () => [
    new AdaptiveAvgPool1d({ outputSize: 4 }),
    new AdaptiveMaxPool1d({ outputSize: 3 }),
  ]),
  one(
    'adaptive pooling into cells of different sizes in opset 17',
    [2, 5, 4],
    () => [new AdaptiveAvgPool2d({ outputSize: [5, 3] })],
    { opset: 17 },
  ),
  one('global mean pooling', image, () => [conv(4), new GlobalAvgPool2d(), new Dense({ outFeatures: 3 })]),
  one('global max pooling', image, () => [
    new GlobalMaxPool2d({ keepDims: true }),
    new Conv2d({ outChannels: 4, kernelSize: 1 }),
  ]),
  one('global max pooling of signals', [3, 8], () => [new GlobalMaxPool1d(), new Dense({ outFeatures: 3 })]),
  one('batch normalisation, with and without weights', image, () => [
    norm(),
    conv(4),
    new BatchNorm({ affine: false, epsilon: 1e-3 }),
    new Flatten(),
    norm(),
  ]),
  one('layer normalisation of rows', [7], () => [
    new Dense({ outFeatures: 6 }),
    new LayerNorm(),
    new LayerNorm({ affine: false, epsilon: 1e-4 }),
  ]),
  one('layer normalisation of images and of channels', image, () => [
    new LayerNorm({ axes: [1, 2, 3] }),
    new LayerNorm({ axes: 1 }),
    new LayerNorm({ axes: [1, 3] }),
  ]),
  one('group and instance normalisation', [4, 6, 5], () => [
    new GroupNorm({ groups: 2 }),
    conv(6),
    new GroupNorm({ groups: 6, epsilon: 1e-3 }),
    new GroupNorm({ groups: 3, affine: false }),
  ]),
  one(
    'group normalisation in opset 17, and of rows',
    [4, 6, 5],
    () => [
      new GroupNorm({ groups: 2 }),
      new GroupNorm({ groups: 1, affine: false }),
      new Flatten(),
      new GroupNorm({ groups: 5 }),
    ],
    { opset: 17 },
  ),
  one('activations in opset 17', [4, 5, 6], () => [new Mish(), new GELU(), new GELU({ approximate: 'tanh' })], {
    opset: 17,
  }),
  one(
    'an embedding',
    [6],
    () => [new Embedding({ count: 11, features: 4 }), new Flatten(), new Dense({ outFeatures: 3 })],
    { indices: 11 },
  ),
  one(
    'an embedding behind dropout, convolved',
    [5, 6],
    () => [new Dropout(), new Embedding({ count: 7, features: 3 }), conv(4, { padding: 1 }), new ReLU()],
    { indices: 7 },
  ),
  one('a residual network', [3, 12, 12], () => [
    conv(4, { padding: 1 }),
    basicBlock(4),
    new ReLU(),
    downBlock(8),
    new ReLU(),
    basicBlock(8),
    new ReLU(),
    new GlobalAvgPool2d(),
    new Dense({ outFeatures: 10 }),
  ]),
  one('residual blocks before activation, within each other, and of nothing', [4, 6, 6], () => [
    new Residual([norm(), new ReLU(), conv(4, { padding: 1 }), new Residual([new SiLU(), conv(4, { padding: 1 })])]),
    new Residual([]),
    new Residual([new Residual([new Tanh()], { shortcut: [new GELU()] })], { shortcut: [norm()] }),
  ]),
  one('blocks that are dropped', [4, 8, 8], () => [
    conv(4),
    new DropBlock({ blockSize: 3 }),
    new Mish(),
    new Flatten(),
    new Dense({ outFeatures: 2 }),
  ]),
  one('poolings of volumes', [2, 6, 7, 9], () => [
    new MaxPool3d({ kernelSize: 2, stride: 1, padding: [0, 1, 1], dilation: [1, 2, 1] }),
    new AvgPool3d({ kernelSize: [1, 2, 3], stride: 2, padding: [0, 1, 0], countIncludePad: false }),
    new GlobalAvgPool3d(),
    new Dense({ outFeatures: 3 }),
  ]),
  one('the largest number of volumes', [2, 3, 4, 5], () => [new GlobalMaxPool3d()]),
  one('adaptive max pooling', [3, 8, 6], () => [
    new AdaptiveMaxPool2d({ outputSize: [4, 2] }),
    new Flatten(),
    new Reshape({ shape: [4, 6] }),
    new AdaptiveMaxPool1d({ outputSize: 3 }),
    new AdaptiveMaxPool1d({ outputSize: 1 }),
  ]),
  one('mean pooling with gaps', [2, 9, 8], () => [
    new AvgPool2d({ kernelSize: 2, stride: 1, dilation: 2, padding: 1, countIncludePad: false }),
    new AvgPool2d({ kernelSize: [2, 3], stride: 1, dilation: [2, 1], divisorOverride: 5 }),
  ]),
  one('images at another size, by scale and by size', [2, 4, 3], () => [
    new Upsample({ scale: 2 }),
    new Upsample({ scale: [1.5, 2], mode: 'bilinear' }),
    new Upsample({ size: [7, 20], mode: 'bilinear', alignCorners: true }),
    new Upsample({ size: [10, 9] }),
  ]),
  one('signals at another size', [2, 5], () => [
    new Upsample({ scale: 1.6, mode: 'linear' }),
    new Upsample({ size: 5, mode: 'linear' }),
  ]),
  one('padding of every kind', [2, 5, 6], () => [
    new Pad({ padding: [1, [2, 0]], value: 0.5 }),
    new Pad({ padding: 2, mode: 'reflect' }),
    new Pad({ padding: [0, 1], mode: 'replicate' }),
    new Pad({ padding: [[1, 0], 2], mode: 'circular' }),
  ]),
  one('convolutions padded by their images', [2, 6, 7], () => [
    conv(4, { padding: 'same', paddingMode: 'reflect', groups: 2 }),
    conv(3, { padding: [2, [1, 0]], paddingMode: 'replicate', stride: [1, 2] }),
    conv(2, { padding: 1, paddingMode: 'circular', dilation: 1 }),
    conv(2, { paddingMode: 'reflect' }),
  ]),
  one('instance normalisation, with and without weights', [4, 6, 5], () => [
    new InstanceNorm({ affine: true, epsilon: 1e-3 }),
    conv(6),
    new InstanceNorm(),
  ]),
  one('axes in another order, and parts of them', [4, 6, 5], () => [
    new Permute({ order: [0, 2, 3, 1] }),
    new Slice({ axis: 1, start: 1, end: -1, step: 2 }),
    new Slice({ axis: -1, start: 2 }),
    new Permute({ order: [0, 3, 1, 2] }),
    conv(3, { padding: 1 }),
  ]),
  one('channels turned around, one of them twice', [3, 4, 5], () => [
    new Take({ axis: 1, indices: [2, 1, 0, 2] }),
    new Take({ axis: -1, indices: [4, 0] }),
  ]),
  one('a channel of its own', [3, 4, 5], () => [new Slice({ axis: 1, end: 1 }), new Flatten()]),
  one('factors and terms of every shape', [3, 4, 5], () => [
    new Affine(),
    new Affine({ shape: [5], bias: false }),
    new Affine({ shape: [4, 1], weight: false }),
    new Affine({ shape: [] }),
    new Affine({ weight: false, bias: false }),
  ]),
  one('bounds', [3, 4], () => [
    new Clamp({ min: -1.5, max: 1 }),
    new Clamp({ min: -1.2 }),
    new Clamp({ max: 0.9 }),
    new Clamp({ min: -0.9, max: Infinity }),
  ]),
  one('powers', [3, 4], () => [
    new Elementwise({ operation: 'abs' }),
    new Affine(),
    new Elementwise({ operation: 'abs' }),
    new Power({ exponent: 1.5 }),
  ]),
  ...(['abs', 'erf', 'exp', 'negate', 'sign', 'square'] as const).map((operation) =>
    // A weight behind it: a sign passes no gradient on.
    one(`the function ${operation}`, [3, 4], () => [new Elementwise({ operation }), new Affine()]),
  ),
  ...(['log', 'reciprocal', 'sqrt'] as const).map((operation) =>
    one(`the function ${operation}`, [3, 4], () => [
      new Softplus(),
      new Affine({ shape: [] }),
      new Softplus(),
      new Elementwise({ operation }),
    ]),
  ),
  ...(['logSumExp', 'max', 'mean', 'min', 'product', 'sum'] as const).map((by) =>
    one(`the ${by} over channels and over columns`, [3, 4, 5], () => [
      new Reduce({ by, axes: 1, keepDims: true }),
      new Reduce({ by, axes: [-1] }),
      new Dense({ outFeatures: 2, lastAxis: true }),
    ]),
  ),
  one(
    'a reduction in an old version',
    [3, 4],
    () => [new Reduce({ by: 'sum', axes: 2 }), new Reduce({ by: 'min', axes: [1] })],
    {
      opset: 17,
    },
  ),
  one('dense layers along the last axis', [3, 4, 5], () => [
    new Dense({ outFeatures: 6, lastAxis: true }),
    new ReLU(),
    new Dense({ outFeatures: 2, lastAxis: true, bias: false }),
  ]),
  ...activations.map(([name, make]) => one(`the activation ${name}`, [4, 5, 6], () => [make()])),
  one('rows repeated', [3, 1, 5], () => [new Broadcast({ shape: [3, 4, 5] }), new Affine({ shape: [4, 1] })]),
  one('nothing but dropout', [5], () => [new Dropout()]),
];

/** A model of that architecture whose statistics and biases have moved from where they start. */
export function trained({ layers, inputShape }: Architecture, seed = 1): Sequential {
  const random = new Random(seed);
  const model = new Sequential(layers(), { inputShape, random });
  for (const parameter of model.parameters) {
    parameter.update((numbers) => {
      for (let at = 0; at < numbers.length; at++) numbers[at] += 0.1 * random.normal();
    });
  }
  for (const buffer of model.buffers) {
    const moved = buffer.value.toFlatArray().map((number) => number + 0.5 * (random.uniform() - 0.5));
    buffer.assign(tensor(moved, { shape: buffer.shape }));
  }
  return model;
}

/** A batch of random inputs. */
export function inputsOf({ inputShape, indices }: Architecture, batch = 3, seed = 2): Tensor {
  const random = new Random(seed);
  const size = inputShape.reduce((product, length) => product * length, batch);
  const draw = () => (indices === undefined ? random.normal() : Math.floor(random.uniform() * indices));
  return tensor(Float32Array.from({ length: size }, draw), { shape: [batch, ...inputShape] });
}
