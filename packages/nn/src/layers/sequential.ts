import {
  type DataType,
  formatShape,
  type Parameter,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
} from '@tapegrad/core';
import {
  checkDataType,
  checkOptions,
  checkSurplus,
  checkTensor,
  type OptionNames,
  offTape,
  sameShape,
  wrongKind,
} from '@tapegrad/core/authors';
import { checkNames, once } from './built.ts';
import { buildImages, buildInOrder, callInOrder } from './inOrder.ts';
import { inputAdvice } from './inputAdvice.ts';
import { type BuildContext, type BuiltLayer, type CallContext, checkContext, type Layer, notBuilt } from './layer.ts';
import type { LayerBuffer } from './layerBuffer.ts';
import { checkedName, otherType, parameterNamed } from './modelParts.ts';
import { contextOf } from './trainingMode.ts';

export interface SequentialOptions {
  /**
   * The shape of one input, without the batch axis: `[1, 28, 28]`. All other sizes follow from it. Default: none; the layers
   * are a block, which is built as a part of a model.
   */
  readonly inputShape?: Shape;
  /** Where the first weights come from: the same seed gives the same model. Default: none, where no layer draws any. */
  readonly random?: Random;
  /** Default: float32. */
  readonly dtype?: DataType;
  /**
   * What stands before the names of its layers and parameters: `encoder.conv1.weight`. Default: nothing, and kind and number,
   * `sequential1.`, within another model.
   */
  readonly name?: string;
}

const sequentialOptions: OptionNames<SequentialOptions> = {
  inputShape: 'optional',
  random: 'optional',
  dtype: 'optional',
  name: 'optional',
};

interface Built {
  readonly layers: readonly BuiltLayer[];
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly dtype: DataType;
}

/**
 * Layers one behind the other. Sizes are worked out from the shape of one input; layers are named by kind and number
 * (`conv1`, `relu1`, `pool1`, `conv2`, …, `dense1`), and so are their parameters (`conv1.weight`).
 *
 * With an `inputShape` it is a model, ready to be called. It is a layer too: in another model, a part of it. A layer, or a
 * model, that was built before keeps its name and its parameters wherever it stands, and all models that it stands in share
 * them.
 *
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 2 }), new Flatten(), new Dense({ outFeatures: 10 })],
 *   { inputShape: [1, 28, 28], random: new Random(1) },
 * );
 * @example
 * const random = new Random(1);
 * const model = new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { inputShape: [1, 28, 28], random });
 * // Another head on the layers before the last one.
 * const other = new Sequential([model.slice(0, -1), new Dense({ outFeatures: 5 })], { inputShape: [1, 28, 28], random, name: 'other' });
 */
export class Sequential implements Layer {
  readonly type = 'Sequential';
  readonly kind = 'sequential';
  readonly name: string | undefined;
  private readonly parts: readonly Layer[];
  private built: Built | undefined;

  /**
   * @throws ShapeError naming the layer that cannot take what the one before gives
   * @throws ValueError when two parameters have the same name, or there is a `random` or a `dtype` without an `inputShape`
   */
  constructor(layers: readonly Layer[], options: SequentialOptions = {}, ...surplus: []) {
    checkSurplus('Sequential', surplus);
    const { inputShape, random, dtype, name } = checkOptions('Sequential', options, sequentialOptions);
    if (dtype !== undefined) checkDataType('Sequential', dtype);
    this.name = checkedName('Sequential', name);
    this.parts = layers;
    if (inputShape !== undefined) {
      const context = {
        name: name === undefined ? '' : `${name}.`,
        random: random as Random,
        dtype: dtype ?? 'float32',
      };
      this.#keep(buildImages(layers, inputShape, context), inputShape, context.dtype);
      checkNames('Sequential', this.parameters, this.buffers);
    } else if (random !== undefined || dtype !== undefined) {
      throw new ValueError({
        operation: 'Sequential',
        got: `${random === undefined ? 'a dtype' : 'random numbers'}, and no inputShape`,
        wanted:
          'the shape of one input, from which all sizes follow, or none of these for a block within another model',
        remedy: 'Say what one input looks like, without the batch axis: `inputShape: [1, 28, 28]`',
      });
    }
  }

  /** The layers with their names and shapes; none before the block is part of a model. */
  get layers(): readonly BuiltLayer[] {
    return this.built?.layers ?? [];
  }

  /** The shape of one input, without the batch axis. @throws ValueError when it is a block that is part of no model yet */
  get inputShape(): Shape {
    return this.#whole.inputShape;
  }

  /** The shape of one output, without the batch axis. @throws ValueError when it is a block that is part of no model yet */
  get outputShape(): Shape {
    return this.#whole.outputShape;
  }

  /** The type of its numbers. @throws ValueError when it is a block that is part of no model yet */
  get dtype(): DataType {
    return this.#whole.dtype;
  }

  /** All parameters, first layer first, weight before bias. */
  get parameters(): readonly Parameter[] {
    return once(this.layers.flatMap(({ layer }) => layer.parameters));
  }

  /** All buffers, first layer first: what is saved beside the parameters. */
  get buffers(): readonly LayerBuffer[] {
    return once(this.layers.flatMap(({ layer }) => layer.buffers ?? []));
  }

  get #whole(): Built {
    if (!this.built) throw notBuilt(this.kind);
    return this.built;
  }

  /**
   * Builds the block as a part of a model. One that was built before may stand there again, for inputs of the same shape.
   *
   * @throws ShapeError naming the layer that cannot take what the one before gives
   */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    const before = this.built;
    if (before && sameShape(before.inputShape, inputShape) && before.dtype === dtype) return before.outputShape;
    this.#keep(buildInOrder(this.parts, inputShape, { ...context, name: `${name}.` }), inputShape, dtype);
    return this.outputShape;
  }

  #keep({ built, outputShape }: ReturnType<typeof buildInOrder>, inputShape: Shape, dtype: DataType): void {
    this.built = { layers: built, inputShape, outputShape, dtype };
  }

  /**
   * The layers from one to another as a model of their own, which shares their parameters: `slice(0, -1)` is all but the
   * last one. Indices count as in `Array.slice`.
   *
   * @throws DataTypeError when an index is no whole number
   * @throws ValueError when no layer lies between them, or it is a block that is part of no model yet
   */
  slice(start: number, end?: number, ...surplus: []): Sequential {
    checkSurplus('slice', surplus);
    const { layers, dtype } = this.#whole;
    checkIndex('start', start);
    if (end !== undefined) checkIndex('end', end);
    const part = layers.slice(start, end);
    if (part.length > 0) {
      return new Sequential(
        part.map(({ layer }) => layer),
        { inputShape: part[0].inputShape, dtype },
      );
    }
    throw new ValueError({
      operation: 'Sequential.slice',
      got: `${start} to ${end ?? 'the end'}, of ${layers.length} layers`,
      wanted: 'one layer at least',
      remedy: 'Count from 0, or backwards from the end: `slice(0, -1)` leaves out the last layer',
    });
  }

  /**
   * The parameter of that name: `model.parameter('conv1.weight')`.
   *
   * @throws ValueError listing the names there are
   */
  parameter(name: string, ...surplus: []): Parameter {
    checkSurplus('parameter', surplus);
    return parameterNamed('Sequential', this.parameters, name);
  }

  /**
   * The output for a batch: `[batch, ...inputShape]` to `[batch, ...outputShape]`.
   *
   * @param context whether this is training; a model asks for it only if one of its layers behaves differently then
   * @throws ShapeError when x is not a batch of inputs of the model's shape
   * @throws DataTypeError when x is no tensor, or not of the model's number type
   * @throws ValueError when it is a block that is part of no model yet
   */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    const { layers, inputShape, dtype } = this.#whole;
    checkTensor('Sequential', 'x', x, 'Make a tensor of it, `tensor(x)`, or to train, `tape.constant(x)`');
    if (!sameShape(x.shape.slice(1), inputShape) || x.rank !== inputShape.length + 1) {
      throw new ShapeError({
        operation: layers.length > 0 ? `${layers[0].name}, the first layer of Sequential` : 'Sequential',
        got: `x is ${formatShape(x.shape)}`,
        wanted: `a batch of ${formatShape(inputShape)}: [batch, ${inputShape.join(', ')}]`,
        remedy: inputAdvice(x.shape, inputShape),
      });
    }
    if (x.dtype !== dtype) throw otherType('Sequential', 'x', x, dtype);
    const own = contextOf(x, context);
    return offTape(x, (x) => callInOrder(layers, x, own));
  }
}

function checkIndex(name: string, index: number): void {
  if (Number.isInteger(index)) return;
  throw wrongKind('Sequential.slice', name, index, {
    wanted: 'a whole number',
    remedy: 'Count from 0, or backwards from the end: `slice(0, -1)`',
  });
}
