import type { AxisWindow, PoolOptions } from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  GlobalAvgPool1d,
  GlobalAvgPool2d,
  GlobalAvgPool3d,
  GlobalMaxPool1d,
  GlobalMaxPool2d,
  GlobalMaxPool3d,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { adaptivePool } from './adaptivePoolings.ts';
import { windowOf } from './convolutions.ts';
import type { NodeAttributes } from './graphWriter.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

const images = ['height', 'width'];
const volumes = ['depth', 'height', 'width'];

/** Poolings: under a window, into cells, and of everything. */
export const poolings: readonly LayerExport[] = [
  exporting(MaxPool1d, ({ options }, context) => maxPool(context, windowOfPool(context, options, ['length']), options)),
  exporting(MaxPool2d, ({ options }, context) => maxPool(context, windowOfPool(context, options, images), options)),
  exporting(MaxPool3d, ({ options }, context) => maxPool(context, windowOfPool(context, options, volumes), options)),
  exporting(AvgPool1d, ({ options }, context) => avgPool(context, windowOfPool(context, options, ['length']), options)),
  exporting(AvgPool2d, ({ options }, context) => avgPool(context, windowOfPool(context, options, images), options)),
  exporting(AvgPool3d, ({ options }, context) => avgPool(context, windowOfPool(context, options, volumes), options)),
  exporting(AdaptiveAvgPool1d, (_, context) => adaptivePool(context, 'Average')),
  exporting(AdaptiveAvgPool2d, (_, context) => adaptivePool(context, 'Average')),
  exporting(AdaptiveMaxPool1d, (_, context) => adaptivePool(context, 'Max')),
  exporting(AdaptiveMaxPool2d, (_, context) => adaptivePool(context, 'Max')),
  exporting(GlobalAvgPool1d, ({ options }, context) => globalPool(context, 'GlobalAveragePool', options)),
  exporting(GlobalAvgPool2d, ({ options }, context) => globalPool(context, 'GlobalAveragePool', options)),
  exporting(GlobalAvgPool3d, ({ options }, context) => globalPool(context, 'GlobalAveragePool', options)),
  exporting(GlobalMaxPool1d, ({ options }, context) => globalPool(context, 'GlobalMaxPool', options)),
  exporting(GlobalMaxPool2d, ({ options }, context) => globalPool(context, 'GlobalMaxPool', options)),
  exporting(GlobalMaxPool3d, ({ options }, context) => globalPool(context, 'GlobalMaxPool', options)),
];

interface Rounding {
  readonly ceilMode?: boolean;
}

interface Averaging extends Rounding {
  readonly countIncludePad?: boolean;
  readonly divisorOverride?: number;
}

/** Without a stride, windows of a pooling lie side by side. */
function windowOfPool({ name }: LayerContext, options: PoolOptions, axes: readonly string[]): AxisWindow[] {
  const { kernelSize, stride = kernelSize } = options;
  return readWindow(name, kernelSize, axes, { ...options, stride });
}

function maxPool(context: LayerContext, axes: readonly AxisWindow[], options: Rounding): string {
  return context.graph.node(context.name, 'MaxPool', [context.input], slidingWindow(context, axes, options));
}

function avgPool(
  context: LayerContext,
  axes: readonly AxisWindow[],
  { ceilMode, countIncludePad = true, divisorOverride }: Averaging,
): string {
  const { name, input, inputShape, outputShape, graph } = context;
  const hasGaps = axes.some(({ dilation }) => dilation > 1);
  if (hasGaps && !graph.opset.offers(19)) throw withGaps(name, graph.opset.version);
  const isPadded = axes.some(({ before, after }) => before + after > 0);
  if (divisorOverride === undefined) {
    // Without padding there is nothing to count, and what hangs over the edge never counts.
    const count_include_pad = isPadded && countIncludePad ? 1 : 0;
    const window = slidingWindow(context, axes, { ceilMode });
    return graph.node(name, 'AveragePool', [input], { ...ofVersion(window, hasGaps), count_include_pad });
  }
  // With zeros up to the end of the last window, all means are sums over the whole window, divided by its size.
  const filled = axes.map((axis, at) => ({ ...axis, after: reach(axis, inputShape[1 + at], outputShape[1 + at]) }));
  const window = ofVersion(windowOf(filled), hasGaps);
  const mean = graph.node(`${name}.mean`, 'AveragePool', [input], { ...window, count_include_pad: 1 });
  const size = axes.reduce((product, { kernel }) => product * kernel, 1);
  return graph.node(name, 'Mul', [mean, graph.number(`${name}.ratio`, size / divisorOverride)]);
}

/** Before version 19 a mean over a window had no attribute for gaps. */
function ofVersion({ dilations, ...window }: NodeAttributes, hasGaps: boolean): NodeAttributes {
  return hasGaps ? { ...window, dilations } : window;
}

function withGaps(operation: string, version: number): OnnxError {
  return new OnnxError({
    operation,
    got: `a mean over windows with gaps in opset ${version}`,
    wanted: 'opset 19 or later, the first one that has dilations for AveragePool',
    remedy: 'Leave `opset` out, or ask for 19',
  });
}

/**
 * The attributes of a window. PyTorch, and tapegrad, leave out a last window that would begin behind the image; ONNX has
 * said so only lately. Such a pooling is written without ceil mode, with as much padding as its windows reach into.
 */
function slidingWindow(
  { inputShape, outputShape }: LayerContext,
  axes: readonly AxisWindow[],
  { ceilMode = false }: Rounding,
): NodeAttributes {
  if (!ceilMode) return windowOf(axes);
  const [lengths, out] = [inputShape.slice(1), outputShape.slice(1)];
  const isShort = axes.some(({ kernel, stride, dilation, before, after }, at) => {
    const steps = (lengths[at] + before + after - dilation * (kernel - 1) - 1) / stride;
    return out[at] <= Math.ceil(steps);
  });
  if (!isShort) return { ...windowOf(axes), ceil_mode: 1 };
  return windowOf(axes.map((axis, at) => ({ ...axis, after: reach(axis, lengths[at], out[at]) })));
}

/** How far the last window reaches behind the image. */
function reach({ kernel, stride, dilation, before }: AxisWindow, length: number, out: number): number {
  return Math.max(0, (out - 1) * stride + dilation * (kernel - 1) + 1 - before - length);
}

function globalPool(
  { name, input, graph }: LayerContext,
  opType: string,
  { keepDims }: { keepDims?: boolean },
): string {
  if (keepDims) return graph.node(name, opType, [input]);
  return graph.node(name, 'Flatten', [graph.node(`${name}.kept`, opType, [input])], { axis: 1 });
}
