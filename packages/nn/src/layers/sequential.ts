import {
  type DataType,
  DataTypeError,
  formatShape,
  type Parameter,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
} from '@tapegrad/core';
import { offTape, sameShape } from '@tapegrad/core/authors';
import { buildInOrder, callInOrder } from './inOrder.ts';
import type { BuiltLayer, CallContext, Layer } from './layer.ts';
import type { LayerBuffer } from './layerBuffer.ts';

export interface SequentialOptions {
  /** The shape of one input, without the batch axis: `[1, 28, 28]`. All other sizes follow from it. */
  readonly inputShape: Shape;
  /** Where the first weights come from: the same seed gives the same model. */
  readonly random: Random;
  /** Default: float32. */
  readonly dtype?: DataType;
}

/**
 * Layers one behind the other. Sizes are worked out from the shape of one input; layers are named by kind and number
 * (`conv1`, `relu1`, `pool1`, `conv2`, …, `dense1`), and so are their parameters (`conv1.weight`).
 *
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 2 }), new Flatten(), new Dense({ outFeatures: 10 })],
 *   { inputShape: [1, 28, 28], random: new Random(1) },
 * );
 */
export class Sequential {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly dtype: DataType;
  readonly layers: readonly BuiltLayer[];

  /** @throws ShapeError naming the layer that cannot take what the one before gives */
  constructor(layers: readonly Layer[], { inputShape, random, dtype = 'float32' }: SequentialOptions) {
    const { built, outputShape } = buildInOrder(layers, inputShape, { name: '', random, dtype });
    this.inputShape = inputShape;
    this.outputShape = outputShape;
    this.dtype = dtype;
    this.layers = built;
  }

  /** All parameters, first layer first, weight before bias. */
  get parameters(): readonly Parameter[] {
    return this.layers.flatMap(({ layer }) => layer.parameters);
  }

  /** All buffers, first layer first: what is saved beside the parameters. */
  get buffers(): readonly LayerBuffer[] {
    return this.layers.flatMap(({ layer }) => layer.buffers ?? []);
  }

  /**
   * The parameter of that name: `model.parameter('conv1.weight')`.
   *
   * @throws ValueError listing the names there are
   */
  parameter(name: string): Parameter {
    const found = this.parameters.find((parameter) => parameter.name === name);
    if (found) return found;
    throw new ValueError({
      operation: 'Sequential.parameter',
      got: `the name '${name}'`,
      wanted: `one of ${this.parameters.map((parameter) => parameter.name).join(', ')}`,
      remedy: 'Take the name of a layer, as `summary(model)` prints it, and `.weight` or `.bias`',
    });
  }

  /**
   * The output for a batch: `[batch, ...inputShape]` to `[batch, ...outputShape]`.
   *
   * @param context whether this is training; a model asks for it only if one of its layers behaves differently then
   * @throws ShapeError when x is not a batch of inputs of the model's shape
   * @throws DataTypeError when x is not of the model's number type
   */
  call(x: Tensor, context?: CallContext): Tensor {
    if (!sameShape(x.shape.slice(1), this.inputShape) || x.rank !== this.inputShape.length + 1) {
      throw new ShapeError({
        operation: this.layers.length > 0 ? `${this.layers[0].name}, the first layer of Sequential` : 'Sequential',
        got: `x is ${formatShape(x.shape)}`,
        wanted: `a batch of ${formatShape(this.inputShape)}: [batch, ${this.inputShape.join(', ')}]`,
        remedy: sameShape(x.shape, this.inputShape)
          ? 'Put a batch axis of length 1 in front'
          : 'Reshape x, or build the model for inputs of that shape',
      });
    }
    if (x.dtype !== this.dtype) {
      throw new DataTypeError({
        operation: 'Sequential',
        got: `x is ${x.dtype}, the model is ${this.dtype}`,
        wanted: 'inputs of the type of the model',
        remedy: `Give \`cast(x, '${this.dtype}')\`, or build the model with \`dtype: '${x.dtype}'\``,
      });
    }
    // Off the tape nothing is trained, unless somebody says so: layers need not ask.
    const told = context ?? (x.tape === null ? { training: false } : undefined);
    return offTape(x, (x) => callInOrder(this.layers, x, told));
  }
}
