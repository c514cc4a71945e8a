import {
  type Axis,
  type Conv2dOptions as ConvolutionOptions,
  conv2d,
  outputLength,
  type Pair,
  type Parameter,
  pair,
  type Tensor,
  windowAxes,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface Conv2dOptions extends Omit<ConvolutionOptions, 'bias'>, ConvolutionLayerOptions {
  readonly kernelSize: Pair;
}

const axes = ['height', 'width'];

/**
 * A two-dimensional convolution with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see `conv2d`
 * for the formula and the options. Parameters: weight `[out, in / groups, kernelHeight, kernelWidth]`, bias `[out]`.
 */
export class Conv2d extends ConvolutionLayer<Conv2dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: Conv2dOptions) {
    super({ type: 'Conv2d', axes }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return windowAxes(name, pair(name, 'kernelSize', this.options.kernelSize, 1), this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return lengths.map((length, axis) => outputLength(name, length, moves[axis], axes[axis]));
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups } = this.options;
    return conv2d(x, weight, { bias, stride, padding, dilation, groups });
  }
}
