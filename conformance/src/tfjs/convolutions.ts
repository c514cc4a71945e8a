import { conv1d, convTranspose2d, type Tensor, transpose } from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';

/** The convolutions of TensorFlow.js besides those of `images.ts`: signals NWC with filters `[w, in, out]`, images NHWC. */
export const convolutions: Readonly<Record<string, NumericOp>> = {
  conv1d: (inputs) => {
    const { attributes } = inputs;
    const filter = transpose(inputs.tensor('filter'), [2, 1, 0]);
    const [stride] = readAxes(attributes, 'strides', 1) ?? [1];
    const [dilation] = readAxes(attributes, 'dilations', 1) ?? [1];
    const kind = attributes.choice('tf_pad', ['same', 'valid', 'explicit'], 'explicit');
    const pads = readAxes(attributes, 'pads', 2);
    const layout = readLayout(attributes, 'NWC', 'NCW');
    const x = inLayout(layout, inputs.tensor('x'), [0, 2, 1]);
    const padding = pads ?? (kind === 'same' ? samePadding(x.shape[2], filter.shape[2], stride, dilation) : [0, 0]);
    const y = conv1d(x, filter, { stride, dilation, padding: [padding[0], padding[1]], bias: inputs.optional('bias') });
    return { y: inLayout(layout, y, [0, 2, 1]) };
  },
  // The gradient of a conv2d by its images, whose size is given; the filter is that of the conv2d, [h, w, out, in].
  conv2d_transpose: (inputs) => {
    const { attributes } = inputs;
    const filter = transpose(inputs.tensor('filter'), [3, 2, 0, 1]);
    const [strideY, strideX] = readAxes(attributes, 'strides', 2) ?? [1, 1];
    const outputShape = readAxes(attributes, 'output_shape', 4);
    if (outputShape === undefined) throw new MalformedCase('conv2d_transpose without output_shape');
    const kind = attributes.choice('tf_pad', ['same', 'valid', 'explicit'], 'explicit');
    const layout = readLayout(attributes, 'NHWC', 'NCHW');
    const x = inLayout(layout, inputs.tensor('x'), [0, 3, 1, 2]);
    const [, , height, width] = layout === 'last' ? [0, 0, outputShape[1], outputShape[2]] : outputShape;
    const [kernelHeight, kernelWidth] = filter.shape.slice(2);
    const pads = readAxes(attributes, 'pads', 4);
    const same = [samePadding(height, kernelHeight, strideY, 1), samePadding(width, kernelWidth, strideX, 1)] as const;
    const none = [[0, 0] as const, [0, 0] as const] as const;
    const read = pads && ([[pads[0], pads[2]] as const, [pads[1], pads[3]] as const] as const);
    const y = convTranspose2d(x, filter, {
      stride: [strideY, strideX],
      padding: read ?? (kind === 'same' ? same : none),
      outputSize: [height, width],
    });
    return { y: inLayout(layout, y, [0, 2, 3, 1]) };
  },
};

/** TensorFlow's `same`: ⌈length / stride⌉ positions come out, and an odd cell goes to the end. */
function samePadding(length: number, kernel: number, stride: number, dilation: number): readonly [number, number] {
  const reach = dilation * (kernel - 1) + 1;
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function readAxes(attributes: Attributes, name: string, count: number): readonly number[] | undefined {
  const list = attributes.wholes(name);
  if (list === undefined || list.length === count) return list;
  throw new MalformedCase(`${name} has ${list.length} numbers, wanted ${count}`);
}

/** Whether channels come last or, as in tapegrad, first. */
function readLayout(attributes: Attributes, last: string, first: string): 'last' | 'first' {
  const layout = attributes.text('layout') ?? last;
  if (layout.includes(first)) return 'first';
  if (layout.includes(last)) return 'last';
  throw new Unsupported(`layout ${layout}`);
}

function inLayout(layout: 'last' | 'first', x: Tensor, order: readonly number[]): Tensor {
  if (x.rank !== order.length) throw new Unsupported(`inputs of ${x.rank} axes`);
  return layout === 'last' ? transpose(x, order) : x;
}
