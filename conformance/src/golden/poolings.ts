import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2dWithIndices,
  avgPool1d,
  maxPool1dWithIndices,
  maxPool3dWithIndices,
  type Tensor,
} from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { ofBatch } from './batches.ts';

/** Pooling along one and three axes, and into a given number of cells. */
export const poolings: Readonly<Record<string, NumericOp>> = {
  max_pool1d: (inputs) => {
    const { attributes } = inputs;
    const [kernelSize, stride, padding] = readWindow(attributes, 1);
    const [dilation] = perAxis(attributes, 'dilation', 1) ?? [1];
    const ceilMode = attributes.flag('ceil_mode');
    const options = { kernelSize: kernelSize[0], stride: stride[0], padding: padding[0], dilation, ceilMode };
    return ofBatch(inputs, 1, (x) => withIndices(maxPool1dWithIndices(x, options)));
  },
  max_pool3d: (inputs) => {
    const { attributes } = inputs;
    const [kernelSize, stride, padding] = readWindow(attributes, 3);
    const dilation = perAxis(attributes, 'dilation', 3) ?? 1;
    const ceilMode = attributes.flag('ceil_mode');
    const options = { kernelSize, stride, padding, dilation, ceilMode };
    return ofBatch(inputs, 3, (x) => withIndices(maxPool3dWithIndices(x, options)));
  },
  avg_pool1d: (inputs) => {
    const { attributes } = inputs;
    const [[kernelSize], [stride], [padding]] = readWindow(attributes, 1);
    const ceilMode = attributes.flag('ceil_mode');
    const countIncludePad = attributes.flag('count_include_pad', true);
    const options = { kernelSize, stride, padding, ceilMode, countIncludePad };
    return ofBatch(inputs, 1, (x) => ({ output: avgPool1d(x, options) }));
  },
  adaptive_avg_pool2d: (inputs) => {
    const cells = readCells(inputs.attributes);
    return ofBatch(inputs, 2, (x) => ({ output: adaptiveAvgPool2d(x, { outputSize: cells }) }));
  },
  adaptive_max_pool2d: (inputs) => {
    const cells = readCells(inputs.attributes);
    return ofBatch(inputs, 2, (x) => withIndices(adaptiveMaxPool2dWithIndices(x, { outputSize: cells })));
  },
};

function withIndices({ output, indices }: { readonly output: Tensor; readonly indices: Int32Array }): Outputs {
  return { output, indices: { shape: output.shape, numbers: indices } };
}

/** Kernel size, stride and padding, a number for each axis. */
function readWindow(attributes: Attributes, axes: number) {
  const kernelSize = perAxis(attributes, 'kernel_size', axes);
  if (kernelSize === undefined) throw new MalformedCase('a pooling without kernel_size');
  const stride = perAxis(attributes, 'stride', axes) ?? kernelSize;
  const padding = perAxis(attributes, 'padding', axes) ?? kernelSize.map(() => 0);
  return [kernelSize, stride, padding] as const;
}

function readCells(attributes: Attributes): readonly [number, number] {
  const cells = perAxis(attributes, 'output_size', 2);
  if (cells === undefined) throw new Unsupported('an output_size that follows from the input');
  return [cells[0], cells[1]];
}

/** Whole numbers for the axes; a single one stands for all, an empty list for none given. */
function perAxis(attributes: Attributes, name: string, axes: number): readonly number[] | undefined {
  const list = attributes.wholes(name);
  if (list === undefined || list.length === 0) return undefined;
  if (list.length === 1) return new Array<number>(axes).fill(list[0]);
  if (list.length !== axes) throw new MalformedCase(`${name} has ${list.length} numbers, for ${axes} axes`);
  return list;
}
