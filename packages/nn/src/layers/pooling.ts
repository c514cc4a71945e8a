import {
  type AdaptivePool1dOptions,
  type AdaptivePool2dOptions,
  type AvgPool2dOptions,
  type AvgPoolOptions,
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  type GlobalPoolOptions,
  globalAvgPool,
  globalMaxPool,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type PoolOptions,
  type Tensor,
} from '@tapegrad/core';
import {
  adaptivePool1dOptions,
  adaptivePool2dOptions,
  avgPool2dOptions,
  avgPoolOptions,
  globalPoolOptions,
  type OptionNames,
  poolOptions,
} from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

/** A layer for inputs `[channels, ...axes]` that looks at each channel by itself. */
/* @__NO_SIDE_EFFECTS__ */
function pooling<Options extends object>(
  type: string,
  axes: readonly string[],
  op: (x: Tensor, options: Options) => Tensor,
  options: OptionNames<Options>,
) {
  return operationLayer<Options>({ type, kind: 'pool', axes, options }, op);
}

const signal = ['length'];
const image = ['height', 'width'];
const volume = ['depth', 'height', 'width'];

/** The largest number under each window: `[batch, channels, length]` to a shorter signal. See `maxPool1d`. */
export class MaxPool1d extends pooling<PoolOptions>('MaxPool1d', signal, maxPool1d, poolOptions) {}

/** The largest number under each window: `[batch, channels, height, width]` to a smaller image. See `maxPool2d`. */
export class MaxPool2d extends pooling<PoolOptions>('MaxPool2d', image, maxPool2d, poolOptions) {}

/** The largest number under each window: `[batch, channels, depth, height, width]` to a smaller volume. See `maxPool3d`. */
export class MaxPool3d extends pooling<PoolOptions>('MaxPool3d', volume, maxPool3d, poolOptions) {}

/** The mean of the numbers under each window: `[batch, channels, length]` to a shorter signal. See `avgPool1d`. */
export class AvgPool1d extends pooling<AvgPoolOptions>('AvgPool1d', signal, avgPool1d, avgPoolOptions) {}

/** The mean of the numbers under each window: `[batch, channels, height, width]` to a smaller image. See `avgPool2d`. */
export class AvgPool2d extends pooling<AvgPool2dOptions>('AvgPool2d', image, avgPool2d, avgPool2dOptions) {}

/** The mean of the numbers under each window: `[batch, channels, depth, height, width]` to a smaller volume. See `avgPool3d`. */
export class AvgPool3d extends pooling<AvgPoolOptions>('AvgPool3d', volume, avgPool3d, avgPoolOptions) {}

/** The means of `outputSize` cells, whatever the length: `[batch, channels, length]` to `[batch, channels, outputSize]`. */
export class AdaptiveAvgPool1d extends pooling<AdaptivePool1dOptions>(
  'AdaptiveAvgPool1d',
  signal,
  adaptiveAvgPool1d,
  adaptivePool1dOptions,
) {}

/**
 * The means of `outputSize` cells, whatever the size of the image: `[batch, channels, height, width]` to `[batch, channels,
 * outHeight, outWidth]`. See `adaptiveAvgPool2d`.
 */
export class AdaptiveAvgPool2d extends pooling<AdaptivePool2dOptions>(
  'AdaptiveAvgPool2d',
  image,
  adaptiveAvgPool2d,
  adaptivePool2dOptions,
) {}

/** The largest numbers of `outputSize` cells, whatever the length: `[batch, channels, length]` to `[batch, channels, outputSize]`. */
export class AdaptiveMaxPool1d extends pooling<AdaptivePool1dOptions>(
  'AdaptiveMaxPool1d',
  signal,
  adaptiveMaxPool1d,
  adaptivePool1dOptions,
) {}

/**
 * The largest numbers of `outputSize` cells, whatever the size of the image: `[batch, channels, height, width]` to `[batch,
 * channels, outHeight, outWidth]`. See `adaptiveMaxPool2d`.
 */
export class AdaptiveMaxPool2d extends pooling<AdaptivePool2dOptions>(
  'AdaptiveMaxPool2d',
  image,
  adaptiveMaxPool2d,
  adaptivePool2dOptions,
) {}

/** The mean of each channel: `[batch, channels, length]` to `[batch, channels]`, so that Dense can follow. See `globalAvgPool`. */
export class GlobalAvgPool1d extends pooling<GlobalPoolOptions>(
  'GlobalAvgPool1d',
  signal,
  globalAvgPool,
  globalPoolOptions,
) {}

/** The largest number of each channel: `[batch, channels, length]` to `[batch, channels]`. See `globalMaxPool`. */
export class GlobalMaxPool1d extends pooling<GlobalPoolOptions>(
  'GlobalMaxPool1d',
  signal,
  globalMaxPool,
  globalPoolOptions,
) {}

/** The mean of each channel: `[batch, channels, height, width]` to `[batch, channels]`. See `globalAvgPool`. */
export class GlobalAvgPool2d extends pooling<GlobalPoolOptions>(
  'GlobalAvgPool2d',
  image,
  globalAvgPool,
  globalPoolOptions,
) {}

/** The largest number of each channel: `[batch, channels, height, width]` to `[batch, channels]`. See `globalMaxPool`. */
export class GlobalMaxPool2d extends pooling<GlobalPoolOptions>(
  'GlobalMaxPool2d',
  image,
  globalMaxPool,
  globalPoolOptions,
) {}

/** The mean of each channel: `[batch, channels, depth, height, width]` to `[batch, channels]`. See `globalAvgPool`. */
export class GlobalAvgPool3d extends pooling<GlobalPoolOptions>(
  'GlobalAvgPool3d',
  volume,
  globalAvgPool,
  globalPoolOptions,
) {}

/** The largest number of each channel: `[batch, channels, depth, height, width]` to `[batch, channels]`. See `globalMaxPool`. */
export class GlobalMaxPool3d extends pooling<GlobalPoolOptions>(
  'GlobalMaxPool3d',
  volume,
  globalMaxPool,
  globalPoolOptions,
) {}
