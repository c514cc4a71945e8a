import {
  type Axis,
  checkGroups,
  formatShape,
  Parameter,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
} from '@tapegrad/core';
import type { LayerWindow } from '../calculators/axisMove.ts';
import { convolutionCost, transposedCost } from '../calculators/convolutionCost.ts';
import type { Cost } from '../calculators/cost.ts';
import { slidingMove } from '../calculators/slidingMove.ts';
import { transposedMove } from '../calculators/transposedMove.ts';
import { defaultBias, defaultWeight } from '../initialisers/defaults.ts';
import type { Initialiser } from '../initialisers/draw.ts';
import { type BuildContext, checkUnbuilt, type Layer, notBuilt } from './layer.ts';

export interface ConvolutionLayerOptions {
  /** How many filters the layer learns. */
  readonly outChannels: number;
  /** How many parts the channels are cut into, each convolved by itself. Default: 1. */
  readonly groups?: number;
  /** Whether each filter has a bias. Default: true. */
  readonly bias?: boolean;
  /** How the weight starts. Default: `defaultWeight`, as in PyTorch. */
  readonly initialiser?: Initialiser;
}

/** What tells one kind of convolution from another. */
export interface ConvolutionKind {
  /** The name of the layer's class. */
  readonly type: string;
  /** The spatial axes of the inputs, first to last. */
  readonly axes: readonly string[];
  /** Whether input channels come first in the weight. Default: false. */
  readonly isTransposed?: boolean;
}

/**
 * What all convolution layers share: a weight `[out, in / groups, ...kernel]`, or transposed `[in, out / groups, ...kernel]`,
 * and a bias `[out]`, made from the shape of the first inputs.
 */
export abstract class ConvolutionLayer<Options extends ConvolutionLayerOptions> implements Layer {
  readonly type: string;
  readonly kind = 'conv';
  readonly options: Options;
  readonly #axes: readonly string[];
  readonly #isTransposed: boolean;
  #weight: Parameter | undefined;
  #bias: Parameter | undefined;

  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor({ type, axes, isTransposed = false }: ConvolutionKind, options: Options) {
    if (!Number.isSafeInteger(options.outChannels) || options.outChannels < 1) {
      throw new ValueError({
        operation: type,
        got: `outChannels is ${options.outChannels}`,
        wanted: 'a whole number of at least 1',
        remedy: 'Say how many filters the layer should learn',
      });
    }
    this.type = type;
    this.options = options;
    this.#axes = axes;
    this.#isTransposed = isTransposed;
  }

  /** How the filter moves along each axis, checked in the name of the layer. */
  protected abstract moves(name: string): readonly Axis[];

  /** The lengths of the outputs along each axis. */
  protected abstract outLengths(name: string, lengths: readonly number[], moves: readonly Axis[]): readonly number[];

  /** The op of the layer, with its parameters. */
  protected abstract convolve(x: Tensor, weight: Parameter, bias: Parameter | undefined): Tensor;

  get parameters(): readonly Parameter[] {
    return [this.#weight, this.#bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, { name, random, dtype }: BuildContext): Shape {
    checkUnbuilt(this, name);
    const { outChannels, groups = 1, bias = true, initialiser = defaultWeight } = this.options;
    if (inputShape.length !== 1 + this.#axes.length) {
      throw new ShapeError({
        operation: name,
        got: `inputs of shape ${formatShape(inputShape)}`,
        wanted: `[channels, ${this.#axes.join(', ')}], without the batch axis`,
        remedy: 'Put the layer before Flatten, or give the model inputs with a channel axis',
      });
    }
    const [channels, ...lengths] = inputShape;
    checkGroups(name, channels, outChannels, groups);
    const moves = this.moves(name);
    const outputShape = [outChannels, ...this.outLengths(name, lengths, moves)];
    const [first, second] = this.#isTransposed ? [channels, outChannels] : [outChannels, channels];
    const shape = [first, second / groups, ...moves.map(({ kernel }) => kernel)];
    this.#weight = new Parameter(`${name}.weight`, initialiser({ shape, random, dtype }));
    // Its bound is that of the weight, whose fan-in PyTorch counts along the second axis, transposed or not.
    const weightShape = [outChannels, ...shape.slice(1)];
    if (bias) this.#bias = new Parameter(`${name}.bias`, defaultBias({ weightShape, random, dtype }));
    return outputShape;
  }

  call(x: Tensor): Tensor {
    if (!this.#weight) throw notBuilt(this.kind);
    return this.convolve(x, this.#weight, this.#bias);
  }

  window(_inputShape: Shape, outputShape: Shape): LayerWindow {
    return this.moves(this.type).map((move, at) =>
      this.#isTransposed
        ? transposedMove(this.#axes[at], move, outputShape[1 + at])
        : slidingMove(this.#axes[at], move),
    );
  }

  cost([inChannels, ...lengths]: Shape, [outChannels, ...outLengths]: Shape): Cost {
    const { groups, bias } = this.options;
    const kernel = this.moves(this.type).map(({ kernel }) => kernel);
    const form = { inChannels, outChannels, kernel, groups, bias };
    return this.#isTransposed ? transposedCost(form, lengths, outLengths) : convolutionCost(form, outLengths);
  }
}
