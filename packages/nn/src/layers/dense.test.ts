import { full, linear, Random, reshape, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, uniform } from '../../../core/test/numbers.ts';
import { summary } from '../summary/summaryFor.ts';
import { Dense } from './dense.ts';
import { Sequential } from './sequential.ts';

const context = (seed = 1) => ({ name: 'dense1', random: new Random(seed), dtype: 'float64' }) as const;

test('makes a weight and a bias, in this order', () => {
  const dense = new Dense({ outFeatures: 3 });
  expect(dense.parameters).toEqual([]);
  expect(dense.build([4], context())).toEqual([3]);
  expect(dense.parameters.map(({ name, shape, dtype }) => ({ name, shape, dtype }))).toEqual([
    { name: 'dense1.weight', shape: [3, 4], dtype: 'float64' },
    { name: 'dense1.bias', shape: [3], dtype: 'float64' },
  ]);
});

test('is `linear` with its parameters', () => {
  const dense = new Dense({ outFeatures: 3 });
  dense.build([4], context());
  const [weight, bias] = dense.parameters;
  const x = tensor(uniform([5, 4]));
  expectSame(dense.call(x), linear(x, weight, { bias }));
});

test('does without a bias', () => {
  const dense = new Dense({ outFeatures: 3, bias: false });
  dense.build([4], context());
  const x = tensor(uniform([5, 4]));
  expect(dense.parameters.map(({ name }) => name)).toEqual(['dense1.weight']);
  expectSame(dense.call(x), linear(x, dense.parameters[0]));
});

test.each(dataTypes)('starts from numbers between ±1/√in, in %s', (dtype) => {
  const dense = new Dense({ outFeatures: 50 });
  dense.build([100], { ...context(), dtype });
  for (const parameter of dense.parameters) {
    const sizes = parameter.toFlatArray().map(Math.abs);
    expect(parameter.dtype).toBe(dtype);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.fround(0.1));
    expect(Math.max(...sizes)).toBeGreaterThan(0.09);
  }
});

test('starts from the same numbers with the same seed', () => {
  const built = (seed: number): Tensor[] => {
    const dense = new Dense({ outFeatures: 3 });
    dense.build([4], context(seed));
    return [...dense.parameters];
  };
  built(7).forEach((parameter, at) => {
    expectSame(parameter, built(7)[at]);
    expect(parameter.toList()).not.toEqual(built(8)[at].toList());
  });
});

test('starts its weight from an initialiser of your own', () => {
  const dense = new Dense({ outFeatures: 2, initialiser: ({ shape, dtype }) => full(shape, 0.5, { dtype }) });
  dense.build([3], context());
  expect(dense.parameters[0].toList()).toEqual([
    [0.5, 0.5, 0.5],
    [0.5, 0.5, 0.5],
  ]);
});

test('refuses what does not fit', () => {
  const built = new Dense({ outFeatures: 2 });
  built.build([3], context());
  expect(
    messagesOf({
      'no outputs': () => new Dense({ outFeatures: 0 }),
      'half an output': () => new Dense({ outFeatures: 2.5 }),
      images: () => new Dense({ outFeatures: 2 }).build([16, 4, 4], context()),
      'built twice': () => built.build([3], { ...context(), name: 'dense2' }),
      'called before it is built': () => new Dense({ outFeatures: 2 }).call(tensor([[1]])),
      'other features': () => built.call(tensor(uniform([5, 4]))),
    }),
  ).toMatchInlineSnapshot(`
    {
      "built twice": "ValueError: dense2: a dense layer that already has the parameters dense1.weight, dense1.bias; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "called before it is built": "ValueError: dense: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "half an output": "ValueError: Dense: outFeatures is 2.5; wanted a whole number of at least 1. Say how many outputs the layer should have, for a classifier one for each class.",
      "images": "ShapeError: dense1: inputs of shape [16, 4, 4]; wanted [features], without the batch axis. Put a Flatten layer before it.",
      "no outputs": "ValueError: Dense: outFeatures is 0; wanted a whole number of at least 1. Say how many outputs the layer should have, for a classifier one for each class.",
      "other features": "ShapeError: linear: x is [5, 4], weight is [2, 3], bias is [2]; wanted x […, in], weight [out, in], bias [out]. Flatten images to [batch, in] first, and check that the weight has one column for each input.",
    }
  `);
});

test('multiplies the last axis of inputs with more axes, where it is told to', () => {
  const layer = new Dense({ outFeatures: 4, lastAxis: true });
  expect(layer.build([5, 3], { name: 'dense1', random: new Random(1), dtype: 'float64' })).toEqual([5, 4]);
  const [weight, bias] = layer.parameters;
  expect([weight.shape, bias.shape]).toEqual([[4, 3], [4]]);
  const x = tensor(uniform([2, 5, 3]));
  const rows = linear(reshape(x, [10, 3]), weight, { bias });
  expect(layer.call(x).toList()).toEqual(reshape(rows, [2, 5, 4]).toList());
  const again = new Dense({ outFeatures: 4, lastAxis: true });
  const model = new Sequential([again], { inputShape: [5, 3], random: new Random(1), dtype: 'float64' });
  const [row] = summary(model).rows;
  expect([row.multiplyAccumulates, row.flops]).toEqual([5 * 3 * 4, 2 * 5 * 3 * 4 + 5 * 4]);
});
