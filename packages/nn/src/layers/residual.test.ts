import { add, gradcheck, gradgradcheck, Random, relu, Tape, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { loadWeights, weightsOf } from '../saving/modelState.ts';
import { summary } from '../summary/summaryFor.ts';
import { ReLU, Tanh } from './activations.ts';
import { BatchNorm } from './batchNorm.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import { MaxPool2d } from './pooling.ts';
import { Residual } from './residual.ts';
import { Sequential } from './sequential.ts';

const conv = (outChannels: number, stride = 1) => new Conv2d({ outChannels, kernelSize: 3, padding: 1, stride });
const projection = (outChannels: number, stride = 1) => new Conv2d({ outChannels, kernelSize: 1, stride });

const network = (seed = 1) =>
  new Sequential(
    [
      conv(4),
      new Residual([conv(4), new BatchNorm(), new ReLU(), conv(4), new BatchNorm()]),
      new Residual([conv(6, 2), new ReLU(), conv(6)], { shortcut: [projection(6, 2), new BatchNorm()] }),
      new Flatten(),
      new Dense({ outFeatures: 3 }),
    ],
    { inputShape: [2, 6, 6], random: new Random(seed) },
  );

describe('Residual', () => {
  test('adds what its layers give to its input', () => {
    const layer = new Residual([new ReLU()]);
    expect(layer.build([3], { name: 'residual1', random: new Random(1), dtype: 'float32' })).toEqual([3]);
    const x = tensor([[-2, 0, 3]]);
    expect(layer.call(x).toList()).toEqual([[-2, 0, 6]]);
    const doubled = new Residual([]);
    doubled.build([3], { name: 'residual1', random: new Random(1), dtype: 'float32' });
    expect(doubled.call(x).toList()).toEqual([[-4, 0, 6]]);
  });

  test('names the layers within it, and their parameters and buffers', () => {
    const names = [...weightsOf(network()).keys()];
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith('residual'))).toEqual([
      'residual1.conv1.weight',
      'residual1.conv1.bias',
      'residual1.batchNorm1.weight',
      'residual1.batchNorm1.bias',
      'residual1.conv2.weight',
      'residual1.conv2.bias',
      'residual1.batchNorm2.weight',
      'residual1.batchNorm2.bias',
      'residual2.conv1.weight',
      'residual2.conv1.bias',
      'residual2.conv2.weight',
      'residual2.conv2.bias',
      'residual2.shortcut.conv1.weight',
      'residual2.shortcut.conv1.bias',
      'residual2.shortcut.batchNorm1.weight',
      'residual2.shortcut.batchNorm1.bias',
      'residual1.batchNorm1.running_mean',
      'residual1.batchNorm1.running_var',
      'residual1.batchNorm2.running_mean',
      'residual1.batchNorm2.running_var',
      'residual2.shortcut.batchNorm1.running_mean',
      'residual2.shortcut.batchNorm1.running_var',
    ]);
    expect(names.filter((name) => !name.startsWith('residual'))).toEqual([
      'conv1.weight',
      'conv1.bias',
      'dense1.weight',
      'dense1.bias',
    ]);
  });

  test('computes what its layers compute by hand, and goes through a file', () => {
    const [model, other] = [network(1), network(2)];
    loadWeights(other, weightsOf(model));
    const x = tensor(uniform([2, 2, 6, 6]), { dtype: 'float32' });
    expectSame(other.call(x), model.call(x));
    const body = [conv(2), new ReLU()];
    const block = new Residual(body, { shortcut: [projection(2)] });
    block.build([2, 6, 6], { name: 'residual1', random: new Random(3), dtype: 'float32' });
    const [{ layer: shortcut }] = block.shortcut;
    expectSame(block.call(x), add(relu(body[0].call(x)), shortcut.call(x)));
  });

  test('tells the tape which layer is at work, and hands training on', () => {
    const model = network();
    using tape = new Tape();
    const context = { training: true, random: new Random(1) };
    const y = model.call(tape.constant(tensor(uniform([4, 2, 6, 6]), { dtype: 'float32' })), context);
    const layers = new Set(tape.steps.map(({ layer }) => layer));
    expect(layers).toContain('residual1.conv2');
    expect(layers).toContain('residual2.shortcut.conv1');
    expect(layers).toContain('residual2');
    expect(model.buffers[0].value.toList()).not.toEqual([0, 0, 0, 0]);
    const gradients = tape.gradients(y, { cotangent: tensor(uniform([4, 3]), { dtype: 'float32' }) });
    for (const parameter of model.parameters) expect(gradients.get(parameter).shape).toEqual(parameter.shape);
  });

  test('its derivatives, once and twice', () => {
    const block = new Residual([conv(2), new Tanh()], { shortcut: [projection(2)] });
    block.build([1, 3, 3], { name: 'residual1', random: new Random(1), dtype: 'float64' });
    const x = uniform([2, 1, 3, 3]);
    expect(gradcheck((x) => block.call(x), [x]).kinks).toEqual([]);
    expect(gradgradcheck((x) => block.call(x), [x]).kinks).toEqual([]);
  });

  test('counts its cost and its field', () => {
    const { rows } = summary(network());
    const [, plain, strided] = rows;
    expect([plain.receptiveField, plain.jump, plain.start]).toEqual([
      [7, 7],
      [1, 1],
      [0, 0],
    ]);
    expect([strided.receptiveField, strided.jump, strided.start]).toEqual([
      [13, 13],
      [2, 2],
      [0, 0],
    ]);
    const macs = 2 * 36 * 4 * 4 * 9 + 2 * 36 * 4;
    expect([plain.multiplyAccumulates, plain.evaluations]).toEqual([macs, 36 * 4]);
    // Two for each multiply-accumulate, a bias for each output of a convolution, and the sum itself.
    expect(plain.flops).toBe(2 * macs + 2 * 36 * 4 + 36 * 4);
    expect(summary(network()).explain('residual1')).toContain(
      'receptive field: residual1.conv2: (r − 1)·s + d·(k − 1) + 1; residual1.conv1: (r − 1)·s + d·(k − 1) + 1\n    (1 − 1)·1 + 1·(3 − 1) + 1 = 3; (3 − 1)·1 + 1·(3 − 1) + 1 = 5\n',
    );
  });

  test('sees what its shortcut sees, where that is more, and everything through a flattening', () => {
    const see = (block: Residual) => {
      const model = new Sequential([block], { inputShape: [2, 6, 6], random: new Random(1) });
      return summary(model).rows[0].receptiveField;
    };
    expect(see(new Residual([projection(2)], { shortcut: [conv(2)] }))).toEqual([3, 3]);
    expect(see(new Residual([new ReLU()]))).toEqual([1, 1]);
    expect(see(new Residual([], { shortcut: [conv(2)] }))).toEqual([3, 3]);
    const flat = () => [new Flatten(), new Dense({ outFeatures: 3 })];
    expect(see(new Residual(flat(), { shortcut: flat() }))).toEqual([6, 6]);
  });

  test('refuses what cannot be added', () => {
    const build = (block: Residual) => () => new Sequential([block], { inputShape: [2, 6, 6], random: new Random(1) });
    const reused = new Residual([conv(2)]);
    build(reused)();
    expect(
      messagesOf({
        'another shape': build(new Residual([conv(4, 2)])),
        'another shape than the shortcut': build(new Residual([conv(4)], { shortcut: [projection(4, 2)] })),
        'a layer within': build(new Residual([new Flatten(), new MaxPool2d({ kernelSize: 2 })])),
        'built for another size': () => new Sequential([reused], { inputShape: [2, 5, 5], random: new Random(1) }),
        'not built': () => new Residual([]).call(tensor([[1]])),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a layer within": "ShapeError: residual1.pool1: inputs of shape [72]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
        "another shape": "ShapeError: residual1: layers that give [4, 3, 3], where the input is [2, 6, 6]; wanted two of the same shape, to be added. Give a shortcut that brings the input to [4, 3, 3]: { shortcut: [new Conv2d({ outChannels, kernelSize: 1, stride })] }.",
        "another shape than the shortcut": "ShapeError: residual1: layers that give [4, 6, 6], where the shortcut gives [4, 3, 3]; wanted two of the same shape, to be added. Give a shortcut that brings the input to [4, 6, 6]: { shortcut: [new Conv2d({ outChannels, kernelSize: 1, stride })] }.",
        "built for another size": "ShapeError: residual1: inputs of shape [2, 5, 5], for a layer that was built for [2, 6, 6] before; wanted inputs of the same shape wherever a layer stands. Make a new layer for them, and give it the weights of this one with \`loadWeights\`.",
        "not built": "ValueError: residual: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      }
    `);
  });
});
