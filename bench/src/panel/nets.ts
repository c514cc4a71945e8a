import type { ConvolutionForm, PanelLayer, PanelNet, PoolingForm } from './layers.ts';

/*
 * A dozen nets that people write: not ours, and none that the kernels were tuned for. Each is trained with Adam and the
 * loss that fits its target.
 */

const conv = (outChannels: number, kernelSize: number, rest: Partial<ConvolutionForm> = {}): ConvolutionForm => ({
  kind: 'conv',
  axes: 2,
  outChannels,
  kernelSize,
  ...rest,
});
const pool = (kind: PoolingForm['kind'], kernelSize: number, rest: Partial<PoolingForm> = {}): PoolingForm => ({
  kind,
  axes: 2,
  kernelSize,
  ...rest,
});
const dense = (outFeatures: number): PanelLayer => ({ kind: 'dense', outFeatures });
const relu = { kind: 'relu' } as const;
const tanh = { kind: 'tanh' } as const;
const gelu = { kind: 'gelu' } as const;
const flatten = { kind: 'flatten' } as const;
const batchNorm = { kind: 'batchNorm' } as const;
const globalAvgPool = { kind: 'globalAvgPool', axes: 2 } as const;
const groupNorm = { kind: 'groupNorm', groups: 8 } as const;
const tenClasses = { kind: 'classes', count: 10 } as const;
const cifar = [3, 32, 32];

/** 3 × 3 with a batch norm and a relu behind it. */
const normalised = (outChannels: number): readonly PanelLayer[] => [
  conv(outChannels, 3, { padding: 1 }),
  batchNorm,
  relu,
];

/** The block of a ResNet; where it strides, a 1 × 1 convolution brings its input to the same shape. */
function residual(channels: number, stride = 1): readonly PanelLayer[] {
  const body = [
    conv(channels, 3, { padding: 1, stride, bias: false }),
    ...[batchNorm, relu],
    conv(channels, 3, { padding: 1, bias: false }),
    batchNorm,
  ];
  const shortcut = stride === 1 ? {} : { shortcut: [conv(channels, 1, { stride, bias: false }), batchNorm] };
  return [{ kind: 'residual', body, ...shortcut }, relu];
}

/** A depthwise 3 × 3 and a 1 × 1, as MobileNet has them. */
const separable = (inChannels: number, outChannels: number, stride: number): readonly PanelLayer[] => [
  conv(inChannels, 3, { padding: 1, stride, groups: inChannels, bias: false }),
  ...[batchNorm, relu],
  conv(outChannels, 1, { bias: false }),
  ...[batchNorm, relu],
];

export const panelNets = {
  mlp: {
    about: 'three dense layers',
    batch: 128,
    input: [784],
    target: tenClasses,
    layers: [dense(512), relu, dense(256), relu, dense(10)],
  },
  lenet: {
    about: 'LeNet-5 with tanh and average pooling',
    batch: 64,
    input: [1, 28, 28],
    target: tenClasses,
    layers: [
      ...[conv(6, 5, { padding: 2 }), tanh, pool('avgPool', 2), conv(16, 5), tanh, pool('avgPool', 2)],
      ...[flatten, dense(120), tanh, dense(84), tanh, dense(10)],
    ],
  },
  quick: {
    about: 'the CIFAR-10 "quick" net of Caffe, with overlapping poolings',
    batch: 64,
    input: cifar,
    target: tenClasses,
    layers: [
      ...[conv(32, 5, { padding: 2 }), pool('maxPool', 3, { stride: 2 }), relu],
      ...[conv(32, 5, { padding: 2 }), relu, pool('avgPool', 3, { stride: 2 })],
      ...[conv(64, 5, { padding: 2 }), relu, pool('avgPool', 3, { stride: 2 })],
      ...[flatten, dense(64), dense(10)],
    ],
  },
  vggbn: {
    about: 'VGG-like, five 3×3 convolutions with batch norm',
    batch: 32,
    input: cifar,
    target: tenClasses,
    layers: [
      ...[...normalised(32), ...normalised(32), pool('maxPool', 2)],
      ...[...normalised(64), ...normalised(64), pool('maxPool', 2)],
      ...[...normalised(128), pool('maxPool', 2), flatten, dense(10)],
    ],
  },
  resnet20: {
    about: 'ResNet-20',
    batch: 32,
    input: cifar,
    target: tenClasses,
    layers: [
      ...[conv(16, 3, { padding: 1, bias: false }), batchNorm, relu],
      ...[...residual(16), ...residual(16), ...residual(16)],
      ...[...residual(32, 2), ...residual(32), ...residual(32)],
      ...[...residual(64, 2), ...residual(64), ...residual(64)],
      ...[globalAvgPool, flatten, dense(10)],
    ],
  },
  mobile: {
    about: 'depthwise separable blocks, as in MobileNet',
    batch: 32,
    input: cifar,
    target: tenClasses,
    layers: [
      ...[conv(32, 3, { padding: 1, bias: false }), batchNorm, relu],
      ...[...separable(32, 64, 1), ...separable(64, 128, 2), ...separable(128, 128, 1), ...separable(128, 256, 2)],
      ...[globalAvgPool, flatten, dense(10)],
    ],
  },
  autoenc: {
    about: 'an autoencoder, with strided and transposed convolutions',
    batch: 64,
    input: [1, 28, 28],
    target: { kind: 'input' },
    layers: [
      ...[conv(16, 3, { stride: 2, padding: 1 }), relu, conv(32, 3, { stride: 2, padding: 1 }), relu],
      conv(16, 3, { kind: 'convTranspose', stride: 2, padding: 1, outputPadding: 1 }),
      relu,
      conv(1, 3, { kind: 'convTranspose', stride: 2, padding: 1, outputPadding: 1 }),
      { kind: 'sigmoid' },
    ],
  },
  conv1d: {
    about: 'signals: three 1-D convolutions',
    batch: 64,
    input: [4, 256],
    target: { kind: 'classes', count: 6 },
    layers: [
      ...[conv(32, 7, { axes: 1, padding: 3 }), relu, pool('maxPool', 2, { axes: 1 })],
      ...[conv(64, 5, { axes: 1, padding: 2 }), relu, pool('maxPool', 2, { axes: 1 })],
      ...[conv(64, 3, { axes: 1, padding: 1 }), relu, { kind: 'globalAvgPool', axes: 1 } as const],
      ...[flatten, dense(6)],
    ],
  },
  dilated: {
    about: 'a class for each pixel, by dilated convolutions',
    batch: 8,
    input: [3, 48, 48],
    target: { kind: 'pixels', count: 5 },
    layers: [
      ...[conv(16, 3, { padding: 1 }), relu, conv(16, 3, { padding: 2, dilation: 2 }), relu],
      ...[conv(16, 3, { padding: 4, dilation: 4 }), relu, conv(5, 1)],
    ],
  },
  conv3d: {
    about: 'volumes: two 3-D convolutions',
    batch: 4,
    input: [1, 8, 24, 24],
    target: { kind: 'classes', count: 4 },
    layers: [
      ...[conv(8, 3, { axes: 3, padding: 1 }), relu, conv(16, 3, { axes: 3, stride: 2, padding: 1 }), relu],
      ...[flatten, dense(4)],
    ],
  },
  gngelu: {
    about: 'group norm with GELU, a strided convolution, dropout',
    batch: 32,
    input: cifar,
    target: tenClasses,
    layers: [
      ...[conv(32, 3, { padding: 1 }), groupNorm, gelu, conv(64, 3, { padding: 1, stride: 2 }), groupNorm, gelu],
      ...[{ kind: 'dropout', rate: 0.2 } as const, globalAvgPool, flatten, dense(10)],
    ],
  },
  tinyreg: {
    about: 'regression of one number by two small dense layers',
    batch: 16,
    input: [1],
    target: { kind: 'value' },
    layers: [dense(32), tanh, dense(32), tanh, dense(1)],
  },
} as const satisfies Readonly<Record<string, PanelNet>>;

export type PanelName = keyof typeof panelNets;

export const panelNames = Object.keys(panelNets) as PanelName[];
