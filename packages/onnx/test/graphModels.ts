import { Random } from '@tapegrad/core';
import {
  Add,
  Affine,
  BatchNorm,
  Branches,
  Compare,
  Concat,
  Constant,
  Conv2d,
  Dense,
  Divide,
  Einsum,
  Elementwise,
  Flatten,
  GlobalAvgPool2d,
  type GraphValue,
  input,
  join,
  MatrixProduct,
  Maximum,
  Minimum,
  Model,
  Multiply,
  Permute,
  ReLU,
  Residual,
  Sequential,
  Skip,
  SqueezeExcitation,
  Subtract,
  Tanh,
  Where,
} from '@tapegrad/nn';

/** A convolution that keeps the size of images. */
export const conv = (outChannels: number, kernelSize = 3) =>
  new Conv2d({ outChannels, kernelSize, padding: (kernelSize - 1) / 2 });
export const random = (): Random => new Random(1);

/** Small images with two channels, as the inputs of a graph. */
export const image = (): GraphValue => input([2, 6, 6]);

/** One input and one output, of graphs that are no row. */
export const graphModels: Readonly<Record<string, () => Model | Sequential>> = {
  'rows within a row': () =>
    new Sequential(
      [new Sequential([conv(3), new ReLU()]), new Sequential([conv(2)], { name: 'last' }), new Flatten()],
      {
        inputShape: [2, 6, 6],
        random: random(),
      },
    ),
  'branches and skips': () =>
    new Sequential(
      [
        new Branches([[conv(2, 1)], [conv(3), new BatchNorm()], []]),
        new Skip([new ReLU(), new Skip([conv(2)])]),
        new Branches([[], [conv(16)], [new Tanh()]], { join: new Add() }),
        new Branches([[], [new Tanh()]], { join: new Multiply() }),
      ],
      { inputShape: [2, 6, 6], random: random() },
    ),
  'gates of channels': () =>
    new Sequential(
      [
        conv(8),
        new SqueezeExcitation({ reduction: 4 }),
        new GlobalAvgPool2d(),
        new SqueezeExcitation({ reduction: 2 }),
      ],
      {
        inputShape: [2, 6, 6],
        random: random(),
      },
    ),
  'a graph with a residual block and three ways that meet': () => {
    const x = image();
    const stem = x.to(conv(4), new ReLU());
    const ways = [stem, stem.to(conv(4, 1)), stem.to(new Residual([conv(4)]), new Tanh())];
    const both = join(new Concat(), [join(new Add(), ways), join(new Multiply(), ways), x]);
    return new Model({ inputs: x, outputs: both.to(new Flatten(), new Dense({ outFeatures: 3 })), random: random() });
  },
  'a layer and a block that stand there twice': () => {
    const [layer, block] = [conv(2), new SqueezeExcitation({ reduction: 1 })];
    const x = image();
    return new Model({ inputs: x, outputs: x.to(layer, block, new ReLU(), layer, block), random: random() });
  },
  'a model within another one, and an axis from behind': () => {
    const x = image();
    const part = new Model({
      inputs: x,
      outputs: join(new Concat({ axis: -1 }), [x, x.to(conv(2))]),
      random: random(),
    });
    return new Sequential([part, new Flatten()], { inputShape: [2, 6, 6] });
  },
  'differences, quotients, extremes and products of matrices': () => {
    const x = image();
    const [one, other] = [x.to(conv(2)), x.to(new Elementwise({ operation: 'exp' }), new Affine())];
    const extremes = [join(new Maximum(), [one, other, x]), join(new Minimum(), [one, other])];
    const product = join(new MatrixProduct(), [one, other.to(new Permute({ order: [0, 1, 3, 2] }))]);
    const outputs = join(new Subtract(), [product, join(new Divide(), [extremes[0], other])]);
    return new Model({ inputs: x, outputs: join(new Concat(), [outputs, extremes[1]]), random: random() });
  },
  'comparisons, choices, and what is the same for each example': () => {
    const x = image();
    const bound = x.to(new Constant({ shape: [2, 6, 6] }));
    const one = x.to(conv(2));
    const isLarger = (['greater', 'greaterOrEqual', 'equal'] as const).map((by) =>
      join(new Compare({ by }), [one, by === 'equal' ? one : x]),
    );
    const chosen = isLarger.map((answer) => join(new Where(), [answer, one, x]));
    return new Model({ inputs: x, outputs: join(new Concat(), [...chosen, bound, ...isLarger]), random: random() });
  },
  'sums over letters': () => {
    const x = image();
    const rows = join(new Einsum({ equation: 'bchw,bcvw->bchv' }), [x, x.to(conv(2))]);
    return new Model({ inputs: x, outputs: rows, random: random() });
  },
  'an input that goes straight to the output': () => {
    const x = image();
    return new Model({ inputs: x, outputs: x });
  },
};
