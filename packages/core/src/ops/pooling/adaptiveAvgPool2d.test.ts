import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { underCells } from '../../../test/pooling.ts';
import { adaptiveAvgPool2d, avgPool2d, tensor, zeros } from '../../index.ts';

const lengths = fc.tuple(
  fc.nat(2),
  fc.integer({ min: 1, max: 2 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
);
const cells = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));

describe('values', () => {
  test('by hand, where neighbours share a position', () => {
    expect(adaptiveAvgPool2d([[[[1, 2, 4]]]], { outputSize: [1, 2] }).toList()).toEqual([[[[1.5, 3]]]]);
    expect(adaptiveAvgPool2d([[[[1, 3]]]], { outputSize: [2, 4] }).toList()).toEqual([
      [
        [
          [1, 1, 3, 3],
          [1, 1, 3, 3],
        ],
      ],
    ]);
  });

  test.each(dataTypes)('agree with the definition, in %s', (dtype) => {
    fc.assert(
      fc.property(lengths, cells, (shape, cells) => {
        const x = tensor(uniform(shape), { dtype });
        const y = adaptiveAvgPool2d(x, { outputSize: cells });
        const means = Array.from(underCells(x, cells), ({ numbers }) => {
          return numbers.reduce((total, number) => total + number, 0) / numbers.length;
        });
        expect(y.dtype).toBe(dtype);
        const wanted = tensor(Float64Array.from(means), { shape: [shape[0], shape[1], ...cells] });
        expectClose(y, wanted, dtype === 'float64' ? 1e-15 : 1e-7);
        expectClose(adaptiveAvgPool2d(scattered(x), { outputSize: cells }), y, 0);
      }),
    );
  });

  test('are those of avgPool2d where the cells divide the image', () => {
    const x = double(uniform([2, 3, 6, 4]));
    expectClose(adaptiveAvgPool2d(x, { outputSize: [3, 2] }), avgPool2d(x, { kernelSize: 2 }), 1e-15);
    expectClose(adaptiveAvgPool2d(x, { outputSize: 2 }), avgPool2d(x, { kernelSize: [3, 2] }), 1e-15);
  });

  test('NaN and infinities stay in their cells', () => {
    expect(adaptiveAvgPool2d([[[[Number.NaN, 1, Infinity, 2, 5, 7]]]], { outputSize: [1, 3] }).toList()).toEqual([
      [[[Number.NaN, Infinity, 6]]],
    ]);
  });
});

describe('gradient', () => {
  test.each([
    [
      [1, 2, 5, 4],
      [3, 2],
    ],
    [
      [2, 1, 2, 3],
      [5, 4],
    ],
  ] as const)('agrees with differences, once and twice: %j into %j', (shape, cells) => {
    checkDerivatives((x) => adaptiveAvgPool2d(x, { outputSize: cells }), [uniform(shape)]);
  });

  test('of a number that two cells share is the sum of both shares', () => {
    expect(gradientsOf((x) => adaptiveAvgPool2d(x, { outputSize: [1, 2] }), [[[[[1, 2, 4]]]]], [10, 20])).toEqual([
      [[[[5, 15, 10]]]],
    ]);
  });
});

test('every message', () => {
  expect(
    messagesOf({
      'no batch': () => adaptiveAvgPool2d(zeros([1, 5, 5]), { outputSize: 2 }),
      'no cells': () => adaptiveAvgPool2d(zeros([1, 1, 5, 5]), { outputSize: 0 }),
      'three numbers': () =>
        adaptiveAvgPool2d(zeros([1, 1, 5, 5]), { outputSize: [1, 2, 3] as unknown as [number, number] }),
      'an empty image': () => adaptiveAvgPool2d(zeros([1, 1, 5, 0]), { outputSize: 2 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty image": "ShapeError: adaptiveAvgPool2d: x is [1, 1, 5, 0], with a width of 0; wanted at least one number along each spatial axis. Look at the layers before: something has cut everything away.",
      "no batch": "ShapeError: adaptiveAvgPool2d: x is [1, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "no cells": "ValueError: adaptiveAvgPool2d: outputSize is 0; wanted a whole number of at least 1, or 2 of them. Give outputSize as a number, or as [height, width].",
      "three numbers": "ValueError: adaptiveAvgPool2d: outputSize is [1,2,3]; wanted a whole number of at least 1, or 2 of them. Give outputSize as a number, or as [height, width].",
    }
  `);
});
