import { expect, test } from 'vitest';
import { readFields, writeFields } from '../../address/fields.ts';
import { fields, questionOf } from './fields.ts';

const read = (address: string) => readFields(fields, new URLSearchParams(address));

test('logits are written in rows, and read again', () => {
  const values = read('logits=3,1_0.5,-2');
  expect(values.logits).toEqual([
    [3, 1],
    [0.5, -2],
  ]);
  expect(writeFields(fields, values)).toEqual({ logits: '3,1_0.5,-2' });
});

test.each(['logits=3', 'logits=3,1_2', 'logits=1,2_1,2_1,2_1,2', 'logits=a,b', 'logits=1,2,3,4,5,6,7', 'logits='])(
  'what are no logits are as if absent: %s',
  (address) => {
    expect(read(address).logits).toEqual([[3, 1, -3]]);
  },
);

test('whatever the address says, the question fits together', () => {
  const question = questionOf(read('logits=0,0_1,2_3,4&labels=5,1&weights=2&row=3'));
  expect(question.target).toEqual({ kind: 'index', labels: [1, 1, 0] });
  expect(question.weights).toEqual([2, 1]);
  expect(questionOf(read('logits=0,0,0,0_1,2,3,4&target=distribution')).target).toEqual({
    kind: 'distribution',
    rows: [
      [0.7, 0.2, 0.1, 0],
      [1, 0, 0, 0],
    ],
  });
});

test('positions of the walk', () => {
  expect(read('at=backward-exp').at).toBe('backward-exp');
  expect(read('at=<script>').at).toBe('loss');
});
