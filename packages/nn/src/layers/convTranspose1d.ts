import {
  type Axis,
  convTranspose1d,
  type Parameter,
  spatialAxes,
  type Tensor,
  type ConvTranspose1dOptions as TransposedOptions,
  transposedLengths,
} from '@tapegrad/core';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';

export interface ConvTranspose1dOptions extends Omit<TransposedOptions, 'bias'>, ConvolutionLayerOptions {
  readonly kernelSize: number;
}

const axes = ['length'];

/**
 * A transposed convolution of signals with weights of its own: `[batch, in, length]` to `[batch, out, …]`; see
 * `convTranspose1d` for the formula and the options. Parameters: weight `[in, out / groups, kernelLength]`, bias `[out]`.
 */
export class ConvTranspose1d extends ConvolutionLayer<ConvTranspose1dOptions> {
  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: ConvTranspose1dOptions) {
    super({ type: 'ConvTranspose1d', axes, isTransposed: true }, options);
  }

  protected override moves(name: string): readonly Axis[] {
    return spatialAxes(name, this.options.kernelSize, axes, this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return transposedLengths(name, lengths, moves, axes, this.options);
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    const { stride, padding, dilation, groups, outputPadding, outputSize } = this.options;
    return convTranspose1d(x, weight, { bias, stride, padding, dilation, groups, outputPadding, outputSize });
  }
}
