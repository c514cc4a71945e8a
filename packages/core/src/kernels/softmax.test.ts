import { describe, expect, test } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { logSoftmax, logSumExp, softmax, softmaxCrossEntropy } from './softmax.ts';

const [outer, classes, inner] = [2, 5, 3];
const x = Float64Array.from(uniform([outer, classes, inner], { low: -3, high: 3 }).data);
const target = Float64Array.from(uniform([outer, classes, inner], { seed: 2 }).data);
const dirty = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

/** For each number of x, the sum of e^x over its row, without the shift that keeps large numbers from overflowing. */
const sums = x.map((_, at) => {
  const start = Math.floor(at / (classes * inner)) * classes * inner + (at % inner);
  let total = 0;
  for (let c = 0; c < classes; c++) total += Math.exp(x[start + c * inner]);
  return total;
});
/** The row of each number, counted in the reduced array. */
const rowOf = (at: number): number => Math.floor(at / (classes * inner)) * inner + (at % inner);

describe('over the middle axis', () => {
  test('softmax', () => {
    const y = dirty(x.length);
    softmax(x, y, outer, classes, inner);
    y.forEach((p, at) => {
      expect(p).toBeCloseTo(Math.exp(x[at]) / sums[at], 14);
    });
  });

  test('logSoftmax', () => {
    const y = dirty(x.length);
    logSoftmax(x, y, outer, classes, inner);
    y.forEach((logP, at) => {
      expect(logP).toBeCloseTo(x[at] - Math.log(sums[at]), 14);
    });
  });

  test('logSumExp', () => {
    const y = dirty(outer * inner);
    logSumExp(x, y, outer, classes, inner);
    x.forEach((_, at) => {
      expect(y[rowOf(at)]).toBeCloseTo(Math.log(sums[at]), 14);
    });
  });

  test('softmaxCrossEntropy', () => {
    const loss = dirty(outer * inner);
    softmaxCrossEntropy(x, target, loss, outer, classes, inner);
    const wanted = new Float64Array(outer * inner);
    x.forEach((logit, at) => {
      wanted[rowOf(at)] += target[at] * (Math.log(sums[at]) - logit);
    });
    loss.forEach((number, row) => {
      expect(number).toBeCloseTo(wanted[row], 13);
    });
  });
});

test('logSumExp of nothing, of -Infinity alone, and with an Infinity or a NaN', () => {
  const of = (...numbers: number[]): number => {
    const y = dirty(1);
    logSumExp(Float64Array.from(numbers), y, 1, numbers.length, 1);
    return y[0];
  };
  expect([of(), of(-Infinity, -Infinity), of(Infinity, 0)]).toEqual([-Infinity, -Infinity, Infinity]);
  expect([of(1000, -Infinity), of(-1000), of(Number.NaN, Infinity)]).toEqual([1000, -1000, Number.NaN]);
  expect(of(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
});
