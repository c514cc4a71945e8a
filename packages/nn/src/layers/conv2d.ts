import {
  type Conv2dOptions as ConvolutionOptions,
  conv2d,
  formatShape,
  outputLength,
  type Pair,
  Parameter,
  pair,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
  windowAxes,
} from '@tapegrad/core';
import { defaultBias, defaultWeight } from '../initialisers/defaults.ts';
import type { Initialiser } from '../initialisers/draw.ts';
import { type BuildContext, checkUnbuilt, type Layer, notBuilt } from './layer.ts';

export interface Conv2dOptions extends Omit<ConvolutionOptions, 'bias'> {
  /** How many filters the layer learns. */
  readonly outChannels: number;
  readonly kernelSize: Pair;
  /** Whether each filter has a bias. Default: true. */
  readonly bias?: boolean;
  /** How the weight starts. Default: `defaultWeight`, as in PyTorch. */
  readonly initialiser?: Initialiser;
}

/**
 * A two-dimensional convolution with weights of its own: `[batch, in, height, width]` to `[batch, out, …]`; see `conv2d`
 * for the formula and the options. Parameters: weight `[out, in / groups, kernelHeight, kernelWidth]`, bias `[out]`.
 */
export class Conv2d implements Layer {
  readonly type = 'Conv2d';
  readonly kind = 'conv';
  readonly options: Conv2dOptions;
  #weight: Parameter | undefined;
  #bias: Parameter | undefined;

  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(options: Conv2dOptions) {
    if (!Number.isSafeInteger(options.outChannels) || options.outChannels < 1) {
      throw new ValueError({
        operation: 'Conv2d',
        got: `outChannels is ${options.outChannels}`,
        wanted: 'a whole number of at least 1',
        remedy: 'Say how many filters the layer should learn',
      });
    }
    this.options = options;
  }

  get parameters(): readonly Parameter[] {
    return [this.#weight, this.#bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, { name, random, dtype }: BuildContext): Shape {
    checkUnbuilt(this, name);
    const { outChannels, groups = 1, bias = true, initialiser = defaultWeight } = this.options;
    if (inputShape.length !== 3) {
      throw new ShapeError({
        operation: name,
        got: `inputs of shape ${formatShape(inputShape)}`,
        wanted: '[channels, height, width], without the batch axis',
        remedy: 'Put the layer before Flatten, or give the model images with a channel axis',
      });
    }
    const [channels, height, width] = inputShape;
    if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0 || outChannels % groups !== 0) {
      throw new ValueError({
        operation: name,
        got: `groups is ${groups}, with ${channels} input and ${outChannels} output channels`,
        wanted: 'a whole number that divides both',
        remedy: 'Use 1, or as many groups as input channels for a depthwise convolution',
      });
    }
    const kernel = pair(name, 'kernelSize', this.options.kernelSize, 1);
    const [vertical, horizontal] = windowAxes(name, kernel, this.options);
    const outputShape = [
      outChannels,
      outputLength(name, height, vertical, 'height'),
      outputLength(name, width, horizontal, 'width'),
    ];
    const shape = [outChannels, channels / groups, ...kernel];
    this.#weight = new Parameter(`${name}.weight`, initialiser({ shape, random, dtype }));
    if (bias) this.#bias = new Parameter(`${name}.bias`, defaultBias({ weightShape: shape, random, dtype }));
    return outputShape;
  }

  call(x: Tensor): Tensor {
    if (!this.#weight) throw notBuilt(this.kind);
    const { stride, padding, dilation, groups } = this.options;
    return conv2d(x, this.#weight, { bias: this.#bias, stride, padding, dilation, groups });
  }
}
