import {
  type Axis,
  type DeformConv2dOptions as ConvolutionOptions,
  conv2d,
  deformConv2d,
  outputLength,
  type Pair,
  Parameter,
  pair,
  type Shape,
  sigmoid,
  slice,
  type Tensor,
  ValueError,
  windowAxes,
  zeros,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import type { Cost } from '../calculators/cost.ts';
import { deformableCost } from '../calculators/deformableCost.ts';
import { slidingMove } from '../calculators/slidingMove.ts';
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolutionLayer.ts';
import { type BuildContext, notBuilt } from './layer.ts';

export interface DeformConv2dOptions extends Omit<ConvolutionOptions, 'bias' | 'mask'>, ConvolutionLayerOptions {
  readonly kernelSize: Pair;
  /** Whether a mask between 0 and 1 is learned as well, which says how much each place counts. Default: false. */
  readonly modulated?: boolean;
}

const axes = ['height', 'width'];

/**
 * A deformable convolution with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see `deformConv2d` for
 * the formula and the options. A second convolution of the same window looks at the same images and says where to read:
 *
 * offset = conv(x), mask = sigmoid(conv(x)) if modulated
 *
 * It starts from zero, so that at first the layer reads where a plain convolution would, modulated with a factor of ½.
 * Parameters: weight `[out, in / groups, kernelHeight, kernelWidth]`, bias `[out]`, and those of the second convolution,
 * offset.weight and offset.bias, with 2 numbers, modulated 3, for each place of the kernel and group of offsets.
 *
 * Source: Dai et al., "Deformable convolutional networks", 2017; modulated, Zhu et al., "Deformable ConvNets v2", 2019.
 */
export class DeformConv2d extends ConvolutionLayer<DeformConv2dOptions> {
  #offsetWeight: Parameter | undefined;
  #offsetBias: Parameter | undefined;

  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: DeformConv2dOptions) {
    super({ type: 'DeformConv2d', axes }, options);
  }

  override get parameters(): readonly Parameter[] {
    const own = [this.#offsetWeight, this.#offsetBias].filter((parameter) => parameter !== undefined);
    return [...super.parameters, ...own];
  }

  override build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = context;
    const { offsetGroups = 1, modulated = false } = this.options;
    if (inputShape.length === 3) checkOffsetGroups(name, inputShape[0], offsetGroups);
    const outputShape = super.build(inputShape, context);
    const [height, width] = pair(name, 'kernelSize', this.options.kernelSize, 1);
    const count = (modulated ? 3 : 2) * offsetGroups * height * width;
    this.#offsetWeight = new Parameter(`${name}.offset.weight`, zeros([count, inputShape[0], height, width], dtype));
    this.#offsetBias = new Parameter(`${name}.offset.bias`, zeros([count], dtype));
    return outputShape;
  }

  /** That of a plain convolution, for offsets of 0, as at first; what the layer learns moves it from place to place. */
  override window(): LayerWindow {
    return this.moves(this.type).map((move, at) => slidingMove(axes[at], move, { provided: 'where offsets are 0' }));
  }

  override cost([inChannels]: Shape, [outChannels, ...outLengths]: Shape): Cost {
    const kernel = this.moves(this.type).map(({ kernel }) => kernel);
    return deformableCost({ ...this.options, inChannels, outChannels, kernel }, outLengths);
  }

  protected override moves(name: string): readonly Axis[] {
    return windowAxes(name, pair(name, 'kernelSize', this.options.kernelSize, 1), this.options);
  }

  protected override outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): number[] {
    return lengths.map((length, axis) => outputLength(name, length, moves[axis], axes[axis]));
  }

  protected override convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor {
    if (!this.#offsetWeight || !this.#offsetBias) throw notBuilt(this.kind);
    const { stride, padding, dilation, groups, offsetGroups, modulated = false } = this.options;
    const window = { stride, padding, dilation };
    const moved = conv2d(x, this.#offsetWeight, { bias: this.#offsetBias, ...window });
    const options = { bias, groups, offsetGroups, ...window };
    if (!modulated) return deformConv2d(x, moved, weight, options);
    // Of three numbers for each place, two are its offset and one is its mask: first all offsets, then all masks.
    const offsets = (moved.shape[1] / 3) * 2;
    const mask = sigmoid(slice(moved, [null, [offsets]]));
    return deformConv2d(x, slice(moved, [null, [0, offsets]]), weight, { ...options, mask });
  }
}

function checkOffsetGroups(name: string, channels: number, offsetGroups: number): void {
  if (Number.isSafeInteger(offsetGroups) && offsetGroups >= 1 && channels % offsetGroups === 0) return;
  throw new ValueError({
    operation: name,
    got: `offsetGroups is ${offsetGroups}, with ${channels} input channels`,
    wanted: 'a whole number that divides them',
    remedy: 'Use 1, where all channels are read at the same places',
  });
}
