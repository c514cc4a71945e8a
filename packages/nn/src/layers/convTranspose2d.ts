import {
  type Axis,
  convTranspose2d,
  type Pair,
  type Parameter,
  pair,
  type Tensor,
  type ConvTranspose2dOptions as TransposedOptions,
  transposedLengths,
  windowAxes,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface ConvTranspose2dOptions extends Omit<TransposedOptions, 'bias'>, ConvolutionLayerOptions {
  readonly kernelSize: Pair;
}

const axes = ['height', 'width'];

/**
 * A transposed convolution of images with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see
 * `convTranspose2d` for the formula and the options. Parameters: weight `[in, out / groups, kernelHeight, kernelWidth]`,
 * bias `[out]`.
 */
export class ConvTranspose2d extends ConvolutionLayer<ConvTranspose2dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvTranspose2dOptions) {
    super({ type: 'ConvTranspose2d', axes, isTransposed: true }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return windowAxes(name, pair(name, 'kernelSize', this.options.kernelSize, 1), this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return transposedLengths(name, lengths, moves, axes, this.options);
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups, outputPadding, outputSize } = this.options;
    return convTranspose2d(x, weight, { bias, stride, padding, dilation, groups, outputPadding, outputSize });
  }
}
