import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered } from '../../../test/numbers.ts';
import { underCells } from '../../../test/pooling.ts';
import { sizeOf } from '../../authors/index.ts';
import { adaptiveMaxPool2d, adaptiveMaxPool2dWithPlaces, tensor, zeros } from '../../index.ts';

const lengths = fc.tuple(
  fc.nat(2),
  fc.integer({ min: 1, max: 2 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
);
const cells = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));

describe('values', () => {
  test('by hand, where neighbouring cells overlap', () => {
    const { output, places } = adaptiveMaxPool2dWithPlaces([[[[1, 5, 4]]]], [1, 2]);
    expect([output.toList(), [...places]]).toEqual([[[[[5, 5]]]], [1, 1]]);
  });

  test.each(dataTypes)('and places agree with the definition, ties among them, in %s', (dtype) => {
    fc.assert(
      fc.property(lengths, cells, fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (shape, cells, digits) => {
        const x = tensor([...digits.take(sizeOf(shape))], { shape, dtype });
        const { output, places } = adaptiveMaxPool2dWithPlaces(x, cells);
        const found = Array.from(underCells(x, cells), ({ numbers, indices }) => {
          const first = numbers.indexOf(Math.max(...numbers));
          return { value: numbers[first], index: indices[first] };
        });
        expect(output.dtype).toBe(dtype);
        expect(output.shape).toEqual([shape[0], shape[1], ...cells]);
        expect([...output.toFlatArray()]).toEqual(found.map(({ value }) => value));
        expect([...places]).toEqual(found.map(({ index }) => index));
        expectClose(adaptiveMaxPool2d(scattered(x), cells), output, 0);
      }),
    );
  });

  test('a NaN wins, -Infinity can too', () => {
    const x = [[[[1, Number.NaN, -Infinity, -Infinity]]]];
    expect(adaptiveMaxPool2d(x, [1, 2]).toList()).toEqual([[[[Number.NaN, -Infinity]]]]);
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
    checkDerivatives((x) => adaptiveMaxPool2d(x, cells), [distinct(shape)]);
  });

  test('goes to the first of equals, and adds up where two cells chose the same', () => {
    expect(gradientsOf((x) => adaptiveMaxPool2d(x, [1, 1]), [[[[[1, 4, 4]]]]])).toEqual([[[[[0, 1, 0]]]]]);
    expect(gradientsOf((x) => adaptiveMaxPool2d(x, [1, 2]), [[[[[1, 5, 4]]]]], [10, 20])).toEqual([[[[[0, 30, 0]]]]]);
  });
});

test('every message', () => {
  expect(
    messagesOf({
      'no batch': () => adaptiveMaxPool2d(zeros([1, 5, 5]), 2),
      'no cells': () => adaptiveMaxPool2d(zeros([1, 1, 5, 5]), [2, 0]),
      'an empty image': () => adaptiveMaxPool2d(zeros([1, 1, 0, 5]), 2),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty image": "ShapeError: adaptiveMaxPool2d: x is [1, 1, 0, 5], with a height of 0; wanted at least one number along each spatial axis. Look at the layers before: something has cut everything away.",
      "no batch": "ShapeError: adaptiveMaxPool2d: x is [1, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "no cells": "ValueError: adaptiveMaxPool2d: outputSize is [2,0]; wanted a whole number of at least 1, or 2 of them. Give outputSize as a number, or as [height, width].",
    }
  `);
});
