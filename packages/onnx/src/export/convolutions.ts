import type { AxisWindow, PerAxis, WindowOptions } from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import {
  Conv1d,
  Conv2d,
  Conv3d,
  type ConvolutionPaddingMode,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  DeformConv2d,
  type Layer,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { NodeAttributes } from './graphWriter.ts';
import { exporting, given, type LayerContext, type LayerExport } from './layerExport.ts';
import { paddedBy } from './resizing.ts';

const [signal, image, volume] = [['length'], ['height', 'width'], ['depth', 'height', 'width']];

/** Convolutions, plain, transposed and deformable. */
export const convolutions: readonly LayerExport[] = [
  exporting(Conv1d, (layer, context) => convolution(layer, context, filterOf(layer, context, signal))),
  exporting(DeformConv2d, (layer, context) => deformable(layer, context, filterOf(layer, context, image))),
  exporting(Conv2d, (layer, context) => convolution(layer, context, filterOf(layer, context, image))),
  exporting(Conv3d, (layer, context) => convolution(layer, context, filterOf(layer, context, volume))),
  exporting(ConvTranspose1d, (layer, context) => transposed(layer, context, filterOf(layer, context, signal))),
  exporting(ConvTranspose2d, (layer, context) => transposed(layer, context, filterOf(layer, context, image))),
  exporting(ConvTranspose3d, (layer, context) => transposed(layer, context, filterOf(layer, context, volume))),
];

type Convolution = Layer & {
  readonly options: WindowOptions & {
    readonly kernelSize: PerAxis;
    readonly groups?: number;
    readonly paddingMode?: ConvolutionPaddingMode;
  };
};

function filterOf({ options }: Convolution, { name }: LayerContext, axes: readonly string[]): AxisWindow[] {
  return readWindow(name, options.kernelSize, axes, options);
}

/** Padded by zeros, or behind a node that pads it by numbers of its own. */
function convolution(layer: Convolution, context: LayerContext, axes: readonly AxisWindow[]): string {
  const { paddingMode: mode = 'zeros' } = layer.options;
  if (mode !== 'zeros' && axes.some(({ before, after }) => before + after > 0)) {
    const input = paddedBy(axes, { mode }, { ...context, name: `${context.name}.padded` });
    const unpadded = axes.map((along) => ({ ...along, before: 0, after: 0 }));
    return convolution(
      { ...layer, options: { ...layer.options, paddingMode: 'zeros' } },
      { ...context, input },
      unpadded,
    );
  }
  const inputs = given(context.input, context.weight('weight'), context.weight('bias'));
  return context.graph.node(context.name, 'Conv', inputs, { ...windowOf(axes), group: layer.options.groups ?? 1 });
}

function transposed(layer: Convolution, context: LayerContext, axes: readonly AxisWindow[]): string {
  const { name, input, inputShape, outputShape, graph } = context;
  const inputs = given(input, context.weight('weight'), context.weight('bias'));
  // Output size and output padding are two ways to say the same; ONNX knows the second one for sure.
  const shortest = axes.map(({ kernel, stride, dilation, before, after }, at) => {
    return (inputShape[1 + at] - 1) * stride - before - after + dilation * (kernel - 1) + 1;
  });
  const output_padding = shortest.map((length, at) => outputShape[1 + at] - length);
  return graph.node(name, 'ConvTranspose', inputs, {
    ...windowOf(axes),
    group: layer.options.groups ?? 1,
    output_padding,
  });
}

/** The second convolution, which says where to read, then the deformable one. */
function deformable(layer: DeformConv2d, context: LayerContext, axes: readonly AxisWindow[]): string {
  const { name, input, graph } = context;
  if (!graph.opset.offers(19)) {
    throw new OnnxError({
      operation: name,
      got: `a deformable convolution in opset ${graph.opset.version}`,
      wanted: 'opset 19 or later, the first one that has DeformConv',
      remedy: 'Leave `opset` out, or ask for 19',
    });
  }
  const { groups = 1, offsetGroups = 1, modulated = false } = layer.options;
  const own = given(input, context.weight('offset.weight'), context.weight('offset.bias'));
  const moved = graph.node(`${name}.moved`, 'Conv', own, { ...windowOf(axes), group: 1 });
  const [weight, bias] = [context.weight('weight'), context.weight('bias')];
  const attributes = { ...windowOf(axes), group: groups, offset_group: offsetGroups };
  if (!modulated) return graph.node(name, 'DeformConv', given(input, weight, moved, bias), attributes);
  const taps = offsetGroups * axes[0].kernel * axes[1].kernel;
  const channels = graph.wholes(`${name}.channels`, [1]);
  const [start, middle, end] = [0, 2 * taps, 3 * taps].map((at, which) =>
    graph.wholes(`${name}.${['start', 'middle', 'end'][which]}`, [at]),
  );
  const offset = graph.node(`${name}.offsets`, 'Slice', [moved, start, middle, channels]);
  const raw = graph.node(`${name}.factors`, 'Slice', [moved, middle, end, channels]);
  const mask = graph.node(`${name}.mask`, 'Sigmoid', [raw]);
  return graph.node(name, 'DeformConv', [input, weight, offset, bias, mask], attributes);
}

/** ONNX has all paddings before, then all behind. */
export function windowOf(axes: readonly AxisWindow[]): NodeAttributes {
  return {
    kernel_shape: axes.map(({ kernel }) => kernel),
    strides: axes.map(({ stride }) => stride),
    dilations: axes.map(({ dilation }) => dilation),
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
  };
}
