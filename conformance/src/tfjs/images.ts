import { avgPool2d, conv2d, maxPool2d, type Padding, reshape, type Tensor, transpose } from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';

/** Convolution and pooling as TensorFlow.js has them: images NHWC unless the layout says NCHW, filters `[h, w, in, out]`. */
export const images: Readonly<Record<string, NumericOp>> = {
  conv2d: (inputs) => {
    const filter = transpose(inputs.tensor('filter'), [3, 2, 0, 1]);
    const options = {
      ...readWindow(inputs.attributes, filter.shape.slice(2)),
      dilation: readDilation(inputs.attributes),
    };
    return inLayout(inputs.attributes, inputs.tensor('x'), (x) =>
      conv2d(x, filter, { ...options, bias: inputs.optional('bias'), ...withSame(options, x, filter.shape.slice(2)) }),
    );
  },
  // Each channel is convolved by itself; output channel = in·multiplier + m.
  depthwise_conv2d: (inputs) => {
    const filter = inputs.tensor('filter');
    const [height, width, channels, multiplier] = filter.shape;
    const perChannel = reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
    const options = { ...readWindow(inputs.attributes, [height, width]), dilation: readDilation(inputs.attributes) };
    return inLayout(inputs.attributes, inputs.tensor('x'), (x) =>
      conv2d(x, perChannel, { ...options, groups: channels, ...withSame(options, x, [height, width]) }),
    );
  },
  max_pool: (inputs) => {
    const kernelSize = readPair(inputs.attributes, 'kernel_shape');
    const options = {
      kernelSize,
      ...readWindow(inputs.attributes, kernelSize),
      dilation: readDilation(inputs.attributes),
    };
    return inLayout(inputs.attributes, inputs.tensor('x'), (x) =>
      maxPool2d(x, { ...options, ...withSame(options, x, kernelSize) }),
    );
  },
  avg_pool: (inputs) => {
    const kernelSize = readPair(inputs.attributes, 'kernel_shape');
    const options = { kernelSize, ...readWindow(inputs.attributes, kernelSize) };
    const countIncludePad = inputs.attributes.flag('count_include_pad');
    const dilation = readDilation(inputs.attributes);
    if (dilation.some((distance) => distance !== 1))
      throw new Unsupported(`option dilations = [${dilation.join(', ')}]`);
    return inLayout(inputs.attributes, inputs.tensor('x'), (x) =>
      avgPool2d(x, { ...options, countIncludePad, ...withSame(options, x, kernelSize) }),
    );
  },
};

interface Window {
  readonly stride: readonly [number, number];
  /** `undefined` for TensorFlow's `same`, which depends on the size of the image. */
  readonly padding: Padding | undefined;
  readonly dilation?: readonly [number, number];
}

/** Strides and padding; `pads` is `[top, left, bottom, right]`. */
function readWindow(attributes: Attributes, kernel: readonly number[]): Window {
  if (kernel.length !== 2) throw new Unsupported(`${kernel.length} spatial axes`);
  const stride = attributes.has('strides') ? readPair(attributes, 'strides') : ([1, 1] as const);
  const kind = attributes.choice('tf_pad', ['same', 'valid', 'explicit'], 'explicit');
  const pads = attributes.wholes('pads');
  if (pads !== undefined && pads.length !== 4) throw new MalformedCase(`pads has ${pads.length} numbers, wanted 4`);
  if (pads === undefined && kind === 'same') return { stride, padding: undefined };
  const [top, left, bottom, right] = pads ?? [0, 0, 0, 0];
  return {
    stride,
    padding: [
      [top, bottom],
      [left, right],
    ],
  };
}

/** The padding in numbers: with `same`, ⌈length / stride⌉ positions come out, and an odd cell goes to the end. */
function withSame({ stride, padding, dilation = [1, 1] }: Window, x: Tensor, kernel: readonly number[]) {
  if (padding !== undefined) return { padding };
  const sides = [0, 1].map((axis): [number, number] => {
    const length = x.shape[axis + 2];
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    const total = Math.max(0, (Math.ceil(length / stride[axis]) - 1) * stride[axis] + reach - length);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  return { padding: [sides[0], sides[1]] as const };
}

function readDilation(attributes: Attributes): readonly [number, number] {
  return attributes.has('dilations') ? readPair(attributes, 'dilations') : [1, 1];
}

function readPair(attributes: Attributes, name: string): readonly [number, number] {
  const list = attributes.wholes(name);
  if (list?.length === 1) return [list[0], list[0]];
  if (list?.length !== 2) throw new MalformedCase(`${name} is not a pair`);
  return [list[0], list[1]];
}

/** Calls `op` with images as NCHW and brings what comes out back to the layout of the case. */
function inLayout(attributes: Attributes, x: Tensor, op: (x: Tensor) => Tensor) {
  const layout = attributes.text('layout') ?? 'NHWC';
  if (x.rank !== 4) throw new Unsupported(`images of ${x.rank} axes`);
  if (layout.includes('NCHW')) return { y: op(x) };
  if (!layout.includes('NHWC')) throw new Unsupported(`layout ${layout}`);
  return { y: transpose(op(transpose(x, [0, 3, 1, 2])), [0, 2, 3, 1]) };
}
