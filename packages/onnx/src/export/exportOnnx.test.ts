import { Random, type Shape, type Tensor, tensor } from '@tapegrad/core';
import { Conv2d, DeformConv2d, Dense, type Layer, ReLU, Sequential, weightsOf } from '@tapegrad/nn';
import { afterAll, describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { architectures, inputsOf, trained } from '../../test/architectures.ts';
import { runOnnx } from '../../test/runtime.ts';
import { readFile } from '../format/file.ts';
import { importOnnx } from '../import/importOnnx.ts';
import { exportOnnx } from './exportOnnx.ts';

describe('onnxruntime agrees', () => {
  const errors: { readonly model: string; readonly error: string }[] = [];

  test.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
    'on %s',
    async (name, architecture) => {
      const model = trained(architecture);
      const x = inputsOf(architecture);
      const y = model.call(x);
      // Outputs that were the same for all inputs would agree whatever came before.
      expect(spread(y)).toBeGreaterThan(1e-3);
      const bytes = exportOnnx(model, { opset: architecture.opset });
      const { numbers, shape } = await runOnnx(bytes, x, isIndexed(architecture) ? 'int64' : 'float32');
      expect(shape).toEqual(y.shape);
      const error = [...y.toFlatArray()].reduce((most, wanted, at) => {
        return Math.max(most, Math.abs(numbers[at] - wanted) / Math.max(1, Math.abs(wanted)));
      }, 0);
      errors.push({ model: name, error: error.toExponential(1) });
      expect(error).toBeLessThan(1e-5);
    },
  );

  afterAll(() => console.table(errors));
});

/** The largest distance between an output for the first input and one for the last. */
function spread(y: Tensor): number {
  const numbers = [...y.toFlatArray()];
  const size = numbers.length / y.shape[0];
  const distances = numbers.slice(0, size).map((number, at) => Math.abs(number - numbers[numbers.length - size + at]));
  return distances.reduce((most, distance) => Math.max(most, distance), 0);
}

const isIndexed = ({ indices }: { readonly indices?: number }): boolean => indices !== undefined;

const small = (layers: readonly Layer[], inputShape: Shape = [1, 6, 6]) =>
  new Sequential(layers, { inputShape, random: new Random(1) });

describe('the file', () => {
  test('says names, shapes and versions', () => {
    const model = small([new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU()]);
    const { graph, ...rest } = readFile(exportOnnx(model, { name: 'net', metadata: { author: 'me' } }));
    expect(rest).toEqual({
      irVersion: 8,
      producerName: 'tapegrad',
      producerVersion: '',
      docString: '',
      opsetImport: [{ domain: '', version: 17 }],
      metadataProps: [{ key: 'author', value: 'me' }],
    });
    const described = [...(graph?.input ?? []), ...(graph?.valueInfo ?? []), ...(graph?.output ?? [])];
    const shapes = described.map(({ name, type }) => [
      name,
      type?.tensorType?.shape?.dim.map(({ dimValue, dimParam }) => dimValue ?? dimParam),
    ]);
    expect(shapes).toEqual([
      ['input', ['batch', 1, 6, 6]],
      ['conv1', ['batch', 2, 4, 4]],
      ['relu1', ['batch', 2, 4, 4]],
      ['output', ['batch', 2, 4, 4]],
    ]);
    expect(graph?.node.map(({ opType, name, input }) => [opType, name, input])).toEqual([
      ['Conv', 'conv1', ['input', 'conv1.weight', 'conv1.bias']],
      ['Relu', 'relu1', ['conv1']],
      ['Identity', 'output', ['relu1']],
    ]);
  });

  test('calls weights as saved files do', () => {
    const architecture = architectures.find(({ name }) => name === 'a residual network');
    const model = trained(architecture ?? architectures[0]);
    const { graph } = readFile(exportOnnx(model));
    expect(graph?.initializer.map(({ name }) => name).sort()).toEqual([...weightsOf(model).keys()].sort());
  });

  test('has a batch of one size, if that is wanted', async () => {
    const [, , architecture] = architectures;
    const bytes = exportOnnx(trained(architecture), { batch: 2 });
    const [batch] = readFile(bytes).graph?.input[0].type?.tensorType?.shape?.dim ?? [];
    expect(batch).toEqual({ dimValue: 2, dimParam: '' });
    expect((await runOnnx(bytes, inputsOf(architecture, 2))).shape).toEqual([2, 5]);
  });

  test('is the same for the same model', () => {
    expect(exportOnnx(trained(architectures[0]))).toEqual(exportOnnx(trained(architectures[0])));
  });
});

/** A layer of somebody else. */
const square: Layer = { type: 'Square', kind: 'square', parameters: [], build: (shape) => shape, call: (x) => x };

test('what ONNX has no words for', () => {
  const dense = () => small([new Dense({ outFeatures: 2 })], [3]);
  expect(
    messagesOf({
      'a layer of somebody else': () => exportOnnx(small([new ReLU(), square])),
      'a deformable convolution, too early': () =>
        exportOnnx(small([new DeformConv2d({ outChannels: 2, kernelSize: 3 })]), { opset: 18 }),
      'an opset that is too old': () => exportOnnx(dense(), { opset: 16 }),
      'an opset that is none': () => exportOnnx(dense(), { opset: 17.5 }),
      'a batch of nobody': () => exportOnnx(dense(), { batch: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a batch of nobody": "OnnxError: exportOnnx: batch is 0; wanted 'dynamic', or a whole number of at least 1. Leave it out for batches of any size.",
      "a deformable convolution, too early": "OnnxError: conv1: a deformable convolution in opset 18; wanted opset 19 or later, the first one that has DeformConv. Leave \`opset\` out, or ask for 19.",
      "a layer of somebody else": "OnnxError: square1: a layer of type Square; wanted a layer of @tapegrad/nn, for which ONNX has operations. Say how it is written, \`exportOnnx(model, { layers: [exporting(…)] })\`, or export the model up to this layer.",
      "an opset that is none": "OnnxError: exportOnnx: opset 17.5; wanted a whole number from 17 to 25. Leave it out for the oldest one that the layers can be written in.",
      "an opset that is too old": "OnnxError: exportOnnx: opset 16; wanted a whole number from 17 to 25. Leave it out for the oldest one that the layers can be written in.",
    }
  `);
});

test('a convolution that goes round the image comes back as what pads it and what follows', () => {
  const conv = (paddingMode: 'circular' | 'reflect') => [
    new Conv2d({ outChannels: 2, kernelSize: 3, padding: [1, 2], paddingMode }),
  ];
  const model = small(conv('circular'));
  const { model: back } = importOnnx(exportOnnx(model));
  expect(back.layers.map(({ layer }) => [layer.type, layer.parameters.length])).toEqual([
    ['Pad', 0],
    ['Conv2d', 2],
  ]);
  const x = tensor(
    Array.from({ length: 72 }, (_, i) => Math.sin(i)),
    { shape: [2, 1, 6, 6] },
  );
  expect(back.call(x)).toEqual(model.call(x));
  expect(() => exportOnnx(model, { opset: 18 })).toThrow('circular padding in opset 18');
  expect(() => exportOnnx(small(conv('reflect')), { opset: 18 })).not.toThrow();
});
