import {
  add,
  batchNorm,
  conv2d,
  divide,
  erf,
  groupNorm,
  layerNorm,
  leakyRelu,
  multiply,
  sigmoid,
  tensor,
} from '@tapegrad/core';
import type { Layer } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { changed, type FileParts, fileOf, floats, node, options, wholes } from '../../test/edits.ts';
import { importOnnx } from './importOnnx.ts';

/** What a file computes for x = sin(0), sin(1), …, as flat numbers, and the layers that it became. */
function run(parts: FileParts) {
  const { model } = importOnnx(fileOf(parts));
  const shape = [2, ...model.inputShape];
  const x = tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, at) => Math.sin(at)),
    { shape },
  );
  const types = model.layers.map(({ layer }: { readonly layer: Layer }) => layer.type).join(' ');
  return { x, y: model.call(x), types, model };
}

const bias = floats('b', [3]);
const image = ['batch', 2, 5, 6];

describe('forms in which others write', () => {
  test('padding by name, at the beginning or at the end', () => {
    const weight = floats('w', [3, 2, 2, 3]);
    const convolve = (auto_pad: string) =>
      run({
        input: image,
        constants: [weight],
        nodes: [node('Conv', ['input', 'w'], ['output'], options({ auto_pad, strides: [2, 2] }))],
      });
    const w = tensor(
      Float32Array.from({ length: 36 }, (_, at) => at / 10),
      { shape: [3, 2, 2, 3] },
    );
    const { x, y } = convolve('SAME_LOWER');
    expect(y.toList()).toEqual(
      conv2d(x, w, {
        stride: 2,
        padding: [
          [1, 0],
          [1, 0],
        ],
      }).toList(),
    );
    expect(convolve('SAME_UPPER').y.toList()).toEqual(
      conv2d(x, w, {
        stride: 2,
        padding: [
          [0, 1],
          [0, 1],
        ],
      }).toList(),
    );
    expect(convolve('VALID').y.toList()).toEqual(conv2d(x, w, { stride: 2 }).toList());
  });

  test('a dense layer as a product and a sum, in either order, and as Gemm of either kind', () => {
    const [weight, turned] = [
      floats('w', [4, 3]),
      floats(
        't',
        [3, 4],
        [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11].map((n) => n / 10),
      ),
    ];
    const product = node('MatMul', ['input', 'w'], ['p']);
    const all = [
      [product, node('Add', ['p', 'b'], ['output'])],
      [product, node('Add', ['b', 'p'], ['output'])],
      [node('Gemm', ['input', 'w', 'b'], ['output'])],
      [node('Gemm', ['input', 't', 'b'], ['output'], options({ transB: 1, 'alpha:f': 1, 'beta:f': 1 }))],
    ].map((nodes) => run({ input: ['batch', 4], constants: [weight, turned, bias], nodes }));
    for (const { y, types } of all) {
      expect(types).toBe('Dense');
      expect(y.toList()).toEqual(all[0].y.toList());
    }
    const [row] = all[0].y.toList() as number[][];
    const wanted = [0, 1, 2].map(
      (out) => out / 10 + [0, 1, 2, 3].reduce((sum, at) => sum + (Math.sin(at) * (3 * at + out)) / 10, 0),
    );
    row.forEach((number, at) => {
      expect(number).toBeCloseTo(wanted[at], 6);
    });
  });

  test('constants among the inputs, in nodes of every kind, and handed on', () => {
    const bytes = changed((graph) => {
      graph.input.unshift({ name: 'conv1.weight', type: undefined });
      graph.initializer.push(wholes('shape', [0, -1]));
      graph.node.splice(
        2,
        1,
        node('Identity', ['shape'], ['again']),
        node('Reshape', ['relu1', 'again'], ['flatten1']),
      );
    });
    expect(importOnnx(bytes).model.layers.map(({ layer }) => layer.type)).toEqual([
      'Conv2d',
      'ReLU',
      'Flatten',
      'Dense',
    ]);
    const value = node('Constant', [], ['c'], options({ value_ints: [0, -1] }));
    const reshape = node('Reshape', ['input', 'c'], ['output']);
    expect(run({ input: image, nodes: [value, reshape] }).types).toBe('Flatten');
  });

  test('flattening by the length of the batch, by its number, by Flatten and by Squeeze', () => {
    const byShape = [
      node('Shape', ['input'], ['s']),
      node('Gather', ['s', 'zero'], ['n'], options({ axis: 0 })),
      node('Unsqueeze', ['n', 'zero'], ['list']),
      node('Concat', ['list', 'rest'], ['shape'], options({ axis: 0 })),
      node('Reshape', ['input', 'shape'], ['output']),
    ];
    expect(run({ input: image, constants: [wholes('zero', [0]), wholes('rest', [-1])], nodes: byShape }).types).toBe(
      'Flatten',
    );
    const fixed = {
      input: [1, 2, 5, 6],
      constants: [wholes('c', [1, 60])],
      nodes: [node('Reshape', ['input', 'c'], ['output'])],
    };
    expect(run(fixed).types).toBe('Flatten');
    const same = {
      input: image,
      constants: [wholes('c', [-1, 2, 5, 6])],
      nodes: [node('Reshape', ['input', 'c'], ['r']), node('Relu', ['r'], ['output'])],
    };
    expect(run(same).types).toBe('ReLU');
    const squeezed = [node('GlobalAveragePool', ['input'], ['p']), node('Squeeze', ['p', 'axes'], ['output'])];
    expect(run({ input: image, constants: [wholes('axes', [-1, 2])], nodes: squeezed }).types).toBe(
      'GlobalAvgPool2d Flatten',
    );
  });

  test('means over the spatial axes, by option and by input', () => {
    const byOption = run({
      input: image,
      nodes: [node('ReduceMean', ['input'], ['output'], options({ axes: [2, 3], keepdims: 0 }))],
    });
    const byInput = run({
      input: image,
      opset: 18,
      constants: [wholes('axes', [-1, -2])],
      nodes: [node('ReduceMean', ['input', 'axes'], ['output'], options({ keepdims: 0 }))],
    });
    expect([byOption.types, byOption.y.shape]).toEqual(['GlobalAvgPool2d', [2, 2]]);
    expect(byInput.y.toList()).toEqual(byOption.y.toList());
  });

  test('defaults of ONNX, which are not those here', () => {
    const pool = run({
      input: image,
      nodes: [node('MaxPool', ['input'], ['output'], options({ kernel_shape: [2, 2] }))],
    });
    expect(pool.y.shape).toEqual([2, 2, 4, 5]);
    const sigmoid = run({ input: image, nodes: [node('HardSigmoid', ['input'], ['output'])] });
    expect(sigmoid.y.toFlatArray()[1]).toBeCloseTo(0.2 * Math.sin(1) + 0.5, 6);
    const leaky = run({ input: image, nodes: [node('LeakyRelu', ['input'], ['output'])] });
    expect(leaky.y.toList()).toEqual(leakyRelu(leaky.x, { slope: 0.01 }).toList());
    const padded = node('AveragePool', ['input'], ['output'], options({ kernel_shape: [2, 2], pads: [1, 1, 0, 0] }));
    // The first window holds one number of the image.
    expect(run({ input: image, nodes: [padded] }).y.toFlatArray()[1]).toBeCloseTo((Math.sin(0) + Math.sin(1)) / 2, 6);
  });

  test('batch normalisation with learnt and with fixed weights', () => {
    const [scale, shift, mean, variance] = ['s', 'h', 'm', 'v'].map((name) =>
      floats(name, [2], name === 'v' ? [1, 2] : [0.5, 1.5]),
    );
    const nodes = [
      node(
        'BatchNormalization',
        ['input', 's', 'h', 'm', 'v'],
        ['output'],
        options({ 'epsilon:f': 1e-3, 'momentum:f': 0.9 }),
      ),
    ];
    const { x, y, model } = run({ input: image, constants: [scale, shift, mean, variance], nodes });
    const two = Float32Array.of(0.5, 1.5);
    const wanted = batchNorm(x, { mean: two, variance: Float32Array.of(1, 2), weight: two, bias: two, epsilon: 1e-3 });
    // The model computes its four ops as one, whose product is not rounded before the shift is added.
    expectClose(y, wanted, 1e-6);
    expect(model.parameters.map(({ name }) => name)).toEqual(['batchNorm1.weight', 'batchNorm1.bias']);
  });

  test('group normalisation before opset 21, with one weight for each group', () => {
    const nodes = (scale: string, shift: string) => [
      node('GroupNormalization', ['input', scale, shift], ['output'], options({ num_groups: 2 })),
    ];
    const constants = [
      floats('s', [2], [2, 3]),
      floats('h', [2], [0, 1]),
      floats('ss', [4], [2, 2, 3, 3]),
      floats('hh', [4], [0, 0, 1, 1]),
    ];
    const before = run({ input: ['batch', 4, 3, 3], opset: 18, constants, nodes: nodes('s', 'h') });
    const since = run({ input: ['batch', 4, 3, 3], opset: 21, constants, nodes: nodes('ss', 'hh') });
    expect(before.y.toList()).toEqual(since.y.toList());
  });

  test('layer normalisation without a bias, whose bias starts from 0', () => {
    const nodes = [node('LayerNormalization', ['input', 'w'], ['output'], options({ axis: -1 }))];
    const { x, y, model } = run({ input: image, constants: [floats('w', [6])], nodes });
    const weight = Float32Array.from({ length: 6 }, (_, at) => at / 10);
    expect(y.toList()).toEqual(layerNorm(x, { weight, bias: new Float32Array(6) }).toList());
    expect(model.parameter('layerNorm1.bias').toList()).toEqual([0, 0, 0, 0, 0, 0]);
    const misfit = (w: number[]) => () => run({ input: image, constants: [floats('w', w)], nodes });
    for (const shape of [[5], [6, 1], [5, 6], [1, 1, 1, 1, 6]])
      expect(misfit(shape)).toThrow("LayerNormalization 'output'");
    expect(misfit([1, 6])().y.toList()).toEqual(y.toList());
  });

  test('dropout with a rate, old and new, whose mask nobody takes', () => {
    const rateOf = (parts: FileParts) => {
      const [{ layer }] = run(parts).model.layers;
      return { ...layer };
    };
    expect(
      rateOf({
        input: image,
        opset: 11,
        nodes: [node('Dropout', ['input'], ['output', 'mask'], options({ 'ratio:f': 0.3 }))],
      }),
    ).toMatchObject({ type: 'Dropout', rate: 0.3 });
    expect(
      rateOf({
        input: image,
        constants: [floats('r', [], [0.25])],
        nodes: [node('Dropout', ['input', 'r'], ['output'])],
      }),
    ).toMatchObject({ rate: 0.25 });
    expect(rateOf({ input: image, nodes: [node('Dropout', ['input'], ['output'])] })).toMatchObject({ rate: 0.5 });
  });

  test('softmax of opset 11, along the last axis or along a single one', () => {
    expect(run({ input: ['batch', 7], opset: 11, nodes: [node('Softmax', ['input'], ['output'])] }).types).toBe(
      'Softmax',
    );
    const images = () => run({ input: image, opset: 11, nodes: [node('Softmax', ['input'], ['output'])] });
    expect(messagesOf({ images })).toMatchInlineSnapshot(`
      {
        "images": "OnnxError: Softmax 'output': axis 1 of opset 11, where it takes all axes behind it as well; wanted one axis. Export the model in opset 13 or later.",
      }
    `);
  });

  test('a shape that the file leaves open is given', () => {
    const bytes = fileOf({ input: ['batch', 2, 'height', 'width'], nodes: [node('Relu', ['input'], ['output'])] });
    expect(importOnnx(bytes, { inputShape: [2, 7, 8] }).model.outputShape).toEqual([2, 7, 8]);
    expect(() => importOnnx(bytes)).toThrow('an input of shape [batch, 2, height, width]');
    expect(() => importOnnx(bytes, { inputShape: [3, 7, 8] })).toThrow('and the inputShape [3, 7, 8]');
  });

  test('group normalisation by hand, with weights for channels and not along other axes', () => {
    const grouped = (weight: number[], shape: number[]) => () =>
      run({
        input: ['batch', 4, 3, 4],
        constants: [
          floats('one', [2], [1, 1]),
          floats('zero', [2], [0, 0]),
          floats('w', weight),
          floats('h', [4, 1, 1]),
          wholes('rows', [0, 2, -1]),
          wholes('shape', shape),
        ],
        nodes: [
          node('Reshape', ['input', 'rows'], ['r']),
          node('InstanceNormalization', ['r', 'one', 'zero'], ['i']),
          node('Reshape', ['i', 'shape'], ['back']),
          node('Mul', ['back', 'w'], ['m']),
          node('Add', ['m', 'h'], ['output']),
        ],
      });
    const { types, y, x } = grouped([4, 1, 1], [0, 4, 3, 4])();
    const weight = Float32Array.from({ length: 4 }, (_, at) => at / 10);
    expect(types).toBe('GroupNorm');
    expectClose(y, groupNorm(x, { groups: 2, weight, bias: weight }), 1e-6);
    // Weights of columns are no GroupNorm, and come behind one.
    const columns = grouped([4], [0, 4, 3, 4])();
    expect(columns.types).toBe('Reshape InstanceNorm Reshape Affine Affine');
    const plain = groupNorm(x, { groups: 2 });
    const perChannel = tensor(weight, { shape: [4, 1, 1] });
    expectClose(columns.y, add(multiply(plain, tensor(weight)), perChannel), 1e-6);
    expect(messagesOf({ 'another number': grouped([4, 1, 1], [0, 4, 4, 4]) })).toMatchInlineSnapshot(`
      {
        "another number": "OnnxError: Add 'output': inputs of shape [4, 3, 4], without the batch axis; wanted the same shape again, not [0, 4, 4, 4]. Replace the layer before the export.",
      }
    `);
  });

  test('a bias that is one for each example, and not for each feature', () => {
    const nodes = [node('Gemm', ['input', 'w', 'b'], ['output'])];
    const dense = (b: number[]) => () =>
      run({ input: [3, 4], constants: [floats('w', [4, 3]), floats('b', b)], nodes });
    expect(dense([1, 3])().y.toList()).toEqual(dense([3])().y.toList());
    expect(dense([3, 1])).toThrow("Gemm 'output': b of shape [3, 1]; wanted [3]");
  });

  test('what looks like a layer, and is another thing', () => {
    const both = [
      floats('half', [], [0.5]),
      floats('one', [], [1]),
      floats('three', [], [3]),
      floats('root', [], [Math.SQRT2]),
    ];
    const gelu = (divisor: string, raise: string) => [
      node('Div', ['input', divisor], ['d']),
      node('Erf', ['d'], ['e']),
      node('Add', [raise, 'e'], ['a']),
      node('Mul', ['a', 'input'], ['p']),
      node('Mul', ['half', 'p'], ['output']),
    ];
    expect(run({ input: image, constants: both, nodes: gelu('root', 'one') }).types).toBe('GELU');
    const { x, y, types } = run({ input: image, constants: both, nodes: gelu('three', 'one') });
    expect(types).toBe('Model');
    expectClose(y, multiply(0.5, multiply(x, add(1, erf(divide(x, 3))))), 1e-6);
    const raised = run({ input: image, constants: both, nodes: gelu('root', 'three') });
    expectClose(raised.y, multiply(0.5, multiply(x, add(3, erf(divide(x, Math.SQRT2))))), 1e-6);
    // The gate is used once more, so that it cannot be taken out.
    const leaking = [
      node('Sigmoid', ['input'], ['s']),
      node('Mul', ['input', 's'], ['m']),
      node('Add', ['m', 's'], ['output']),
    ];
    const leaked = run({ input: image, nodes: leaking });
    expectClose(leaked.y, add(multiply(x, sigmoid(x)), sigmoid(x)), 1e-6);
  });
});
