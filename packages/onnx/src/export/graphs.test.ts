import { Random, type Shape, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import {
  Add,
  BatchNorm,
  Branches,
  Concat,
  Conv2d,
  Dense,
  Embedding,
  Flatten,
  GlobalAvgPool2d,
  type GraphValue,
  input,
  type JoinLayer,
  join,
  Model,
  Multiply,
  ReLU,
  Residual,
  Sequential,
  Skip,
  SqueezeExcitation,
  Tanh,
} from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { type RuntimeOutput, runNamed } from '../../test/runtime.ts';
import { readFile } from '../format/file.ts';
import { exportOnnx } from './exportOnnx.ts';

const conv = (outChannels: number, kernelSize = 3) =>
  new Conv2d({ outChannels, kernelSize, padding: (kernelSize - 1) / 2 });
const random = () => new Random(1);
const image = (): GraphValue => input([2, 6, 6]);

function batch(shape: Shape, draw = (numbers: Random) => numbers.normal()): Tensor {
  const numbers = new Random(2);
  return tensor(
    Float32Array.from({ length: sizeOf(shape) }, () => draw(numbers)),
    { shape },
  );
}

function expectAgrees({ numbers, shape }: RuntimeOutput, wanted: Tensor): void {
  expect(shape).toEqual(wanted.shape);
  const error = [...wanted.toFlatArray()].reduce(
    (most, y, at) => Math.max(most, Math.abs(numbers[at] - y) / Math.max(1, Math.abs(y))),
    0,
  );
  expect(error).toBeLessThan(1e-5);
}

/** One input and one output, of graphs that are no row. */
const models: Readonly<Record<string, () => Model | Sequential>> = {
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
  'an input that goes straight to the output': () => {
    const x = image();
    return new Model({ inputs: x, outputs: x });
  },
};

describe('onnxruntime agrees', () => {
  test.each(Object.entries(models))('on %s', async (_, make) => {
    const model = make();
    const x = batch([3, 2, 6, 6]);
    const { output } = await runNamed(exportOnnx(model), { input: x });
    expectAgrees(output, model.call(x, { training: false }));
  });

  test('on inputs and outputs by name, one of them whole numbers', async () => {
    const [picture, word] = [input([1, 4, 4]), input([3])];
    const seen = picture.to(new Flatten(), new Dense({ outFeatures: 6 }));
    const known = word.to(new Embedding({ count: 5, features: 2 }), new Flatten());
    const both = join(new Add(), [seen, known]);
    const outputs = { classes: both.to(new Dense({ outFeatures: 3 })), both };
    const model = new Model({ inputs: { picture, word }, outputs, random: random() });
    const inputs = { picture: batch([2, 1, 4, 4]), word: batch([2, 3], (numbers) => numbers.integer(5)) };
    const got = await runNamed(exportOnnx(model), inputs, { word: 'int64' });
    const wanted = model.call(inputs);
    expectAgrees(got.classes, wanted.classes);
    expectAgrees(got.both, wanted.both);
  });
});

test('the weights of a layer that stands there twice are in the file once', () => {
  const { graph } = readFile(exportOnnx(models['a layer and a block that stand there twice']()));
  const names = graph?.initializer.map(({ name }) => name) ?? [];
  expect(names.filter((name) => name.startsWith('conv'))).toEqual(['conv1.weight', 'conv1.bias']);
  expect(graph?.node.map(({ name }) => name).filter((name) => name.startsWith('conv'))).toEqual(['conv1', 'conv1.2']);
});

test('what brings values together in its own way is refused', () => {
  const own: JoinLayer = {
    type: 'Own',
    kind: 'own',
    joins: true,
    parameters: [],
    build: ([shape]) => shape,
    call: ([x]) => x,
  };
  const x = image();
  const model = new Model({ inputs: x, outputs: join(own, [x, x]) });
  expect(messagesOf({ own: () => exportOnnx(model) })).toMatchInlineSnapshot(`
    {
      "own": "OnnxError: own1: a layer of type Own; wanted a layer of @tapegrad/nn, for which ONNX has operations. Say how it is written, \`exportOnnx(model, { layers: [exporting(…)] })\`, or export the model up to this layer.",
    }
  `);
});
