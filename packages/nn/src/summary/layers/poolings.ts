import type { PoolOptions, Shape } from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import type { Cost } from '../costs/cost.ts';
import { adaptiveAveragingCost, adaptiveMaxCost, averagePoolingCost, maxPoolingCost } from '../costs/poolingCost.ts';
import { cellMove } from '../windows/cellMove.ts';
import { slidingMove, wholeMove } from '../windows/slidingMove.ts';
import { byOptions, type Describe } from './description.ts';

/** How many operations it takes to make outputs of this shape, each of a window of this size. */
type PoolingCost = (outputShape: Shape, kernel: readonly number[]) => Cost;

function sliding(type: string, axes: readonly string[], costOf: PoolingCost): Describe {
  return byOptions<PoolOptions>((options, _inputShape, outputShape) => {
    const { kernelSize, stride = kernelSize, ceilMode } = options;
    const window = readWindow(type, kernelSize, axes, { ...options, stride });
    const kernel = window.map((along) => along.kernel);
    return { window: window.map((along) => slidingMove(along, { ceilMode })), cost: costOf(outputShape, kernel) };
  });
}

function adaptive(axes: readonly string[], costOf: (inputShape: Shape, outputShape: Shape) => Cost): Describe {
  return ({ inputShape, outputShape }) => ({
    window: axes.map((axis, at) => cellMove(axis, inputShape[1 + at], outputShape[1 + at])),
    cost: costOf(inputShape, outputShape),
  });
}

/** Sees all of the axes: where they stay through a window of their size, else there are none any more. */
function global(axes: readonly string[], costOf: PoolingCost): Describe {
  return byOptions<{ readonly keepDims?: boolean }>(({ keepDims = false }, [channels, ...lengths]) => ({
    window: keepDims ? axes.map((axis, at) => wholeMove(axis, lengths[at])) : 'whole',
    cost: costOf([channels], lengths),
  }));
}

const [signal, image, volume] = [['length'], ['height', 'width'], ['depth', 'height', 'width']];

/** Layers that make one number of many, in each channel by itself. */
export const poolings: readonly (readonly [type: string, describe: Describe])[] = [
  ['MaxPool1d', sliding('MaxPool1d', signal, maxPoolingCost)],
  ['MaxPool2d', sliding('MaxPool2d', image, maxPoolingCost)],
  ['AvgPool1d', sliding('AvgPool1d', signal, averagePoolingCost)],
  ['AvgPool2d', sliding('AvgPool2d', image, averagePoolingCost)],
  ['MaxPool3d', sliding('MaxPool3d', volume, maxPoolingCost)],
  ['AvgPool3d', sliding('AvgPool3d', volume, averagePoolingCost)],
  ['AdaptiveAvgPool1d', adaptive(signal, adaptiveAveragingCost)],
  ['AdaptiveAvgPool2d', adaptive(image, adaptiveAveragingCost)],
  ['AdaptiveMaxPool1d', adaptive(signal, adaptiveMaxCost)],
  ['AdaptiveMaxPool2d', adaptive(image, adaptiveMaxCost)],
  ['GlobalMaxPool1d', global(signal, maxPoolingCost)],
  ['GlobalMaxPool2d', global(image, maxPoolingCost)],
  ['GlobalMaxPool3d', global(volume, maxPoolingCost)],
  ['GlobalAvgPool1d', global(signal, averagePoolingCost)],
  ['GlobalAvgPool2d', global(image, averagePoolingCost)],
  ['GlobalAvgPool3d', global(volume, averagePoolingCost)],
];
