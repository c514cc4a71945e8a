import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool,
  globalMaxPool,
  maxPool1dWithPlaces,
  maxPool2dWithPlaces,
  maxPool3dWithPlaces,
  type Shape,
  type Tensor,
} from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { tensorOf } from './constant.ts';
import type { Node, OnnxOp } from './node.ts';

/** Pooling of `[N, C, ...spatial]`, with one, two or three spatial axes. */
export const poolings: Readonly<Record<string, OnnxOp>> = {
  MaxPool: (node) => {
    const x = node.tensor(0);
    const { kernelSize, stride, dilation, padding, ceilMode } = readWindow(node);
    const isColumnMajor = node.attributes.flag('storage_order');
    const { output, places } = maxPoolings[x.rank - 3](x, { kernelSize, stride, dilation, padding, ceilMode });
    if (node.outputCount < 2) return node.like(output);
    const spatial = x.shape.slice(2);
    const perPlane = sizeOf(output.shape.slice(2));
    const indices = Array.from(places, (index, at) => {
      const inPlane = isColumnMajor ? columnMajor(index, spatial) : index;
      return Math.floor(at / perPlane) * sizeOf(spatial) + inPlane;
    });
    return [...node.like(output), { tensor: tensorOf(indices, output.shape), dtype: 'int64' }];
  },
  AveragePool: (node) => {
    const x = node.tensor(0);
    const { dilation, ...options } = readWindow(node);
    if (dilation.some((distance) => distance !== 1))
      throw new Unsupported(`option dilations = [${dilation.join(', ')}]`);
    const countIncludePad = node.attributes.flag('count_include_pad');
    return node.like(avgPoolings[x.rank - 3](x, { ...options, countIncludePad }));
  },
  GlobalAveragePool: (node) => node.like(globalAvgPool(node.tensor(0), { keepDims: true })),
  GlobalMaxPool: (node) => node.like(globalMaxPool(node.tensor(0), { keepDims: true })),
};

type Two = readonly [number, number];

interface Window {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly Two[];
  readonly ceilMode: boolean;
}

type Dilated = Window & { readonly dilation: readonly number[] };

/** The options of images and of signals, which have their own form. */
const two = ([first, second]: readonly number[]): Two => [first, second];
const images = ({ kernelSize, stride, padding, ceilMode }: Window) => ({
  kernelSize: two(kernelSize),
  stride: two(stride),
  padding: [padding[0], padding[1]] as const,
  ceilMode,
});
const signals = ({ kernelSize, stride, padding, ceilMode }: Window) => ({
  kernelSize: kernelSize[0],
  stride: stride[0],
  padding: padding[0],
  ceilMode,
});

const maxPoolings = [
  (x: Tensor, options: Dilated) => maxPool1dWithPlaces(x, { ...signals(options), dilation: options.dilation[0] }),
  (x: Tensor, options: Dilated) => maxPool2dWithPlaces(x, { ...images(options), dilation: two(options.dilation) }),
  (x: Tensor, options: Dilated) => maxPool3dWithPlaces(x, options),
] as const;

type Averaged = Window & { readonly countIncludePad: boolean };

const avgPoolings = [
  (x: Tensor, options: Averaged) => avgPool1d(x, { ...options, ...signals(options) }),
  (x: Tensor, options: Averaged) => avgPool2d(x, { ...options, ...images(options) }),
  (x: Tensor, options: Averaged) => avgPool3d(x, options),
] as const;

/** The window attributes; `pads` is all beginnings, then all ends, and `auto_pad` works them out. */
function readWindow(node: Node): Dilated {
  const { attributes } = node;
  const axes = node.tensor(0).rank - 2;
  if (axes < 1 || axes > 3) throw new Unsupported(`${axes}-D ${node.op} not built yet`);
  const kernelSize = perAxis(node, 'kernel_shape');
  if (kernelSize === undefined) throw new MalformedCase('a pooling without kernel_shape');
  const stride = perAxis(node, 'strides') ?? kernelSize.map(() => 1);
  const dilation = perAxis(node, 'dilations') ?? kernelSize.map(() => 1);
  const kind = attributes.choice('auto_pad', ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'], 'NOTSET');
  const pads = attributes.wholes('pads') ?? new Array<number>(2 * axes).fill(0);
  if (pads.length !== 2 * axes) throw new MalformedCase(`pads has ${pads.length} numbers, wanted ${2 * axes}`);
  const padding = kernelSize.map((kernel, axis): Two => {
    if (kind === 'NOTSET') return [pads[axis], pads[axis + axes]];
    if (kind === 'VALID') return [0, 0];
    const length = node.tensor(0).shape[axis + 2];
    const reach = dilation[axis] * (kernel - 1) + 1;
    const total = Math.max(0, (Math.ceil(length / stride[axis]) - 1) * stride[axis] + reach - length);
    const less = Math.floor(total / 2);
    return kind === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  });
  return { kernelSize, stride, dilation, padding, ceilMode: attributes.flag('ceil_mode') };
}

function perAxis(node: Node, name: string): readonly number[] | undefined {
  const axes = node.tensor(0).rank - 2;
  const list = node.attributes.wholes(name);
  if (list !== undefined && list.length !== axes) {
    throw new MalformedCase(`${name} has ${list.length} lengths, wanted ${axes}`);
  }
  return list;
}

/** An index that is counted last axis fastest, counted first axis fastest. */
function columnMajor(index: number, spatial: Shape): number {
  let rest = index;
  const indices = spatial.toReversed().map((length) => {
    const index = rest % length;
    rest = Math.floor(rest / length);
    return index;
  });
  // Last axis first, as Horner's rule wants them.
  return indices.reduce((total, index, at) => total * spatial[spatial.length - 1 - at] + index, 0);
}
