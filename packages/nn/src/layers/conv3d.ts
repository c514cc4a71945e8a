import {
  type Axis,
  type Conv3dOptions as ConvolutionOptions,
  conv3d,
  outputLength,
  type Parameter,
  type PerAxis,
  spatialAxes,
  type Tensor,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface Conv3dOptions extends Omit<ConvolutionOptions, 'bias'>, ConvolutionLayerOptions {
  /** `[depth, height, width]`, or one number for all three. */
  readonly kernelSize: PerAxis;
}

const axes = ['depth', 'height', 'width'];

/**
 * A three-dimensional convolution with weights of its own: `[batch, in, depth, height, width]` to `[batch, out, …]`; see
 * `conv3d` for the formula and the options. Parameters: weight `[out, in / groups, kernelDepth, kernelHeight, kernelWidth]`,
 * bias `[out]`.
 */
export class Conv3d extends ConvolutionLayer<Conv3dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: Conv3dOptions) {
    super({ type: 'Conv3d', axes }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return spatialAxes(name, this.options.kernelSize, axes, this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return lengths.map((length, axis) => outputLength(name, length, moves[axis], axes[axis]));
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups } = this.options;
    return conv3d(x, weight, { bias, stride, padding, dilation, groups });
  }
}
