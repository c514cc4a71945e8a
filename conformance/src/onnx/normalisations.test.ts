import { groupNorm, instanceNorm, layerNorm, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { Attributes } from '../attributes.ts';
import { Node } from './node.ts';
import { normalisations } from './normalisations.ts';

const doubles = (numbers: readonly number[], shape: readonly number[] = [numbers.length]): Tensor =>
  tensor(Float64Array.from(numbers), { shape });

interface Call {
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly opset?: number;
  readonly outputCount?: number;
}

function run({ op, inputs, attributes = {}, opset = 22, outputCount = 1 }: Call) {
  const values = inputs.map((input) => ({ tensor: input, dtype: 'float64' }) as const);
  const node = new Node({ op, opset, outputCount }, values, new Attributes(attributes));
  const outputs = normalisations[op](node);
  node.checkAllRead();
  return outputs.map((output) => output?.tensor.toList());
}

const x = doubles([1, 3, 2, 6, 5, 5, 0, 8], [1, 4, 2]);

describe('GroupNormalization', () => {
  const groups = { num_groups: 2 };

  test('has a weight for each channel, before operator set 21 for each group', () => {
    const [weight, bias] = [doubles([1, 2, 3, 4]), doubles([5, 6, 7, 8])];
    const wanted = groupNorm(x, { groups: 2, weight, bias, epsilon: 0.1 }).toList();
    const attributes = { ...groups, epsilon: 0.1 };
    expect(run({ op: 'GroupNormalization', inputs: [x, weight, bias], attributes })).toEqual([wanted]);
    const [each, shift] = [doubles([2, 3]), doubles([5, 6])];
    const spread = groupNorm(x, { groups: 2, weight: doubles([2, 2, 3, 3]), bias: doubles([5, 5, 6, 6]) }).toList();
    const old = run({ op: 'GroupNormalization', inputs: [x, each, shift], attributes: groups, opset: 18 });
    expect(old).toEqual([spread]);
  });

  test('wants the number of groups, and float32 statistics or none said', () => {
    const inputs = [x, doubles([1, 1, 1, 1]), doubles([0, 0, 0, 0])];
    expect(() => run({ op: 'GroupNormalization', inputs })).toThrow('GroupNormalization without num_groups');
    const attributes = { ...groups, stash_type: 11 };
    expect(() => run({ op: 'GroupNormalization', inputs, attributes })).toThrow('option stash_type = 11');
  });
});

test('InstanceNormalization is instanceNorm', () => {
  const [weight, bias] = [doubles([1, 2, 3, 4]), doubles([5, 6, 7, 8])];
  const wanted = instanceNorm(x, { weight, bias, epsilon: 0.1 }).toList();
  const call = { op: 'InstanceNormalization', inputs: [x, weight, bias], attributes: { epsilon: 0.1 } };
  expect(run(call)).toEqual([wanted]);
});

test('LayerNormalization spreads a weight that is one number, and gives as many statistics as are asked for', () => {
  const rows = doubles([1, 3, 2, 6], [2, 2]);
  const [y, mean, scale] = run({
    op: 'LayerNormalization',
    inputs: [rows, doubles([2])],
    attributes: { epsilon: 0 },
    outputCount: 3,
  });
  expect(y).toEqual(layerNorm(rows, { weight: doubles([2, 2]), epsilon: 0 }).toList());
  expect([mean, scale]).toEqual([
    [[2], [4]],
    [[1], [0.5]],
  ]);
  expect(run({ op: 'LayerNormalization', inputs: [rows, doubles([2])] })).toHaveLength(1);
});

describe('BatchNormalization', () => {
  const inputs = [doubles([1, 3], [2, 1]), doubles([2]), doubles([1]), doubles([5]), doubles([7])];

  test('in training moves the statistics by the biased variance', () => {
    const attributes = { training_mode: 1, epsilon: 0, momentum: 0.75 };
    expect(run({ op: 'BatchNormalization', inputs, attributes, outputCount: 3, opset: 15 })).toEqual([
      [[-1], [3]],
      [0.75 * 5 + 0.25 * 2],
      [0.75 * 7 + 0.25],
    ]);
  });

  test('in training of old operator sets, or without spatial axes, is reported by name', () => {
    const call = { op: 'BatchNormalization', inputs };
    expect(() => run({ ...call, opset: 9, outputCount: 5 })).toThrow('training in operator set 9');
    expect(() => run({ ...call, opset: 6 })).toThrow('training in operator set 6');
    expect(() => run({ ...call, opset: 7, attributes: { spatial: 0 } })).toThrow('option spatial = 0');
    expect(run({ ...call, opset: 9 })).toEqual(run(call));
  });
});

describe('Dropout', () => {
  const [half, yes, no] = [doubles([0.5], []), doubles([1], []), doubles([0], [])];
  const all = [
    [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ],
  ];

  test('changes nothing when it is not training, or nothing is dropped', () => {
    expect(run({ op: 'Dropout', inputs: [x] })).toEqual([x.toList()]);
    expect(run({ op: 'Dropout', inputs: [x, half, no], outputCount: 2 })).toEqual([x.toList(), all]);
    expect(run({ op: 'Dropout', inputs: [x, no, yes] })).toEqual([x.toList()]);
    expect(run({ op: 'Dropout', inputs: [x], opset: 7, attributes: { ratio: 0.5 } })).toEqual([x.toList()]);
    const test = { ratio: 0.5, is_test: 1 };
    expect(run({ op: 'Dropout', inputs: [x], opset: 6, attributes: test })).toEqual([x.toList()]);
  });

  test('in training draws a mask that nobody can reproduce', () => {
    const random = 'the random mask of a Dropout in training';
    expect(() => run({ op: 'Dropout', inputs: [x, half, yes] })).toThrow(random);
    expect(() => run({ op: 'Dropout', inputs: [x], opset: 6 })).toThrow(random);
  });
});
