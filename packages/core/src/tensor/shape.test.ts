import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapes, shapesWithAxes } from '../../test/arbitrary.ts';
import { messagesOf } from '../../test/messages.ts';
import {
  broadcastShapes,
  checkShape,
  formatShape,
  reducedShape,
  resolveAxes,
  resolveAxis,
  rowMajorStrides,
  sameShape,
  sizeOf,
} from './shape.ts';

test('sizeOf is the product of the lengths, 1 for a scalar', () => {
  expect([sizeOf([]), sizeOf([2, 3]), sizeOf([2, 0, 3])]).toEqual([1, 6, 0]);
});

test('formatShape writes it as in messages', () => {
  expect([formatShape([]), formatShape([64, 1, 28, 28])]).toEqual(['[]', '[64, 1, 28, 28]']);
});

test('sameShape compares rank and lengths', () => {
  expect(sameShape([2, 3], [2, 3])).toBe(true);
  expect(sameShape([2, 3], [2, 3, 1])).toBe(false);
  expect(sameShape([2, 3], [3, 2])).toBe(false);
});

test('rowMajorStrides: the last axis varies fastest', () => {
  expect(rowMajorStrides([2, 3, 4])).toEqual([12, 4, 1]);
  expect(rowMajorStrides([])).toEqual([]);
});

describe('broadcastShapes', () => {
  const both = (x: number[], y: number[]): number[] => broadcastShapes('add', { x, y });

  test('aligns at the last axis and repeats lengths of 1', () => {
    expect(both([3, 1], [4])).toEqual([3, 4]);
    expect(both([], [2, 3])).toEqual([2, 3]);
    expect(both([1], [0])).toEqual([0]);
    expect(broadcastShapes('where', { condition: [2, 1, 1], x: [3, 1], y: [4] })).toEqual([2, 3, 4]);
    expect(broadcastShapes('nothing', {})).toEqual([]);
  });

  test('does not care about the order, and changes nothing the second time', () => {
    fc.assert(
      fc.property(shapesWithAxes(), ({ shape, axes }) => {
        const smaller = reducedShape(shape, axes, true);
        expect(both(shape, smaller)).toEqual(shape);
        expect(both(smaller, shape)).toEqual(shape);
      }),
    );
  });
});

describe('axes', () => {
  test('count from the end when negative', () => {
    expect([resolveAxis('sum', 0, 3), resolveAxis('sum', -1, 3), resolveAxis('sum', -3, 3)]).toEqual([0, 2, 0]);
  });

  test('are sorted; none given means all, an empty list none', () => {
    expect(resolveAxes('sum', [-1, 0], 3)).toEqual([0, 2]);
    expect(resolveAxes('sum', 1, 3)).toEqual([1]);
    expect(resolveAxes('sum', undefined, 3)).toEqual([0, 1, 2]);
    expect(resolveAxes('sum', [], 3)).toEqual([]);
  });

  test('that are reduced stay with length 1, or go', () => {
    expect(reducedShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
    expect(reducedShape([2, 3, 4], [0, 2], false)).toEqual([3]);
  });
});

test('checkShape takes whole numbers of at least 0', () => {
  fc.assert(fc.property(shapes(), (shape) => checkShape('full', shape)));
});

test('every message', () => {
  expect(
    messagesOf({
      'shapes that do not broadcast': () => broadcastShapes('add', { x: [2, 3], y: [4] }),
      'three of them': () => broadcastShapes('where', { condition: [2], x: [3], y: [] }),
      'an axis too far': () => resolveAxis('softmax', 2, 2),
      'an axis too far from the end': () => resolveAxis('softmax', -3, 2),
      'a fractional axis': () => resolveAxis('softmax', 0.5, 1),
      'an axis of a scalar': () => resolveAxis('softmax', 0, 0),
      'an axis named twice': () => resolveAxes('sum', [1, 0, -1], 2),
      'a negative length': () => checkShape('full', [2, -1]),
      'a length that is too large': () => checkShape('full', [2 ** 53]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a fractional axis": "ShapeError: softmax: axis 0.5 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
      "a length that is too large": "ShapeError: full: the shape [9007199254740992]; wanted whole numbers of at least 0. Check how the lengths were computed.",
      "a negative length": "ShapeError: full: the shape [2, -1]; wanted whole numbers of at least 0. Check how the lengths were computed.",
      "an axis named twice": "ShapeError: sum: axes [1, 0, -1], which name axis 1 twice; wanted each axis at most once. Drop the second one.",
      "an axis of a scalar": "ShapeError: softmax: axis 0 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
      "an axis too far": "ShapeError: softmax: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "an axis too far from the end": "ShapeError: softmax: axis -3 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
      "shapes that do not broadcast": "ShapeError: add: x is [2, 3], y is [4]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
      "three of them": "ShapeError: where: condition is [2], x is [3], y is []; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
    }
  `);
});
