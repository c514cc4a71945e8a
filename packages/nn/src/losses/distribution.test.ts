import { ones, softmax, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { inBase, type LogarithmBase, readDistributions } from './distribution.ts';

test.each(dataTypes)('takes rows that sum to 1, up to rounding, in %s', (dtype) => {
  const p = tensor(softmax(tensor(uniform([4, 1000], { low: -9, high: 9 }))).toNdarray(), { dtype });
  expectSame(readDistributions('entropy', { p }).p, p);
  expect(() => readDistributions('entropy', { p: [0.09, 0.2447, 0.6652] })).not.toThrow();
  expect(() => readDistributions('entropy', { p: [0, 0, 1] })).not.toThrow();
  expect(() => readDistributions('entropy', { p: zeros([0, 3], { dtype }) })).not.toThrow();
});

test('turns nats into bits and decimal digits', () => {
  expect(inBase('entropy', double(Math.log(8)), 2).item()).toBeCloseTo(3, 15);
  expect(inBase('entropy', double(Math.log(1000)), 10).item()).toBeCloseTo(3, 15);
  expect(inBase('entropy', double(1), 'e').item()).toBe(1);
});

test('refuses what is no distribution', () => {
  const read = (p: Parameters<typeof tensor>[0]) => () => readDistributions('entropy', { p });
  expect(
    messagesOf({
      logits: read([
        [0.5, 0.5],
        [3, 1],
      ]),
      'a negative number': read([1.1, -0.1]),
      'too little': read([0.5, 0.498]),
      NaN: read([Number.NaN, 1]),
      nothing: read([[]]),
      'a row of no outcomes': () => readDistributions('entropy', { p: zeros([2, 0]) }),
      'a scalar': read(1),
      'two shapes': () => readDistributions('klDivergence', { of: [1], from: [0.5, 0.5] }),
      'the second operand': () => readDistributions('klDivergence', { of: [0.5, 0.5], from: ones([2]) }),
      'two types': () => readDistributions('klDivergence', { of: double([1]), from: ones([1]) }),
      'another base': () => inBase('entropy', double(1), 3 as LogarithmBase),
    }),
  ).toMatchInlineSnapshot(`
    {
      "NaN": "ValueError: entropy: row 0 of \`p\` sums to NaN; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "a negative number": "ValueError: entropy: row 0 of \`p\` holds -0.1; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "a row of no outcomes": "ValueError: entropy: row 0 of \`p\` sums to 0; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "a scalar": "ShapeError: entropy: \`p\` is []; wanted probabilities along the last axis. Give a distribution as a list: for a coin that falls on heads with p, \`[p, 1 - p]\`.",
      "another base": "ValueError: entropy: base is 3; wanted 'e', 2 or 10. Leave it out for 'e', the natural logarithm.",
      "logits": "ValueError: entropy: row 1 of \`p\` sums to 4; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "nothing": "ValueError: entropy: row 0 of \`p\` sums to 0; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "the second operand": "ValueError: klDivergence: row 0 of \`from\` sums to 2; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "too little": "ValueError: entropy: row 0 of \`p\` sums to 0.998; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "two shapes": "ShapeError: klDivergence: of is [1], from is [2]; wanted one shape for both. Give as many numbers for the one as for the other; here nothing is broadcast.",
      "two types": "DataTypeError: klDivergence: of is float64, from is float32; wanted operands of one type. Convert one of them, for example \`cast(from, 'float64')\`.",
    }
  `);
});
