import {
  type Axis,
  type Conv1dOptions as ConvolutionOptions,
  conv1d,
  outputLength,
  type Parameter,
  spatialAxes,
  type Tensor,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface Conv1dOptions extends Omit<ConvolutionOptions, 'bias'>, ConvolutionLayerOptions {
  readonly kernelSize: number;
}

const axes = ['length'];

/**
 * A one-dimensional convolution with weights of its own: `[batch, in, length]` to `[batch, out, …]`; see `conv1d` for the
 * formula and the options. Parameters: weight `[out, in / groups, kernelLength]`, bias `[out]`.
 */
export class Conv1d extends ConvolutionLayer<Conv1dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: Conv1dOptions) {
    super({ type: 'Conv1d', axes }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return spatialAxes(name, this.options.kernelSize, axes, this.options);
  }

  protected override outLengths(name: string, [length]: readonly number[], [along]: readonly Axis[]): number[] {
    return [outputLength(name, length, along, axes[0])];
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups } = this.options;
    return conv1d(x, weight, { bias, stride, padding, dilation, groups });
  }
}
