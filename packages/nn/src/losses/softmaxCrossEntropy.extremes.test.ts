import { tensor, zeros } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { gradientsOf } from '../../../core/test/gradients.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { pull } from '../../test/pull.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

describe('rows that are ignored', () => {
  test('count for nothing', () => {
    const logits = double([
      [3, 1, -3],
      [7, 8, 9],
    ]);
    expectClose(softmaxCrossEntropy(logits, [0, -100]), 0.1291089088298506, 1e-15);
    const [, ignored] = softmaxCrossEntropy(logits, [0, 2], {
      ignoreIndex: 2,
      labelSmoothing: 0.5,
      reduction: 'none',
    }).toFlatArray();
    expect(ignored).toBe(0);
  });

  test('have a gradient of 0, whatever stands in them', () => {
    const logits = double([
      [Number.NaN, 1],
      [Infinity, 2],
      [-Infinity, -Infinity],
      [0, 0],
    ]);
    const target = [-100, -100, -100, 0];
    expect(softmaxCrossEntropy(logits, target).item()).toBeCloseTo(Math.LN2, 15);
    expect(pull(logits, target).toList()).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [-0.5, 0.5],
    ]);
  });

  test('and no others have no mean, a sum of 0, and a gradient of 0', () => {
    for (const dtype of dataTypes) {
      const logits = tensor(
        [
          [1, 2],
          [Number.NaN, 3],
        ],
        { dtype },
      );
      const target = [-100, -100];
      expect(softmaxCrossEntropy(logits, target).item()).toBeNaN();
      expect(softmaxCrossEntropy(logits, target, { reduction: 'sum' }).item()).toBe(0);
      expect(softmaxCrossEntropy(logits, target, { reduction: 'none' }).toList()).toEqual([0, 0]);
      for (const reduction of ['mean', 'sum', 'none'] as const) {
        expect(pull(logits, target, { reduction }).toList()).toEqual([
          [0, 0],
          [0, 0],
        ]);
      }
    }
  });
});

describe('numbers at the ends of the line', () => {
  test.each(dataTypes)('logits of ±1000, in %s', (dtype) => {
    const logits = tensor(
      [
        [1000, -1000],
        [1000, -1000],
      ],
      { dtype },
    );
    expect(softmaxCrossEntropy(logits, [0, 1], { reduction: 'none' }).toList()).toEqual([0, 2000]);
    expect(pull(logits, [0, 1], { reduction: 'sum' }).toList()).toEqual([
      [0, 0],
      [1, -1],
    ]);
  });

  test('a class that is ruled out, -Infinity, costs nothing while it is not the target', () => {
    const logits = double([[-Infinity, 0, 0]]);
    for (const target of [[1], [[0, 1, 0]]]) {
      expect(softmaxCrossEntropy(logits, target).item()).toBeCloseTo(Math.LN2, 15);
      expect(pull(logits, target).toList()).toEqual([[0, -0.5, 0.5]]);
    }
    expect(softmaxCrossEntropy(logits, [0]).item()).toBe(Infinity);
  });

  test('a NaN spoils its own row', () => {
    const logits = double([
      [Number.NaN, 0],
      [0, 0],
    ]);
    expect(softmaxCrossEntropy(logits, [1, 1], { reduction: 'none' }).toList()).toEqual([Number.NaN, Math.LN2]);
    expect(pull(logits, [1, 1], { reduction: 'sum' }).toList()).toEqual([
      [Number.NaN, Number.NaN],
      [0.5, -0.5],
    ]);
  });

  test('no rows at all', () => {
    const logits = zeros([0, 3]);
    for (const target of [[], zeros([0, 3])]) {
      expect(softmaxCrossEntropy(logits, target).item()).toBeNaN();
      expect(softmaxCrossEntropy(logits, target, { reduction: 'sum' }).item()).toBe(0);
      expect(softmaxCrossEntropy(logits, target, { reduction: 'none' }).shape).toEqual([0]);
    }
    expect(gradientsOf((x) => softmaxCrossEntropy(x, []), [logits])).toEqual([[]]);
  });
});
