import {
  conv2d,
  deformConv2d,
  Parameter,
  type Shape,
  sigmoid,
  slice,
  type Tensor,
  type TransposedConvolutionOptions,
  ValueError,
  zeros,
} from '@tapegrad/core';
import { checkSurplus, type OptionNames, readWindow } from '@tapegrad/core/authors';
import { ConvolutionLayer, type ConvolutionLayerOptions, zeroPaddedLayerOptions } from './convolutionLayer.ts';
import { type BuildContext, checkContext, notBuilt } from './layer.ts';

export interface DeformConv2dLayerOptions extends Omit<ConvolutionLayerOptions, 'paddingMode'> {
  /** How many parts the channels are cut into, each with offsets of its own. Default: 1. */
  readonly offsetGroups?: number;
  /** Whether a mask between 0 and 1 is learned as well, which says how much each number read counts. Default: false. */
  readonly modulated?: boolean;
}

const deformConv2dLayerOptions: OptionNames<DeformConv2dLayerOptions> = {
  ...zeroPaddedLayerOptions,
  offsetGroups: 'optional',
  modulated: 'optional flag',
};

const axes = ['height', 'width'];

/**
 * A deformable convolution with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see `deformConv2d` for
 * the formula and the options. A second convolution of the same window looks at the same images and says where to read:
 *
 * offset = conv(x), mask = sigmoid(conv(x)) if modulated
 *
 * It starts from zero, so that at first the layer reads where a plain convolution would, modulated with a factor of ½.
 * Parameters: weight `[out, in / groups, kernelHeight, kernelWidth]`, bias `[out]`, and those of the second convolution,
 * offset.weight and offset.bias, with 2 numbers, modulated 3, for each element of the kernel and group of offsets.
 *
 * Source: Dai et al., "Deformable convolutional networks", 2017; modulated, Zhu et al., "Deformable ConvNets v2", 2019.
 */
export class DeformConv2d extends ConvolutionLayer<DeformConv2dLayerOptions> {
  private offsetWeight: Parameter | undefined;
  private offsetBias: Parameter | undefined;

  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: DeformConv2dLayerOptions, ...surplus: []) {
    checkSurplus('DeformConv2d', surplus);
    // Offsets move where numbers are read: how many come out is that of a plain convolution.
    super({ type: 'DeformConv2d', axes, op: conv2d, options: deformConv2dLayerOptions }, options);
  }

  override get parameters(): readonly Parameter[] {
    const own = [this.offsetWeight, this.offsetBias].filter((parameter) => parameter !== undefined);
    return [...super.parameters, ...own];
  }

  override build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    const { offsetGroups = 1, modulated = false } = this.options;
    if (inputShape.length === 3) checkOffsetGroups(name, inputShape[0], offsetGroups);
    const outputShape = super.build(inputShape, context);
    const [height, width] = readWindow(name, this.options.kernelSize, axes).map(({ kernel }) => kernel);
    const count = (modulated ? 3 : 2) * offsetGroups * height * width;
    this.offsetWeight = new Parameter(`${name}.offset.weight`, zeros([count, inputShape[0], height, width], { dtype }));
    this.offsetBias = new Parameter(`${name}.offset.bias`, zeros([count], { dtype }));
    return outputShape;
  }

  protected override convolve(x: Tensor, weight: Parameter, { bias }: TransposedConvolutionOptions): Tensor {
    if (!this.offsetWeight || !this.offsetBias) throw notBuilt(this.kind);
    const { stride, padding, dilation, groups, offsetGroups, modulated = false } = this.options;
    const window = { stride, padding, dilation };
    const moved = conv2d(x, this.offsetWeight, { bias: this.offsetBias, ...window });
    const options = { bias, groups, offsetGroups, ...window };
    if (!modulated) return deformConv2d(x, moved, weight, options);
    // Of three numbers for each one that is read, two are its offset and one is its mask: first all offsets, then all masks.
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
    remedy: 'Use 1, where all channels share their offsets',
  });
}
