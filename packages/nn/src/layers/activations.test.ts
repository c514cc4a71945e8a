import {
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  logSoftmax,
  mish,
  Random,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  type Tensor,
  tanh,
  tensor,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import {
  CELU,
  ELU,
  GELU,
  HardSigmoid,
  HardSwish,
  LeakyReLU,
  LogSoftmax,
  Mish,
  ReLU,
  ReLU6,
  SELU,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Softsign,
  Tanh,
} from './activations.ts';
import { Dense } from './dense.ts';
import type { Layer } from './layer.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'layer1', random: new Random(1), dtype: 'float64' } as const;
const numbers = (...shape: number[]): Tensor => tensor(uniform(shape, { low: -4, high: 4 }));

const layers: readonly (readonly [type: string, kind: string, layer: Layer, op: (x: Tensor) => Tensor])[] = [
  ['ReLU', 'relu', new ReLU(), relu],
  ['ReLU6', 'relu6', new ReLU6(), relu6],
  ['HardSwish', 'hardSwish', new HardSwish(), hardSwish],
  ['CELU', 'celu', new CELU(), (x) => celu(x)],
  ['CELU', 'celu', new CELU({ alpha: 2 }), (x) => celu(x, { alpha: 2 })],
  ['Softsign', 'softsign', new Softsign(), softsign],
  ['LeakyReLU', 'leakyRelu', new LeakyReLU(), (x) => leakyRelu(x)],
  ['LeakyReLU', 'leakyRelu', new LeakyReLU({ slope: 0.3 }), (x) => leakyRelu(x, { slope: 0.3 })],
  ['ELU', 'elu', new ELU(), (x) => elu(x)],
  ['ELU', 'elu', new ELU({ alpha: 2 }), (x) => elu(x, { alpha: 2 })],
  ['SELU', 'selu', new SELU(), selu],
  ['GELU', 'gelu', new GELU(), (x) => gelu(x)],
  ['GELU', 'gelu', new GELU({ approximate: 'tanh' }), (x) => gelu(x, { approximate: 'tanh' })],
  ['SiLU', 'silu', new SiLU(), silu],
  ['Mish', 'mish', new Mish(), mish],
  ['Softplus', 'softplus', new Softplus(), (x) => softplus(x)],
  ['Softplus', 'softplus', new Softplus({ beta: 2, threshold: 5 }), (x) => softplus(x, { beta: 2, threshold: 5 })],
  ['Sigmoid', 'sigmoid', new Sigmoid(), sigmoid],
  ['HardSigmoid', 'hardSigmoid', new HardSigmoid(), (x) => hardSigmoid(x)],
  ['HardSigmoid', 'hardSigmoid', new HardSigmoid({ alpha: 0.2 }), (x) => hardSigmoid(x, { alpha: 0.2 })],
  ['Tanh', 'tanh', new Tanh(), tanh],
  ['Softmax', 'softmax', new Softmax(), (x) => softmax(x)],
  ['Softmax', 'softmax', new Softmax({ axis: 1 }), (x) => softmax(x, { axis: 1 })],
  ['LogSoftmax', 'logSoftmax', new LogSoftmax(), (x) => logSoftmax(x)],
  ['LogSoftmax', 'logSoftmax', new LogSoftmax({ axis: -2 }), (x) => logSoftmax(x, { axis: -2 })],
];

describe.each(layers)('%s', (type, kind, layer, op) => {
  test('is its op on inputs of any shape, and learns nothing', () => {
    for (const shape of [[5], [2, 3, 4]]) {
      // A batch of lines has two axes, as many as the layers along an axis need here.
      const x = numbers(6, ...shape);
      expect(layer.build(shape, context)).toEqual(shape);
      expectSame(layer.call(x), op(x));
    }
    expect(layer.parameters).toEqual([]);
  });

  test('says what it is', () => {
    expect([layer.type, layer.kind, layer.constructor.name]).toEqual([type, kind, type]);
  });
});

test('stand in a model under their names', () => {
  const model = new Sequential(
    [new Dense({ outFeatures: 4 }), new GELU(), new LeakyReLU(), new GELU(), new Softmax()],
    {
      inputShape: [3],
      random: new Random(1),
    },
  );
  expect(model.layers.map(({ name }) => name)).toEqual(['dense1', 'gelu1', 'leakyRelu1', 'gelu2', 'softmax1']);
  expect(model.call(tensor([[1, 2, 3]])).shape).toEqual([1, 4]);
});

test('a softmax refuses an axis that its inputs have not', () => {
  expect(
    messagesOf({
      'beyond the last': () => new Softmax({ axis: 2 }).build([5], context),
      fractional: () => new LogSoftmax({ axis: 0.5 }).build([5], context),
    }),
  ).toMatchInlineSnapshot(`
    {
      "beyond the last": "ShapeError: layer1: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "fractional": "ShapeError: layer1: axis 0.5 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
    }
  `);
});
