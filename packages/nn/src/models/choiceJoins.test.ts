import { einsum, equal, greater, greaterOrEqual, Random, tensor, where } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { summary } from '../summary/summaryFor.ts';
import { Compare, type CompareOptions, Where } from './choiceJoins.ts';
import { Einsum } from './einsumJoin.ts';
import { input, join } from './graphValue.ts';
import { Model } from './model.ts';

const context = { name: 'join1', random: new Random(1), dtype: 'float64' } as const;
const [x, y] = [tensor([[1, 2, 3]]), tensor([[3, 2, 1]])];

test('compare and choose as their ops do', () => {
  const ops = { equal, greater, greaterOrEqual };
  for (const by of ['equal', 'greater', 'greaterOrEqual'] as const) {
    expect(new Compare({ by }).call([x, y]).toList()).toEqual(ops[by](x, y).toList());
  }
  const condition = greater(x, y);
  expect(new Where().call([condition, x, y]).toList()).toEqual(where(condition, x, y).toList());
  expect(new Where().call([condition, x, y]).toList()).toEqual([[3, 2, 3]]);
});

test('sum over letters as einsum does', () => {
  const [queries, keys] = [tensor(uniform([2, 3, 4])), tensor(uniform([2, 5, 4], { seed: 2 }))];
  const layer = new Einsum({ equation: 'bqd,bkd->bqk' });
  expect(
    layer.build(
      [
        [3, 4],
        [5, 4],
      ],
      context,
    ),
  ).toEqual([3, 5]);
  expect(layer.call([queries, keys]).toList()).toEqual(einsum('bqd,bkd->bqk', queries, keys).toList());
});

test('stand in a model, whose summary counts what they do', () => {
  const [left, right] = [input([4, 5]), input([3, 5])];
  const product = join(new Einsum({ equation: 'bij,bkj->bik' }), [left, right]);
  const larger = join(new Compare({ by: 'greater' }), [product, product]);
  const outputs = join(new Where(), [larger, product, product]);
  const model = new Model({ inputs: { left, right }, outputs });
  const rows = summary(model).rows.map((row) => [row.multiplyAccumulates, row.flops, row.comparisons]);
  expect(rows.filter((row) => row.some((count) => count > 0))).toEqual([
    [4 * 3 * 5, 2 * 4 * 3 * 5, 0],
    [0, 0, 12],
    [0, 0, 12],
  ]);
});

test('refuse what does not fit', () => {
  expect(
    messagesOf({
      'no comparison': () => new Compare({ by: 'less' } as unknown as CompareOptions),
      'one value': () => new Compare({ by: 'equal' }).build([[2]], context),
      'two values': () => new Where().build([[2], [2]], context),
      lengths: () => new Where().build([[2], [2], [3]], context),
      'the batch elsewhere': () => new Einsum({ equation: 'ib,bj->bij' }),
      'the batch summed over': () => new Einsum({ equation: 'bi,bi->i' }),
      'no arrow': () => new Einsum({ equation: 'bi' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "lengths": "ShapeError: join1: condition is [1, 2], x is [1, 2], y is [1, 3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
      "no arrow": "ValueError: Einsum: the equation "bi"; wanted one letter for the batch, in front of each term and behind the arrow. Write it out: \`new Einsum({ equation: 'bij,bjk->bik' })\`.",
      "no comparison": "ValueError: Compare: a comparison by less; wanted one of equal, greater, greaterOrEqual. For less and lessOrEqual put the inputs into the other order.",
      "one value": "ShapeError: join1: 1 inputs, [2]; wanted two. Join two values: \`join(new Compare({ by: 'greater' }), [left, right])\`.",
      "the batch elsewhere": "ValueError: Einsum: the equation "ib,bj->bij"; wanted one letter for the batch, in front of each term and behind the arrow. Write it out: \`new Einsum({ equation: 'bij,bjk->bik' })\`.",
      "the batch summed over": "ValueError: Einsum: the equation "bi,bi->i"; wanted one letter for the batch, in front of each term and behind the arrow. Write it out: \`new Einsum({ equation: 'bij,bjk->bik' })\`.",
      "two values": "ShapeError: join1: 2 inputs, [2] and [2]; wanted three. Join a condition and two values: \`join(new Where(), [condition, left, right])\`.",
    }
  `);
});
