import {
  type Axis,
  convTranspose3d,
  type Parameter,
  type PerAxis,
  spatialAxes,
  type Tensor,
  type ConvTranspose3dOptions as TransposedOptions,
  transposedLengths,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface ConvTranspose3dOptions extends Omit<TransposedOptions, 'bias'>, ConvolutionLayerOptions {
  /** `[depth, height, width]`, or one number for all three. */
  readonly kernelSize: PerAxis;
}

const axes = ['depth', 'height', 'width'];

/**
 * A transposed convolution of volumes with weights of its own: `[batch, in, depth, height, width]` to `[batch, out, …]`;
 * see `convTranspose3d` for the formula and the options. Parameters: weight
 * `[in, out / groups, kernelDepth, kernelHeight, kernelWidth]`, bias `[out]`.
 */
export class ConvTranspose3d extends ConvolutionLayer<ConvTranspose3dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvTranspose3dOptions) {
    super({ type: 'ConvTranspose3d', axes, isTransposed: true }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return spatialAxes(name, this.options.kernelSize, axes, this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return transposedLengths(name, lengths, moves, axes, this.options);
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups, outputPadding, outputSize } = this.options;
    return convTranspose3d(x, weight, { bias, stride, padding, dilation, groups, outputPadding, outputSize });
  }
}
