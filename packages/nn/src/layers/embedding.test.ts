import { embedding, full, Random, sum, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { SGD } from '../optimisers/sgd.ts';
import { Dense } from './dense.ts';
import { Embedding } from './embedding.ts';
import { Flatten } from './flatten.ts';
import { Sequential } from './sequential.ts';

const context = (seed = 1) => ({ name: 'embedding1', random: new Random(seed), dtype: 'float64' }) as const;

test('makes a weight, a row for each index', () => {
  const layer = new Embedding({ count: 5, features: 3 });
  expect(layer.parameters).toEqual([]);
  expect(layer.build([4], context())).toEqual([4, 3]);
  expect(layer.parameters.map(({ name, shape, dtype }) => ({ name, shape, dtype }))).toEqual([
    { name: 'embedding1.weight', shape: [5, 3], dtype: 'float64' },
  ]);
  expect([layer.type, layer.kind]).toEqual(['Embedding', 'embedding']);
});

test('is `embedding` with its parameter', () => {
  const layer = new Embedding({ count: 5, features: 3 });
  layer.build([2], context());
  const words = tensor([
    [4, 0],
    [1, 1],
  ]);
  expectSame(layer.call(words), embedding(words, layer.parameters[0]));
  expect(layer.call(tensor([1])).shape).toEqual([1, 3]);
});

test.each(dataTypes)('starts from N(0, 1), in %s', (dtype) => {
  const layer = new Embedding({ count: 100, features: 100 });
  layer.build([1], { ...context(), dtype });
  const numbers = [...layer.parameters[0].toFlatArray()];
  const mean = numbers.reduce((total, x) => total + x, 0) / numbers.length;
  const variance = numbers.reduce((total, x) => total + (x - mean) ** 2, 0) / numbers.length;
  // Four standard deviations of the mean and of the variance of 10,000 numbers.
  expect(Math.abs(mean)).toBeLessThan(0.04);
  expect(Math.abs(variance - 1)).toBeLessThan(0.06);
  expect(layer.parameters[0].dtype).toBe(dtype);
});

test('starts from the same numbers with the same seed, with padding or without', () => {
  const built = (seed: number, paddingIndex?: number): number[] => {
    const layer = new Embedding({ count: 3, features: 2, paddingIndex });
    layer.build([1], context(seed));
    return [...layer.parameters[0].toFlatArray()];
  };
  expect(built(7)).toEqual(built(7));
  expect(built(7)).not.toEqual(built(8));
  expect(built(7, 1)).toEqual(built(7).with(2, 0).with(3, 0));
});

test('starts from an initialiser of your own', () => {
  const layer = new Embedding({
    count: 2,
    features: 2,
    initialiser: ({ shape, dtype }) => full(shape, 0.5, { dtype }),
  });
  layer.build([1], context());
  expect(layer.parameters[0].toList()).toEqual([
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
});

test('trains the rows that were used, and leaves the padding alone', () => {
  const layer = new Embedding({ count: 3, features: 2, paddingIndex: 0 });
  layer.build([3], context());
  const [weight] = layer.parameters;
  const before = [...weight.toFlatArray()];
  const optimiser = new SGD([weight], { learningRate: 1 });
  using tape = new Tape();
  const loss = sum(layer.call(tape.constant([[0, 2, 2]])));
  optimiser.step(tape.gradients(loss));
  const after = before.map((number, at) => (at < 4 ? number : number - 2));
  expect([...weight.toFlatArray()]).toEqual(after);
});

test('stands in a model', () => {
  const model = new Sequential(
    [new Embedding({ count: 10, features: 4 }), new Flatten(), new Dense({ outFeatures: 2 })],
    { inputShape: [3], random: new Random(1) },
  );
  expect(model.parameters.map(({ name }) => name)).toEqual(['embedding1.weight', 'dense1.weight', 'dense1.bias']);
  expect(model.call(tensor([[1, 2, 9]])).shape).toEqual([1, 2]);
});

test('refuses what does not fit', () => {
  const built = new Embedding({ count: 2, features: 1 });
  built.build([1], context());
  expect(
    messagesOf({
      'no rows': () => new Embedding({ count: 0, features: 1 }),
      'half a feature': () => new Embedding({ count: 2, features: 0.5 }),
      'a padding index that is no row': () => new Embedding({ count: 2, features: 1, paddingIndex: 2 }),
      'built twice': () => built.build([1], { ...context(), name: 'embedding2' }),
      'called before it is built': () => new Embedding({ count: 2, features: 1 }).call(tensor([1])),
      'an index out of range': () => built.call(tensor([[0, 2]])),
      'a fractional index': () => built.call(tensor([0.5])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a fractional index": "ValueError: embedding: indices[0] is 0.5; wanted whole numbers from 0 to 1, the rows of weight [2, 1]. Count from 0, and check that the indices belong to this tensor.",
      "a padding index that is no row": "ValueError: Embedding: count is 2, features is 1, paddingIndex is 2; wanted whole numbers of at least 1, and a padding index from 0 to count - 1, or none. Count indices from 0; \`count\` is one more than the largest.",
      "an index out of range": "ValueError: embedding: indices[0, 1] is 2; wanted whole numbers from 0 to 1, the rows of weight [2, 1]. Count from 0, and check that the indices belong to this tensor.",
      "built twice": "ValueError: embedding2: a embedding layer that already has the parameters embedding1.weight; wanted a layer that is not part of a model yet. Make a new layer each time.",
      "called before it is built": "ValueError: embedding: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      "half a feature": "ValueError: Embedding: count is 2, features is 0.5, paddingIndex is undefined; wanted whole numbers of at least 1, and a padding index from 0 to count - 1, or none. Count indices from 0; \`count\` is one more than the largest.",
      "no rows": "ValueError: Embedding: count is 0, features is 1, paddingIndex is undefined; wanted whole numbers of at least 1, and a padding index from 0 to count - 1, or none. Count indices from 0; \`count\` is one more than the largest.",
    }
  `);
});
