import {
  avgPool2d,
  conv2d,
  globalAvgPool,
  globalMaxPool,
  maxPool2dWithIndices,
  type Padding,
  pad,
  type Tensor,
} from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { ofBatch } from './batches.ts';
import { readPairs } from './shapes.ts';

/** Convolution and pooling of `[batch, channels, height, width]`, or of a single image without the batch axis. */
export const images: Readonly<Record<string, NumericOp>> = {
  conv2d: (inputs) => {
    const { attributes } = inputs;
    const weight = inputs.tensor('weight');
    const options = {
      bias: inputs.optional('bias'),
      stride: readPair(attributes, 'stride') ?? 1,
      padding: readPadding(attributes),
      dilation: readPair(attributes, 'dilation') ?? 1,
      groups: attributes.number('groups') ?? 1,
    };
    const around = attributes.has('pre_pad') ? readPairs('pre_pad', attributes.raw('pre_pad')) : [];
    attributes.informational('pre_pad');
    return ofBatch(inputs, 2, (x) => ({ output: conv2d(prePadded(x, around), weight, options) }));
  },
  max_pool2d: (inputs) => {
    const options = {
      ...poolOptions(inputs.attributes),
      dilation: readPair(inputs.attributes, 'dilation') ?? 1,
    };
    return ofBatch(inputs, 2, (x) => {
      const { output, indices } = maxPool2dWithIndices(x, options);
      return { output, indices: { shape: output.shape, numbers: indices } };
    });
  },
  avg_pool2d: (inputs) => {
    const options = {
      ...poolOptions(inputs.attributes),
      countIncludePad: inputs.attributes.flag('count_include_pad', true),
      divisorOverride: inputs.attributes.number('divisor_override'),
    };
    return ofBatch(inputs, 2, (x) => ({ output: avgPool2d(x, options) }));
  },
  global_avg_pool2d: (inputs) => {
    const keepDims = inputs.attributes.flag('keepdim', true);
    return ofBatch(inputs, 2, (x) => ({ output: globalAvgPool(x, { keepDims }) }));
  },
  global_max_pool2d: (inputs) => {
    const keepDims = inputs.attributes.flag('keepdim', true);
    return ofBatch(inputs, 2, (x) => ({ output: globalMaxPool(x, { keepDims }) }));
  },
};

/** Reads one or two whole numbers as a pair. */
function readPair(attributes: Attributes, name: string): readonly [number, number] | undefined {
  const list = attributes.wholes(name);
  if (list === undefined || list.length === 0) return undefined;
  if (list.length > 2) throw new MalformedCase(`${name} has ${list.length} numbers, for two axes`);
  return [list[0], list[list.length - 1]];
}

function readPadding(attributes: Attributes): Padding {
  if (typeof attributes.raw('padding') === 'string')
    return attributes.choice<'same' | 'valid'>('padding', ['same', 'valid'], 'valid');
  return readPair(attributes, 'padding') ?? 0;
}

function poolOptions(attributes: Attributes) {
  const kernelSize = readPair(attributes, 'kernel_size');
  if (kernelSize === undefined) throw new MalformedCase('a pooling without kernel_size');
  return {
    kernelSize,
    stride: readPair(attributes, 'stride') ?? kernelSize,
    padding: readPair(attributes, 'padding') ?? 0,
    ceilMode: attributes.flag('ceil_mode'),
  };
}

function prePadded(x: Tensor, around: readonly (readonly [number, number])[]): Tensor {
  if (around.flat().every((count) => count === 0)) return x;
  return pad(x, [[0, 0], [0, 0], ...around]);
}
