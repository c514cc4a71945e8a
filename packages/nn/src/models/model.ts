import {
  type DataType,
  formatShape,
  type Parameter,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
  within,
} from '@tapegrad/core';
import {
  checkOptions,
  checkSurplus,
  checkTensor,
  type OptionNames,
  offTape,
  sameShape,
  wrongKind,
} from '@tapegrad/core/authors';
import { checkNames, once } from '../layers/built.ts';
import { inputAdvice } from '../layers/inputAdvice.ts';
import type { BuildContext, CallContext } from '../layers/layer.ts';
import type { LayerBuffer } from '../layers/layerBuffer.ts';
import { checkedName, otherType, parameterNamed } from '../layers/modelParts.ts';
import { contextOf } from '../layers/trainingMode.ts';
import {
  GraphBuilder,
  type GraphLayer,
  type GraphStep,
  type GraphValues,
  isRecord,
  type NamedShape,
  valuesByName,
} from './graphBuilder.ts';
import { GraphValue } from './graphValue.ts';
import { inOrder } from './order.ts';

/** A tensor for a value, or for several by name. */
export type TensorsOf<Values extends GraphValues> = Values extends GraphValue
  ? Tensor
  : { readonly [Name in keyof Values]: Tensor };

/** A shape for a value, or for several by name. */
export type ShapesOf<Values extends GraphValues> = Values extends GraphValue
  ? Shape
  : { readonly [Name in keyof Values]: Shape };

export interface ModelOptions<Inputs extends GraphValues, Outputs extends GraphValues> {
  /** What goes in: what `input` gave, or several of these by name. */
  readonly inputs: Inputs;
  /** What comes out: what layers made of it, or several of these by name. */
  readonly outputs: Outputs;
  /** Where the first weights come from: the same seed gives the same model. Default: none, where no layer draws any. */
  readonly random?: Random;
  /** Default: float32. */
  readonly dtype?: DataType;
  /** What stands before the names of its layers and parameters: `encoder.conv1.weight`. Default: nothing. */
  readonly name?: string;
}

const modelOptions: OptionNames<ModelOptions<GraphValues, GraphValues>> = {
  inputs: 'required',
  outputs: 'required',
  random: 'optional',
  dtype: 'optional',
  name: 'optional',
};

/**
 * A model whose layers form any graph without circles: several inputs, several outputs, branches that meet again, layers
 * that are used twice. Layers are named as in `Sequential`, in the order in which their outputs are needed.
 *
 * A model of one input and one output is a layer too, to be a part of another one.
 *
 * @example
 * const image = input([1, 28, 28]);
 * const stem = image.to(new Conv2d({ outChannels: 8, kernelSize: 3, padding: 1 }), new ReLU());
 * const wide = stem.to(new Conv2d({ outChannels: 8, kernelSize: 5, padding: 2 }));
 * const scores = join(new Concat(), [stem, wide]).to(new Flatten(), new Dense({ outFeatures: 10 }));
 * const model = new Model({ inputs: image, outputs: scores, random: new Random(1) });
 * model.call(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export class Model<Inputs extends GraphValues = GraphValue, Outputs extends GraphValues = GraphValue> {
  readonly type = 'Model';
  readonly kind = 'model';
  readonly name: string | undefined;
  readonly dtype: DataType;
  /** The shape of one input, or of each by name, without the batch axis. */
  readonly inputShape: ShapesOf<Inputs>;
  /** The shape of one output, or of each by name, without the batch axis. */
  readonly outputShape: ShapesOf<Outputs>;
  /** All layers in the order in which they are called. */
  readonly layers: readonly GraphLayer[];
  /** For each output by name, the input or layer that it comes from; a single one is called `output`. */
  readonly sources: Readonly<Record<string, string>>;
  readonly #inputs: readonly NamedShape[];
  readonly #outputs: readonly { readonly name: string; readonly index: number }[];
  readonly #steps: readonly GraphStep[];
  readonly #takesOne: boolean;
  readonly #givesOne: boolean;

  /**
   * @throws ShapeError naming the layer that cannot take what it is given
   * @throws ValueError when an output needs an input that is not among `inputs`, or two parameters have the same name
   */
  constructor(options: ModelOptions<Inputs, Outputs>, ...surplus: []) {
    checkSurplus('Model', surplus);
    const {
      inputs,
      outputs,
      random,
      dtype = 'float32',
      name,
    } = checkOptions('Model', options, modelOptions as OptionNames<ModelOptions<Inputs, Outputs>>);
    this.name = checkedName('Model', name);
    this.dtype = dtype;
    this.#takesOne = inputs instanceof GraphValue;
    this.#givesOne = outputs instanceof GraphValue;
    const entries = valuesByName('inputs', inputs, 'input');
    const exits = valuesByName('outputs', outputs, 'output');
    const graph = new GraphBuilder(entries, {
      name: name === undefined ? '' : `${name}.`,
      random: random as Random,
      dtype,
    });
    for (const value of inOrder(exits.map(([, value]) => value))) graph.add(value);
    this.layers = graph.layers;
    this.#steps = graph.steps;
    this.#inputs = graph.inputs;
    this.#outputs = exits.map(([name, value]) => ({ name, index: graph.indexOf(value) }));
    this.sources = Object.fromEntries(this.#outputs.map(({ name, index }) => [name, graph.ids[index]]));
    const shapeOfOutput = ({ index }: { readonly index: number }): Shape => graph.shapes[index];
    this.inputShape = (
      this.#takesOne ? this.#inputs[0].shape : Object.fromEntries(this.#inputs.map(({ name, shape }) => [name, shape]))
    ) as ShapesOf<Inputs>;
    this.outputShape = (
      this.#givesOne
        ? shapeOfOutput(this.#outputs[0])
        : Object.fromEntries(this.#outputs.map((output) => [output.name, shapeOfOutput(output)]))
    ) as ShapesOf<Outputs>;
    checkNames('Model', this.parameters, this.buffers);
  }

  /** All parameters, in the order of the layers, weight before bias; those of a shared layer once. */
  get parameters(): readonly Parameter[] {
    return once(this.layers.flatMap(({ layer }) => layer.parameters));
  }

  /** All buffers: what is saved beside the parameters. */
  get buffers(): readonly LayerBuffer[] {
    return once(this.layers.flatMap(({ layer }) => layer.buffers ?? []));
  }

  /**
   * The parameter of that name: `model.parameter('conv1.weight')`.
   *
   * @throws ValueError listing the names there are
   */
  parameter(name: string, ...surplus: []): Parameter {
    checkSurplus('parameter', surplus);
    return parameterNamed('Model', this.parameters, name);
  }

  /**
   * The model as a part of another one, which takes it as it is.
   *
   * @throws ShapeError when inputs have another shape than it was made for
   * @throws ValueError when it has several inputs or outputs
   */
  build(inputShape: Shape, { name, dtype }: BuildContext): Shape {
    if (!this.#takesOne || !this.#givesOne) {
      throw new ValueError({
        operation: name,
        got: `a Model of ${this.#inputs.length} inputs and ${this.#outputs.length} outputs by name, as a layer`,
        wanted: 'one of a single input and a single output',
        remedy: 'Lead values through its parts, or call it by itself',
      });
    }
    if (!sameShape(inputShape, this.#inputs[0].shape) || dtype !== this.dtype) {
      throw new ShapeError({
        operation: name,
        got: `inputs of ${formatShape(inputShape)} and ${dtype}`,
        wanted: `${formatShape(this.#inputs[0].shape)} and ${this.dtype}, for which the model was made`,
        remedy: 'Make a new model for them, and give it the weights of this one with `loadWeights`',
      });
    }
    return this.outputShape as Shape;
  }

  /**
   * The outputs for a batch of each input: a tensor, or several by name, as the model was made.
   *
   * @param context whether this is training; a model asks for it only if one of its layers behaves differently then
   * @throws ShapeError when an input is not a batch of the model's shape
   * @throws DataTypeError when an input is no tensor, or not of the model's number type
   * @throws ValueError when an input is missing, or is none of the model
   */
  call(inputs: TensorsOf<Inputs>, context?: CallContext, ...surplus: []): TensorsOf<Outputs> {
    checkSurplus(`${this.type}.call`, surplus);
    const values = this.#read(inputs);
    const [x] = values;
    const own = values.every(({ tape }) => tape === null) ? contextOf(x, context) : context;
    if (this.#takesOne && this.#givesOne) {
      return offTape(x, (x) => this.#compute([x], own)[this.#outputs[0].index]) as TensorsOf<Outputs>;
    }
    const computed = this.#compute(values, own);
    if (this.#givesOne) return computed[this.#outputs[0].index] as TensorsOf<Outputs>;
    const outputs = this.#outputs.map(({ name, index }) => [name, computed[index]] as const);
    return Object.fromEntries(outputs) as TensorsOf<Outputs>;
  }

  /** All values of the graph, from those of its inputs. */
  #compute(values: Tensor[], context: CallContext | undefined): Tensor[] {
    for (const { name, from, layer } of this.#steps) {
      const first = values[from[0]];
      const run = (): Tensor =>
        'joins' in layer
          ? layer.call(
              from.map((index) => values[index]),
              context,
            )
          : layer.call(first, context);
      values.push(within(first, name, run));
    }
    return values;
  }

  /** The inputs in order, after a look at each. */
  #read(inputs: TensorsOf<Inputs>): Tensor[] {
    if (this.#takesOne) return [this.#checked(this.#inputs[0], 'x', inputs as Tensor)];
    const names = this.#inputs.map(({ name }) => name);
    if (!isRecord(inputs)) {
      throw wrongKind('Model', 'inputs', inputs, {
        wanted: 'a tensor for each input by name',
        remedy: `Call it with \`model.call({ ${names.join(', ')} })\``,
      });
    }
    const unknown = Object.keys(inputs).find((name) => !names.includes(name));
    const missing = names.find((name) => (inputs as Readonly<Record<string, unknown>>)[name] === undefined);
    if (unknown !== undefined || missing !== undefined) {
      throw new ValueError({
        operation: 'Model',
        got: unknown === undefined ? `no input ${missing}` : `an input ${unknown}`,
        wanted: `one tensor for each of ${names.join(', ')}`,
        remedy: `Call it with \`model.call({ ${names.join(', ')} })\``,
      });
    }
    return this.#inputs.map((input) =>
      this.#checked(input, input.name, (inputs as Readonly<Record<string, Tensor>>)[input.name]),
    );
  }

  #checked({ shape }: NamedShape, what: string, x: Tensor): Tensor {
    checkTensor('Model', what, x, 'Make a tensor of it, `tensor(x)`, or to train, `tape.constant(x)`');
    if (!sameShape(x.shape.slice(1), shape) || x.rank !== shape.length + 1) {
      throw new ShapeError({
        operation: 'Model',
        got: `${what} is ${formatShape(x.shape)}`,
        wanted: `a batch of ${formatShape(shape)}: [batch, ${shape.join(', ')}]`,
        remedy: inputAdvice(x.shape, shape),
      });
    }
    if (x.dtype !== this.dtype) throw otherType('Model', what, x, this.dtype);
    return x;
  }
}
