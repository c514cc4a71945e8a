import {
  type ConvolutionOptions,
  type Parameter,
  type PerAxis,
  type Shape,
  type Tensor,
  type TransposedConvolutionOptions,
  ValueError,
} from '@tapegrad/core';
import {
  checkGroups,
  checkOptions,
  kindOf,
  type OptionNames,
  type PaddingMode,
  padWithItself,
  readWindow,
} from '@tapegrad/core/authors';
import { checkCount } from '../checkCount.ts';
import { type DrawingOptions, drawnParameters } from './drawnParameters.ts';
import { type BuildContext, checkDrawing, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { checkAxes, outputShapeOf } from './shapes.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

/** What is put around the inputs of a convolution layer. */
export type ConvolutionPaddingMode = 'zeros' | PaddingMode;

/** What all convolution layers are told. By axis, options are one number for all axes or one for each, first to last. */
export interface ConvolutionLayerOptions extends Omit<ConvolutionOptions, 'bias'>, DrawingOptions {
  /** How many filters the layer learns. */
  readonly outChannels: number;
  /** The size of the filters. */
  readonly kernelSize: PerAxis;
  /**
   * What `padding` puts around: `zeros`, or numbers of the input itself, as `pad` does by its modes `reflect`, `replicate` and
   * `circular`. Default: `zeros`.
   */
  readonly paddingMode?: ConvolutionPaddingMode;
}

/** The options of the layers whose padding is zeros alone: transposed and deformable ones. */
export const zeroPaddedLayerOptions: OptionNames<Omit<ConvolutionLayerOptions, 'paddingMode'>> = {
  outChannels: 'required',
  kernelSize: 'required',
  bias: 'optional flag',
  initialiser: 'optional',
  biasInitialiser: 'optional',
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  groups: 'optional',
};

export const convolutionLayerOptions: OptionNames<ConvolutionLayerOptions> = {
  ...zeroPaddedLayerOptions,
  paddingMode: 'optional',
};

/** What transposed convolution layers are told besides: which of several output sizes is meant. */
export interface TransposedLayerOptions
  extends Omit<ConvolutionLayerOptions, 'paddingMode'>,
    Pick<TransposedConvolutionOptions, 'outputPadding' | 'outputSize'> {}

const paddingModes: readonly ConvolutionPaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];

/** What tells one kind of convolution from another. */
export interface ConvolutionKind<Options> {
  /** The name of the layer's class. */
  readonly type: string;
  /** The spatial axes of the inputs, first to last. */
  readonly axes: readonly string[];
  readonly op: (x: Tensor, weight: Tensor, options: TransposedConvolutionOptions) => Tensor;
  /** The names of the layer's options. */
  readonly options: OptionNames<Options>;
  /** Whether input channels come first in the weight. Default: false. */
  readonly isTransposed?: boolean;
}

/**
 * What all convolution layers share: a weight `[out, in / groups, ...kernel]`, or transposed `[in, out / groups, ...kernel]`,
 * and a bias `[out]`, made from the shape of the first inputs.
 */
export abstract class ConvolutionLayer<Options extends TransposedLayerOptions = ConvolutionLayerOptions>
  implements Layer
{
  readonly type: string;
  readonly kind = 'conv';
  readonly options: Options;
  readonly #of: ConvolutionKind<Options>;
  /** The options as the op takes them. */
  readonly #window: TransposedConvolutionOptions;
  private learnt: readonly Parameter[] = [];
  /** What is put around the inputs beforehand, unless it is zeros. */
  readonly #paddingMode: PaddingMode | undefined;
  #sides: readonly (readonly [before: number, after: number])[] = [];

  /** @throws ValueError when outChannels is not a whole number of at least 1 */
  constructor(of: ConvolutionKind<Options>, options: Options) {
    checkOptions<object>(of.type, options, of.options);
    checkCount(of.type, 'outChannels', options.outChannels, 1, 'Say how many filters the layer should learn');
    this.type = of.type;
    this.options = keptOptions(options);
    this.#of = of;
    const { stride, padding, dilation, groups, outputPadding, outputSize } = options;
    const { paddingMode = 'zeros' } = options as Partial<ConvolutionLayerOptions>;
    if (!paddingModes.includes(paddingMode)) {
      throw new ValueError({
        operation: of.type,
        got: `paddingMode is ${kindOf(paddingMode)}`,
        wanted: paddingModes.map((mode) => `'${mode}'`).join(', '),
        remedy: "Leave it out for 'zeros'",
      });
    }
    this.#paddingMode = paddingMode === 'zeros' ? undefined : paddingMode;
    const window = { stride, padding: this.#paddingMode ? 0 : padding, dilation, groups };
    this.#window = of.isTransposed ? { ...window, outputPadding, outputSize } : window;
  }

  get parameters(): readonly Parameter[] {
    return this.learnt;
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkDrawing(this, inputShape, context);
    checkUnbuilt(this, name);
    const { axes, isTransposed = false } = this.#of;
    const { outChannels, kernelSize, groups = 1 } = this.options;
    checkAxes(name, inputShape, axes);
    const [channels] = inputShape;
    checkGroups(name, channels, outChannels, groups);
    const window = readWindow(name, kernelSize, axes, this.options);
    const kernel = window.map((along) => along.kernel);
    this.#sides = [[0, 0], [0, 0], ...window.map(({ before, after }) => [before, after] as const)];
    const [first, second] = isTransposed ? [channels, outChannels] : [outChannels, channels];
    const shape = [first, second / groups, ...kernel];
    const outputShape = outputShapeOf(
      name,
      inputShape,
      (x, weight) => this.#of.op(this.#padded(x), weight, this.#window),
      shape,
    );
    // The bound of the bias is that of the weight, whose fan-in PyTorch counts along the second axis, transposed or not.
    this.learnt = drawnParameters(context, this.options, shape, [outChannels, ...shape.slice(1)]);
    return outputShape;
  }

  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    const [weight, bias] = this.learnt;
    if (!weight) throw notBuilt(this.kind);
    return this.convolve(this.#padded(x), weight, { ...this.#window, bias });
  }

  /** The inputs, with numbers of their own around them. */
  #padded(x: Tensor): Tensor {
    return this.#paddingMode ? padWithItself(x, this.#sides, this.#paddingMode) : x;
  }

  /** The op of the layer, with its parameters. */
  protected convolve(x: Tensor, weight: Parameter, options: TransposedConvolutionOptions): Tensor {
    return this.#of.op(x, weight, options);
  }
}
