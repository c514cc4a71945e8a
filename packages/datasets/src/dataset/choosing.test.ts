import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { collect } from './collect.ts';
import type { Dataset } from './dataset.ts';
import { filter } from './filter.ts';
import { items } from './items.ts';
import { kFolds } from './kFolds.ts';
import { map } from './map.ts';
import { select } from './select.ts';
import { shuffle } from './shuffle.ts';
import { balancedWeights, weightedIndices } from './weights.ts';

/** Arrays of any type whose rows are numbered, stored back to front. */
const table = (labels: readonly number[]) => {
  const count = labels.length;
  return {
    name: 'table',
    inputs: ndarray(
      Float64Array.from({ length: 2 * count }, (_, at) => count - 1 - Math.floor(at / 2)),
      [count, 2],
      [-2, 1],
      Math.max(0, 2 * (count - 1)),
    ),
    labels: ndarray(Int16Array.from(labels), [count]),
  };
};
const labels = fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 1, maxLength: 60 });
const indicesOf = ({ inputs }: ReturnType<typeof table>): number[] =>
  Array.from({ length: inputs.shape[0] }, (_, row) => inputs.get(row, 0));
const listed = <Item>(dataset: Dataset<Item>): (Item | undefined)[] =>
  Array.from({ length: dataset.length }, (_, index) => dataset.at(index));

describe('a dataset is', () => {
  test('a list, a typed array, or anything with a length and items', () => {
    const own = { length: 3, at: (index: number) => `item ${index}` };
    expect(listed(map([1, 2], (x) => 10 * x))).toEqual([10, 20]);
    expect(listed(map(Float32Array.of(1, 2), (x, index) => x + index))).toEqual([1, 3]);
    expect(listed(map(own, (text) => text.length))).toEqual([6, 6, 6]);
    expectTypeOf(map(own, (text) => text)).toEqualTypeOf<Dataset<string>>();
  });

  test('arrays, whose rows are the items, in the same memory', () => {
    const data = table([7, 8, 9]);
    const rows = items(data);
    expect(rows.length).toBe(3);
    expect(rows.at(1)?.labels).toBe(8);
    expect(rows.at(1)?.inputs.data).toBe(data.inputs.data);
    expect([rows.at(1)?.inputs.get(0), rows.at(1)?.inputs.get(1)]).toEqual([1, 1]);
    expect([rows.at(3), rows.at(-1), rows.at(0.5)]).toEqual([undefined, undefined, undefined]);
    expectTypeOf(rows.at(0)?.labels).toEqualTypeOf<number | undefined>();
  });

  test('not a text, a function or a lone number', () => {
    expect(
      messagesOf({
        text: () => map('abc' as never, (x) => x),
        number: () => shuffle(3 as never, { random: new Random(1) }),
        function: () => filter(((x: number) => x) as never, () => true),
        'no function': () => map([1], 2 as never),
      }),
    ).toMatchInlineSnapshot(`
      {
        "function": "ValueError: items: a function without arrays; wanted a dataset: \`images\` and \`labels\`, for example. Make them with \`ndarray\` of \`tapegrad/ndarray\`: \`ndarray(numbers, shape)\`.",
        "no function": "DataTypeError: map: change is the number 2; wanted a function. Give a function of an item and its index.",
        "number": "DataTypeError: shuffle: samples is the number 3; wanted a dataset: arrays with a row for each sample, or a list of items. Give \`{ images, labels }\`, a list, or what \`builtInDigits\`, \`twoMoons\` and their like return.",
        "text": "ValueError: items: the text 'abc' without arrays; wanted a dataset: \`images\` and \`labels\`, for example. Make them with \`ndarray\` of \`tapegrad/ndarray\`: \`ndarray(numbers, shape)\`.",
      }
    `);
  });
});

test('map asks for items when they are needed, and select for those that are chosen', () => {
  const asked: number[] = [];
  const squares = map([1, 2, 3, 4], (x) => {
    asked.push(x);
    return x * x;
  });
  const chosen = select(squares, [3, 0, 3]);
  expect(asked).toEqual([]);
  expect(listed(chosen)).toEqual([16, 1, 16]);
  expect(asked).toEqual([4, 1, 4]);
});

test('filter keeps what is to be kept, in its order, of items and of arrays', () => {
  fc.assert(
    fc.property(labels, (given) => {
      const kept = given.map((_, index) => index).filter((index) => given[index] > 0);
      expect(indicesOf(filter(table(given), ({ labels: label }) => label > 0))).toEqual(kept);
      expect(listed(filter(given, (label) => label > 0))).toEqual(kept.map((index) => given[index]));
    }),
  );
});

test('shuffle loses nothing, keeps rows together, and is the same from the same seed', () => {
  fc.assert(
    fc.property(labels, fc.nat(), (given, seed) => {
      const mixed = shuffle(table(given), { random: new Random(seed) });
      const order = indicesOf(mixed);
      expect([...order].sort((one, other) => one - other)).toEqual([...given.keys()]);
      expect([...mixed.labels.data]).toEqual(order.map((index) => given[index]));
      expect(listed(shuffle(given, { random: new Random(seed) }))).toEqual([...mixed.labels.data]);
      expect(order).toEqual([...new Random(seed).permutation(given.length)]);
    }),
  );
});

describe('collect', () => {
  test('makes arrays of items: numbers and lists in float32, others in their own type', () => {
    const made = collect(
      map([1, 2], (x) => ({
        labels: 300 * x,
        one: x / 2,
        list: [x, -x, 0],
        bytes: Uint8Array.of(x),
        array: ndarray(Float64Array.of(x, 2 * x, 3 * x, 4 * x), [2, 2]).transpose(1, 0),
      })),
    );
    expect(made.labels.data).toEqual(Int32Array.of(300, 600));
    expect(made.one.data).toEqual(Float32Array.of(0.5, 1));
    expect([made.list.shape, [...made.list.data]]).toEqual([
      [2, 3],
      [1, -1, 0, 2, -2, 0],
    ]);
    expect([made.bytes.shape, made.bytes.data]).toEqual([[2, 1], Uint8Array.of(1, 2)]);
    expect([made.array.shape, [...made.array.data]]).toEqual([
      [2, 2, 2],
      [1, 3, 2, 4, 2, 6, 4, 8],
    ]);
    expectTypeOf(made.array.data).toEqualTypeOf<Float64Array<ArrayBuffer>>();
  });

  test('gives back the arrays that items were made of', () => {
    fc.assert(
      fc.property(labels, (given) => {
        const again = collect(table(given));
        expect([...again.labels.data]).toEqual(given);
        expect([...again.inputs.data]).toEqual([...given.keys()].flatMap((index) => [index, index]));
      }),
    );
  });

  test('refuses what does not fit together, and says which item', () => {
    expect(
      messagesOf({
        nothing: () => collect([]),
        numbers: () => collect([1, 2]),
        texts: () => collect([{ name: 'one' }]),
        'another shape': () => collect([{ x: [1, 2] }, { x: [1] }]),
        'nothing under a name': () => collect([{ x: 1, y: 1 }, { x: 1 }] as never),
      }),
    ).toMatchInlineSnapshot(`
      {
        "another shape": "ValueError: collect: x of shape [1] in item 1; wanted shape [2], as in item 0. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "nothing": "ValueError: collect: no items; wanted at least one, by which the arrays are made. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "nothing under a name": "ValueError: collect: undefined as y in item 1; wanted shape [], as in item 0. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "numbers": "ValueError: collect: the number 1 as item 0; wanted objects whose fields are numbers, lists or arrays of them. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "texts": "ValueError: collect: the text 'one' as name of item 0; wanted a number, a list of numbers, a typed array or an ndarray. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
      }
    `);
  });
});

describe('kFolds', () => {
  const folds = (given: readonly number[], count: number, seed: number, stratified: boolean) =>
    [...kFolds(table(given), { folds: count, random: new Random(seed), stratified })].map(({ train, validation }) => ({
      train: indicesOf(train),
      validation: indicesOf(validation),
    }));
  const plans = labels
    .filter(({ length }) => length >= 2)
    .chain((given) => fc.tuple(fc.constant(given), fc.integer({ min: 2, max: Math.min(8, given.length) })));

  test('hold every sample back exactly once, and train on all others', () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.boolean(), ([given, count], seed, stratified) => {
        const made = folds(given, count, seed, stratified);
        expect(made).toHaveLength(count);
        expect(made.flatMap(({ validation }) => validation).sort((a, b) => a - b)).toEqual([...given.keys()]);
        for (const { train, validation } of made) {
          expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...given.keys()]);
          expect(Math.abs(validation.length - given.length / count)).toBeLessThan(1);
        }
        expect(folds(given, count, seed, stratified)).toEqual(made);
      }),
    );
  });

  test('stratified, give each class to all parts alike, to within one', () => {
    fc.assert(
      fc.property(plans, fc.nat(), ([given, count], seed) => {
        for (const label of new Set(given)) {
          const sizes = folds(given, count, seed, true).map(
            ({ validation }) => validation.filter((index) => given[index] === label).length,
          );
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('take items too, and names say which fold', () => {
    const parts = [...kFolds([1, 2, 3, 4, 5], { folds: 5, random: new Random(1) })];
    expect(parts.map(({ validation }) => validation.at(0)).sort()).toEqual([1, 2, 3, 4, 5]);
    const [first] = kFolds(table([0, 1]), { folds: 2, random: new Random(1) });
    expect([first.train.name, first.validation.name]).toEqual([
      'table, training part of fold 1',
      'table, validation part of fold 1',
    ]);
  });

  test.each([1, 4, 2.5, Number.NaN])('refuses %d folds of three samples', (count) => {
    expect(() => kFolds(table([0, 0, 1]), { folds: count, random: new Random(1) })).toThrow(
      `kFolds: folds is ${count}; wanted a whole number from 2 to the 3 samples`,
    );
  });

  test('refuses to stratify by labels that are not there', () => {
    expect(() => kFolds([1, 2, 3], { folds: 2, random: new Random(1), stratified: true })).toThrow(
      'no labels in the dataset',
    );
  });
});

describe('weightedIndices', () => {
  const draw = (weights: readonly number[], seed: number, count?: number, replacement = true): number[] => [
    ...weightedIndices(weights, { random: new Random(seed), count, replacement }),
  ];

  test('with replacement come as often as their weights say, to within chance', () => {
    const weights = [1, 0, 3, 6];
    const often = [0, 0, 0, 0];
    for (const index of draw(weights, 5, 20_000)) often[index]++;
    for (const [index, weight] of weights.entries()) {
      const share = weight / 10;
      // Five standard deviations of a binomial distribution.
      expect(Math.abs(often[index] - 20_000 * share)).toBeLessThanOrEqual(5 * Math.sqrt(20_000 * share * (1 - share)));
    }
  });

  test('without replacement come once, the heavy ones first as often as their weights say', () => {
    const first = [0, 0, 0];
    for (let seed = 0; seed < 4000; seed++) first[draw([1, 2, 5], seed, 1, false)[0]]++;
    for (const [index, weight] of [1, 2, 5].entries()) {
      const share = weight / 8;
      expect(Math.abs(first[index] - 4000 * share)).toBeLessThan(5 * Math.sqrt(4000 * share * (1 - share)));
    }
  });

  test('never draw what has no weight, and are the same from the same seed', () => {
    const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(weights, fc.nat(), fc.boolean(), (given, seed, replacement) => {
        const positive = given.filter((weight) => weight > 0).length;
        fc.pre(positive > 0);
        const drawn = draw(given, seed, replacement ? 30 : positive, replacement);
        expect(drawn.every((index) => given[index] > 0)).toBe(true);
        if (!replacement) expect(new Set(drawn).size).toBe(positive);
        expect(draw(given, seed, drawn.length, replacement)).toEqual(drawn);
      }),
    );
  });

  test('make all classes equally frequent, when they are balanced', () => {
    const data = table([0, 0, 0, 1, 1, 2]);
    expect([...balancedWeights(data)]).toEqual([1 / 3, 1 / 3, 1 / 3, 0.5, 0.5, 1]);
  });

  test('refuse what is no weight', () => {
    expect(
      messagesOf({
        negative: () => draw([1, -1], 1),
        'not a number': () => draw([1, Number.NaN], 1),
        'all zero': () => draw([0, 0], 1, 1),
        'too many': () => draw([1, 0, 1], 1, 3, false),
        'no labels': () => balancedWeights([1, 2]),
      }),
    ).toMatchInlineSnapshot(`
      {
        "all zero": "ValueError: weightedIndices: count is 1; wanted a whole number from 0 to 0, for 0 samples have a weight. Ask for fewer, or draw with replacement.",
        "negative": "ValueError: weightedIndices: weights[1] is -1; wanted finite numbers of at least 0. Give 0 to what is never to be drawn.",
        "no labels": "ValueError: balancedWeights: no labels in the dataset; wanted a label for each sample. Give a dataset of labelled samples.",
        "not a number": "ValueError: weightedIndices: weights[1] is NaN; wanted finite numbers of at least 0. Give 0 to what is never to be drawn.",
        "too many": "ValueError: weightedIndices: count is 3; wanted a whole number from 0 to 2, for 2 samples have a weight. Ask for fewer, or draw with replacement.",
      }
    `);
  });
});
