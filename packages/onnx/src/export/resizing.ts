import type { AxisWindow, PadOptions } from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import { Pad, Upsample } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/** What ONNX calls the modes of `pad`. */
const modes = { constant: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' } as const;

/** Layers that change how large images are, and pool nothing. */
export const resizing: readonly LayerExport[] = [exporting(Pad, padNode), exporting(Upsample, resizeNode)];

function padNode({ options }: Pad, { name, input, inputShape, graph }: LayerContext): string {
  const axes = inputShape.slice(1).map((_, axis) => `axis ${axis + 1}`);
  return paddedBy(readWindow(name, 1, axes, { padding: options.padding }), options, { name, input, graph });
}

/** Puts something around images. All paddings before, then all behind; none of the batch and the channels. */
export function paddedBy(
  window: readonly AxisWindow[],
  { mode = 'constant', value = 0 }: PadOptions,
  { name, input, graph }: Pick<LayerContext, 'name' | 'input' | 'graph'>,
): string {
  if (mode === 'circular' && !graph.opset.offers(19)) {
    throw new OnnxError({
      operation: name,
      got: `circular padding in opset ${graph.opset.version}`,
      wanted: 'opset 19 or later, the first one that has it',
      remedy: 'Leave `opset` out, or ask for 19',
    });
  }
  const sides = [0, 0, ...window.map(({ before }) => before), 0, 0, ...window.map(({ after }) => after)];
  const inputs = [input, graph.wholes(`${name}.pads`, sides)];
  if (mode === 'constant') inputs.push(graph.number(`${name}.value`, value));
  return graph.node(name, 'Pad', inputs, { mode: modes[mode] });
}

/** By size, or by scale where the layer has one: then the operation works its positions out from the scale too. */
function resizeNode({ options }: Upsample, { name, input, inputShape, outputShape, graph }: LayerContext): string {
  const { scale, mode = 'nearest', alignCorners = false } = options;
  const attributes = {
    mode: mode === 'nearest' ? 'nearest' : 'linear',
    coordinate_transformation_mode: alignCorners ? 'align_corners' : mode === 'nearest' ? 'asymmetric' : 'half_pixel',
    nearest_mode: mode === 'nearest' ? 'floor' : undefined,
  };
  if (scale !== undefined) {
    const factors = typeof scale === 'number' ? inputShape.slice(1).map(() => scale) : scale;
    return graph.node(name, 'Resize', [input, '', graph.floats(`${name}.scales`, [1, 1, ...factors])], attributes);
  }
  if (!graph.opset.offers(18)) {
    throw new OnnxError({
      operation: name,
      got: `images at a size of their own in opset ${graph.opset.version}`,
      wanted: 'opset 18 or later, the first one that leaves the batch alone',
      remedy: 'Leave `opset` out, or give the layer a scale instead of a size',
    });
  }
  const axes = outputShape.slice(1).map((_, axis) => axis + 2);
  const sizes = graph.wholes(`${name}.sizes`, outputShape.slice(1));
  return graph.node(name, 'Resize', [input, '', '', sizes], { ...attributes, axes });
}
