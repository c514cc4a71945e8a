import { divide, matmul, maximum, minimum, Random, subtract, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { summary } from '../summary/summaryFor.ts';
import { input, join } from './graphValue.ts';
import { Model } from './model.ts';
import { Divide, MatrixProduct, Maximum, Minimum, Subtract } from './pairJoins.ts';

const context = { name: 'join1', random: new Random(1), dtype: 'float64' } as const;
const [x, y] = [tensor(uniform([2, 3, 3])), tensor(uniform([2, 3, 3], { low: 0.5, seed: 2 }))];

test('compute what their ops compute', () => {
  const all = [new Subtract(), new Divide(), new MatrixProduct(), new Maximum(), new Minimum()];
  const ops = [subtract, divide, matmul, maximum, minimum];
  all.forEach((layer, at) => {
    expect(
      layer.build(
        [
          [3, 3],
          [3, 3],
        ],
        context,
      ),
    ).toEqual([3, 3]);
    expect(layer.call([x, y]).toList()).toEqual(ops[at](x, y).toList());
  });
  expect(new Maximum().call([x, y, tensor(uniform([2, 3, 3], { low: 2, high: 3 }))]).toList()).toEqual(
    tensor(uniform([2, 3, 3], { low: 2, high: 3 })).toList(),
  );
});

test('stand in a model, whose summary counts what they do', () => {
  const [left, right] = [input([4, 5]), input([5, 3])];
  const product = join(new MatrixProduct(), [left, right]);
  const model = new Model({ inputs: { left, right }, outputs: join(new Maximum(), [product, product]) });
  expect(model.layers.map(({ name }) => name)).toEqual(['matrixProduct1', 'maximum1']);
  const rows = summary(model).rows.map((row) => [row.multiplyAccumulates, row.flops, row.comparisons]);
  expect(rows.filter((row) => row.some((count) => count > 0))).toEqual([
    [4 * 3 * 5, 2 * 4 * 3 * 5, 0],
    [0, 0, 12],
  ]);
});

test('refuse what does not fit', () => {
  expect(
    messagesOf({
      three: () => new Subtract().build([[2], [2], [2]], context),
      lengths: () => new Divide().build([[2], [3]], context),
      inner: () =>
        new MatrixProduct().build(
          [
            [2, 3],
            [2, 3],
          ],
          context,
        ),
    }),
  ).toMatchInlineSnapshot(`
    {
      "inner": "ShapeError: join1: x is [1, 2, 3], y is [1, 2, 3]; wanted as many columns in x as rows in y: [rows, inner] and [inner, columns]. Transpose one of them, or reshape a scalar to [1, 1].",
      "lengths": "ShapeError: join1: x is [1, 2], y is [1, 3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
      "three": "ShapeError: join1: 3 inputs, [2] and [2] and [2]; wanted two. Join two values: \`join(new Subtract(), [left, right])\`.",
    }
  `);
});
