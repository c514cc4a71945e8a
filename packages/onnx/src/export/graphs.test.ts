import {
  cast,
  full,
  maximum,
  multiply,
  Parameter,
  Random,
  type Shape,
  square,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import * as nn from '@tapegrad/nn';
import {
  Add,
  type BuildContext,
  Dense,
  Embedding,
  Flatten,
  type GraphValues,
  input,
  type JoinLayer,
  join,
  type Layer,
  Model,
  ReLU,
  Sequential,
} from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { architectures } from '../../test/architectures.ts';
import { conv, graphModels, image, random } from '../../test/graphModels.ts';
import { type RuntimeOutput, runNamed } from '../../test/runtime.ts';
import { readFile } from '../format/file.ts';
import { importOnnx } from '../import/importOnnx.ts';
import { exportOnnx } from './exportOnnx.ts';
import { float } from './graphWriter.ts';
import { exporting } from './layerExport.ts';

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

describe('onnxruntime agrees', () => {
  test.each(Object.entries(graphModels))('on %s', async (_, make) => {
    const model = make();
    const x = batch([3, 2, 6, 6]);
    const { output } = await runNamed(exportOnnx(model), { input: x });
    const wanted = model.call(x, { training: false });
    expectAgrees(output, wanted);
    expectClose(importOnnx(exportOnnx(model)).model.call(x, { training: false }), wanted, 1e-6);
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
    const again = importOnnx<Model<GraphValues, GraphValues>>(exportOnnx(model)).model.call(inputs);
    expectSame((again as typeof wanted).classes, wanted.classes);
  });
});

describe('the models of these tests', () => {
  /** The types of layers in a row or a graph, and of those within them. */
  const typesIn = (layers: readonly object[]): string[] =>
    layers.flatMap((layer) => {
      const held = layer as { readonly layers?: readonly Held[]; readonly branches?: readonly (readonly Held[])[] };
      const parts = [held.layers ?? [], ...(held.branches ?? [])].flat();
      return [(layer as Layer).type, ...typesIn(parts.map((part) => part.layer))];
    });
  type Held = { readonly layer: Layer | JoinLayer };

  test('are 70 at least, and hold every layer of @tapegrad/nn', () => {
    const graphs = Object.values(graphModels).map((make) => make());
    expect(architectures.length + graphs.length).toBeGreaterThanOrEqual(70);
    const held = new Set([...architectures.flatMap(({ layers }) => typesIn(layers())), ...typesIn(graphs)]);
    const isLayer = (member: unknown): boolean =>
      typeof member === 'function' && typeof member.prototype?.build === 'function';
    const layers = Object.entries(nn).flatMap(([name, member]) => (isLayer(member) ? [name] : []));
    expect(layers.length).toBeGreaterThan(70);
    expect(layers.filter((name) => !held.has(name))).toEqual([]);
  });
});

test('the weights of a layer that stands there twice are in the file once', () => {
  const { graph } = readFile(exportOnnx(graphModels['a layer and a block that stand there twice']()));
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

describe('layers of your own', () => {
  /** y = weight·x², with a weight of its own. */
  class Quadratic implements Layer {
    readonly type = 'Quadratic';
    readonly kind = 'quadratic';
    #weight: Parameter | undefined;

    get parameters(): readonly Parameter[] {
      return this.#weight ? [this.#weight] : [];
    }

    build(inputShape: Shape, { name, dtype }: BuildContext): Shape {
      this.#weight = new Parameter(`${name}.weight`, full([1], 0.5, { dtype }));
      return inputShape;
    }

    call(x: Tensor): Tensor {
      return multiply(this.parameters[0], square(x));
    }
  }

  /** The larger one of two values, twice. */
  class Double implements JoinLayer {
    readonly type = 'Double';
    readonly kind = 'double';
    readonly joins = true;
    readonly parameters = [];

    build([shape]: readonly Shape[]): Shape {
      return shape;
    }

    call([x, y]: readonly Tensor[]): Tensor {
      return multiply(2, maximum(x, y));
    }
  }

  const own = [
    exporting(Quadratic, (_, { name, input, graph, weight }) =>
      graph.node(name, 'Mul', [graph.node(`${name}.square`, 'Mul', [input, input]), weight('weight')]),
    ),
    exporting(Double, (_, { name, inputs, graph }) => {
      const largest = graph.node(`${name}.largest`, 'Max', inputs);
      return graph.node(name, 'Mul', [largest, graph.number(`${name}.two`, 2)]);
    }),
  ];

  test('are written as they say, and come back as layers of this package', async () => {
    const x = image();
    const squared = x.to(conv(2), new Quadratic());
    const model = new Model({ inputs: x, outputs: join(new Double(), [squared, x]), random: random() });
    const bytes = exportOnnx(model, { layers: own });
    const images = batch([3, 2, 6, 6]);
    expectAgrees((await runNamed(bytes, { input: images })).output, model.call(images));
    expectSame(importOnnx(bytes).model.call(images), model.call(images));
    expect(() => exportOnnx(model)).toThrow('quadratic1: a layer of type Quadratic');
  });

  test('may stand for layers of this package, too', () => {
    const model = new Sequential([new ReLU()], { inputShape: [2] });
    const leaky = exporting(ReLU, (_, { name, input, graph }) =>
      graph.node(name, 'LeakyRelu', [input], { alpha: float(0.5) }),
    );
    const { graph } = readFile(exportOnnx(model, { layers: [leaky] }));
    expect(graph?.node.map(({ opType }) => opType)).toEqual(['LeakyRelu', 'Identity']);
  });
});

describe('numbers of float64', () => {
  const model = new Sequential([conv(3), new Flatten(), new Dense({ outFeatures: 2 })], {
    ...{ inputShape: [2, 6, 6], random: random(), dtype: 'float64' as const },
  });

  test('stay what they are, and become float32 where that is asked for', async () => {
    const types = (bytes: Uint8Array) => [
      ...new Set(readFile(bytes).graph?.initializer.map(({ dataType }) => dataType)),
      readFile(bytes).graph?.input[0].type?.tensorType?.elemType,
    ];
    expect(types(exportOnnx(model))).toEqual([11, 11]);
    const rounded = exportOnnx(model, { dtype: 'float32' });
    expect(types(rounded)).toEqual([1, 1]);
    const x = batch([3, 2, 6, 6]);
    expectAgrees((await runNamed(rounded, { input: x })).output, model.call(cast(x, 'float64')));
    expect(importOnnx(rounded).model.dtype).toBe('float32');
    expect(messagesOf({ type: () => exportOnnx(model, { dtype: 'float16' as 'float32' }) })).toMatchInlineSnapshot(`
      {
        "type": "OnnxError: exportOnnx: dtype is float16; wanted 'float32' or 'float64'. Leave it out for the type of the model.",
      }
    `);
  });
});
