import { add, concat, detach, gradcheck, Random, relu, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { ReLU, Tanh } from '../layers/activations.ts';
import { BatchNorm } from '../layers/batchNorm.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Dropout } from '../layers/dropout.ts';
import { Flatten } from '../layers/flatten.ts';
import { Sequential } from '../layers/sequential.ts';
import { loadModel, saveModel, weightsOf } from '../saving/modelState.ts';
import { input, join } from './graphValue.ts';
import { Add, Concat, Multiply } from './joins.ts';
import { Model } from './model.ts';

const conv = (outChannels: number, kernelSize = 3) =>
  new Conv2d({ outChannels, kernelSize, padding: (kernelSize - 1) / 2 });

/** A stem, two branches of it side by side, and a head. */
function branched(seed = 1) {
  const image = input([2, 6, 6]);
  const stem = image.to(conv(3), new ReLU());
  const both = join(new Concat(), [stem.to(conv(4, 1)), stem.to(conv(2, 5), new Tanh())]);
  const scores = both.to(new Flatten(), new Dense({ outFeatures: 3 }));
  return new Model({ inputs: image, outputs: scores, random: new Random(seed), dtype: 'float64' });
}

/** An image and a number; classes and a box. */
function manyWays() {
  const image = input([1, 4, 4]);
  const age = input([1]);
  const seen = image.to(new Flatten(), new Dense({ outFeatures: 5 }), new Tanh());
  const known = age.to(new Dense({ outFeatures: 5 }));
  const both = join(new Add(), [seen, known]);
  const outputs = { classes: both.to(new Dense({ outFeatures: 3 })), box: both.to(new Dense({ outFeatures: 4 })) };
  return new Model({ inputs: { image, age }, outputs, random: new Random(1) });
}

describe('a model of branches', () => {
  test('names its layers in the order in which they are needed', () => {
    const model = branched();
    expect(model.layers.map(({ id, from }) => [id, from])).toEqual([
      ['conv1', ['input']],
      ['relu1', ['conv1']],
      ['conv2', ['relu1']],
      ['conv3', ['relu1']],
      ['tanh1', ['conv3']],
      ['concat1', ['conv2', 'tanh1']],
      ['flatten1', ['concat1']],
      ['dense1', ['flatten1']],
    ]);
    expect(model.layers.at(5)).toMatchObject({
      inputShapes: [
        [4, 6, 6],
        [2, 6, 6],
      ],
      outputShape: [6, 6, 6],
    });
    expect([model.inputShape, model.outputShape, model.sources]).toEqual([[2, 6, 6], [3], { output: 'dense1' }]);
    expect(model.parameter('conv3.bias').shape).toEqual([2]);
  });

  test('gives what its layers give one by one', () => {
    const model = branched();
    const layer = (id: string) => model.layers.find((each) => each.id === id)?.layer as Sequential;
    const x = tensor(uniform([5, 2, 6, 6]));
    const stem = relu(layer('conv1').call(x));
    const both = concat([layer('conv2').call(stem), layer('tanh1').call(layer('conv3').call(stem))], { axis: 1 });
    expectSame(model.call(x), layer('dense1').call(layer('flatten1').call(both)));
  });

  test('has right derivatives by its input and by every parameter', () => {
    const model = branched();
    const f = (x: Tensor) => sum(model.call(x));
    expect(gradcheck(f, [uniform([2, 2, 6, 6])]).kinks).toEqual([]);
    using tape = new Tape();
    const gradients = tape.gradients(sum(model.call(tape.constant(uniform([2, 2, 6, 6])))));
    for (const parameter of model.parameters) expect(gradients.has(parameter)).toBe(true);
  });

  test('the same seed gives the same model, and its weights are a file', () => {
    const [one, other] = [branched(1), branched(2)];
    const x = tensor(uniform([2, 2, 6, 6]));
    expectSame(branched(1).call(x), one.call(x));
    expect(() => expectSame(other.call(x), one.call(x))).toThrow();
    loadModel(other, saveModel(one));
    expectSame(other.call(x), one.call(x));
  });

  test('marks on the tape which layer is at work', () => {
    using tape = new Tape();
    branched().call(tape.constant(uniform([1, 2, 6, 6])));
    expect([...new Set(tape.steps.map(({ layer }) => layer))]).toEqual(
      expect.arrayContaining(['conv1', 'relu1', 'concat1', 'dense1']),
    );
  });

  test('computes as deep a chain as anybody writes', () => {
    let value = input([1]);
    const start = value;
    for (let depth = 0; depth < 20_000; depth++) value = join(new Add(), [value, start]);
    const model = new Model({ inputs: start, outputs: value });
    expect(model.call(tensor([[1]])).item()).toBe(20_001);
  });
});

describe('several inputs and outputs', () => {
  const images = () => tensor(uniform([2, 1, 4, 4]), { dtype: 'float32' });
  const ages = () => tensor([[3], [4]]);

  test('go in and come out by name', () => {
    const model = manyWays();
    expect(model.inputShape).toEqual({ image: [1, 4, 4], age: [1] });
    expect(model.outputShape).toEqual({ classes: [3], box: [4] });
    expect(model.sources).toEqual({ classes: 'dense3', box: 'dense4' });
    const outputs = model.call({ image: images(), age: ages() });
    expectTypeOf(outputs).toEqualTypeOf<{ readonly classes: Tensor; readonly box: Tensor }>();
    expect([outputs.classes.shape, outputs.box.shape]).toEqual([
      [2, 3],
      [2, 4],
    ]);
    // The order of the names does not matter.
    expectSame(model.call({ age: ages(), image: images() }).box, outputs.box);
  });

  test('both outputs of one loss reach what they share', () => {
    const model = manyWays();
    using tape = new Tape();
    const { classes, box } = model.call({ image: tape.constant(images()), age: tape.constant(ages()) });
    const gradients = tape.gradients(add(sum(classes), sum(box)));
    expect(model.parameters.filter((parameter) => !gradients.has(parameter))).toEqual([]);
  });

  test('a wrong one is an error that says what is wanted', () => {
    const model = manyWays();
    const [image, age] = [images(), ages()];
    expect(
      messagesOf({
        missing: () => model.call({ image } as never),
        unknown: () => model.call({ image, age, weight: age } as never),
        shape: () => model.call({ image, age: tensor([1]) }),
        list: () => model.call({ image, age: [[1]] } as never),
        tensor: () => model.call(image as never),
        dtype: () => model.call({ image, age: tensor([[1]], { dtype: 'float64' }) }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "dtype": "DataTypeError: Model: age is float64, the model is float32; wanted inputs of the type of the model. Give \`cast(x, 'float32')\`, or build the model with \`dtype: 'float64'\`.",
        "list": "DataTypeError: Model: age is a list of 1; wanted a tensor. Make a tensor of it, \`tensor(x)\`, or to train, \`tape.constant(x)\`.",
        "missing": "ValueError: Model: no input age; wanted one tensor for each of image, age. Call it with \`model.call({ image, age })\`.",
        "shape": "ShapeError: Model: age is [1]; wanted a batch of [1]: [batch, 1]. Put a batch axis of length 1 in front: \`reshape(x, [1, 1])\`.",
        "tensor": "DataTypeError: Model: inputs is a tensor of shape [2, 1, 4, 4]; wanted a tensor for each input by name. Call it with \`model.call({ image, age })\`.",
        "unknown": "ValueError: Model: an input weight; wanted one tensor for each of image, age. Call it with \`model.call({ image, age })\`.",
      }
    `);
  });
});

describe('a layer that stands in a model twice', () => {
  const shared = () => {
    const encoder = new Dense({ outFeatures: 2 });
    const [left, right] = [input([3]), input([3])];
    const product = join(new Multiply(), [left.to(encoder), right.to(encoder)]);
    return new Model({ inputs: { left, right }, outputs: product, random: new Random(1), dtype: 'float64' });
  };

  test('has one set of parameters, counted once', () => {
    const model = shared();
    expect(model.layers.map(({ id, name }) => [id, name])).toEqual([
      ['dense1', 'dense1'],
      ['dense1.2', 'dense1'],
      ['multiply1', 'multiply1'],
    ]);
    expect(model.parameters.map(({ name }) => name)).toEqual(['dense1.weight', 'dense1.bias']);
    expect([...weightsOf(model).keys()]).toEqual(['dense1.weight', 'dense1.bias']);
  });

  test('collects its gradients from both', () => {
    const model = shared();
    const [left, right] = [tensor(uniform([4, 3])), tensor(uniform([4, 3], { seed: 2 }))];
    const [weight] = model.parameters;
    const gradientOf = (a: Tensor, b: Tensor): Tensor => {
      using tape = new Tape();
      const loss = sum(model.call({ left: tape.constant(a), right: tape.constant(b) }));
      return detach(tape.gradients(loss).get(weight));
    };
    const step = 1e-6;
    const at = (shift: number): number => {
      weight.update((numbers) => {
        numbers[1] += shift;
      });
      const value = sum(model.call({ left, right })).item();
      weight.update((numbers) => {
        numbers[1] -= shift;
      });
      return value;
    };
    expect(gradientOf(left, right).toFlatArray()[1]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 6);
  });
});

describe('within another model', () => {
  test('a model of one input and one output is a layer', () => {
    const part = branched();
    const whole = new Sequential([part, new Dense({ outFeatures: 1 })], {
      inputShape: [2, 6, 6],
      random: new Random(2),
      dtype: 'float64',
      name: 'whole',
    });
    expect(whole.parameters.map(({ name }) => name).slice(-3)).toEqual([
      'dense1.bias',
      'whole.dense1.weight',
      'whole.dense1.bias',
    ]);
    const x = tensor(uniform([2, 2, 6, 6]));
    expectSame(whole.call(x), (whole.layers[1].layer as Dense).call(part.call(x)));
  });

  test('its layers are told whether this is training', () => {
    const x = input([4]);
    const model = new Model({
      inputs: x,
      outputs: x.to(new Dropout({ rate: 0.5 }), new BatchNorm()),
      random: new Random(1),
    });
    const ones = tensor([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
    expect(model.call(ones, { training: false }).toFlatArray()).toEqual(
      model.call(ones, { training: false }).toFlatArray(),
    );
    const [once, again] = [1, 2].map((seed) => model.call(ones, { training: true, random: new Random(seed) }));
    expect(once.toFlatArray()).not.toEqual(again.toFlatArray());
    expect(model.buffers.map(({ name }) => name)).toEqual(['batchNorm1.runningMean', 'batchNorm1.runningVariance']);
  });
});

test('what cannot become a model is refused by name', () => {
  const [x, y] = [input([3]), input([4])];
  const random = new Random(1);
  const sum = join(new Add(), [x, y]);
  const dense = new Dense({ outFeatures: 2 });
  expect(
    messagesOf({
      shapes: () => new Model({ inputs: { x, y }, outputs: sum, random }),
      forgotten: () => new Model({ inputs: x, outputs: sum, random }),
      made: () => new Model({ inputs: x.to(new ReLU()), outputs: x, random }),
      none: () => new Model({ inputs: {}, outputs: x, random }),
      tensor: () => new Model({ inputs: tensor([1]) as never, outputs: x, random }),
      random: () => new Model({ inputs: x, outputs: x.to(new Dense({ outFeatures: 2 })) }),
      twice: () => new Model({ inputs: { x, y }, outputs: { a: x.to(dense), b: y.to(dense) }, random }),
      option: () => new Model({ input: x, outputs: x } as never),
      name: () => new Model({ inputs: x, outputs: x, name: 'a.b' }),
      layer: () => x.to(ReLU as never),
      joined: () => join(new ReLU() as never, [x, y]),
      several: () => new Sequential([manyWays() as never], { inputShape: [1, 4, 4], random }),
      names: () => new Model({ inputs: x, outputs: x.to(branchless(1), branchless(2)) }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "forgotten": "ValueError: Model: an output that needs an input of shape [4], which is not among the inputs input; wanted all inputs that the outputs need. Name each of them: \`inputs: { image, age }\`.",
      "joined": "DataTypeError: join: layer is a ReLU; wanted a layer of several inputs. Take \`new Concat()\`, \`new Add()\` or \`new Multiply()\`; one input goes to a layer with \`value.to(layer)\`.",
      "layer": "DataTypeError: the model: layers[0] is the function ReLU; wanted a layer. Make each with \`new\`: \`new ReLU()\`, not \`ReLU\` and not the op \`relu\`.",
      "made": "ValueError: Model: the input input, which is made of others; wanted what \`input\` gave. To make a model of a part of another one, begin with an \`input\` of the shape of that value.",
      "name": "ValueError: Model: the name "a.b"; wanted a word without points and spaces. Take one such as 'encoder': a point divides it from the names of the layers, \`encoder.conv1\`.",
      "names": "ValueError: Model: two different parameters or buffers called dense1.weight; wanted a name of its own for each. Name the models that the layers come from: \`new Sequential(layers, { name: 'encoder', … })\`.",
      "none": "ValueError: Model: no inputs; wanted a value, or several by name. Give what \`input\` and \`to\` gave: \`new Model({ inputs: image, outputs: scores, random })\`.",
      "option": "ValueError: Model: an option called input; wanted inputs, outputs, random, dtype, name. Perhaps inputs is meant.",
      "random": "DataTypeError: dense1: random is undefined; wanted a Random, from which the first weights come. Give one with a seed: \`random: new Random(1)\`.",
      "several": "ValueError: model1: a Model of 2 inputs and 2 outputs by name, as a layer; wanted one of a single input and a single output. Lead values through its parts, or call it by itself.",
      "shapes": "ShapeError: add1: x is [1, 3], y is [1, 4]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
      "tensor": "DataTypeError: Model: inputs is a tensor of shape [1]; wanted a value of a model, without numbers yet. Begin with \`input([1, 28, 28])\`, and lead it through layers: \`value.to(new ReLU())\`.",
      "twice": "ShapeError: dense1: inputs of shape [4], for a layer that was built for [3] before; wanted inputs of the same shape wherever a layer stands. Make a new layer for them, and give it the weights of this one with \`loadWeights\`.",
    }
  `);
});

/** A model whose layer is called as that of any other. */
function branchless(seed: number): Sequential {
  return new Sequential([new Dense({ outFeatures: 3 })], { inputShape: [3], random: new Random(seed) });
}
