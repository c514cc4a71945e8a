import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, positions, scattered, uniform } from '../../../test/numbers.ts';
import { globalMaxPool, maxPool2d, tensor, zeros } from '../../index.ts';

const shapes = fc
  .tuple(fc.nat(3), fc.nat(3), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }))
  .map(([batch, channels, spatial]) => [batch, channels, ...spatial]);

describe('values', () => {
  test.each(dataTypes)('agree with loops over one, two and three axes, in %s', (dtype) => {
    fc.assert(
      fc.property(shapes, fc.boolean(), (shape, keepDims) => {
        const x = tensor(uniform(shape), { dtype });
        const [batch, channels, ...spatial] = shape;
        const largest = [...positions([batch, channels])].map((outer) =>
          Math.max(...[...positions(spatial)].map((place) => x.view.get(...outer, ...place))),
        );
        const kept = keepDims ? spatial.map(() => 1) : [];
        const wanted = tensor(Float64Array.from(largest), { shape: [batch, channels, ...kept] });
        const y = globalMaxPool(x, { keepDims });
        expect(y.dtype).toBe(dtype);
        expectClose(y, wanted, 0);
        expectClose(globalMaxPool(scattered(x), { keepDims }), y, 0);
      }),
    );
  });

  test('are those of maxPool2d with a window as large as the image', () => {
    const x = tensor(uniform([2, 3, 5, 4]));
    expectClose(globalMaxPool(x, { keepDims: true }), maxPool2d(x, { kernelSize: [5, 4] }), 0);
  });

  test('NaN wins; -Infinity alone is the largest', () => {
    expect(
      globalMaxPool([
        [
          [1, Number.NaN],
          [-Infinity, -Infinity],
        ],
      ]).toList(),
    ).toEqual([[Number.NaN, -Infinity]]);
  });
});

test('gradient agrees with differences, once and twice, and goes to the first of equals', () => {
  checkDerivatives((x) => globalMaxPool(x), [distinct([2, 2, 3, 2])]);
  const x = [
    [
      [
        [1, 9],
        [9, 9],
      ],
    ],
  ];
  expect(gradientsOf((x) => globalMaxPool(x), [x], [8])).toEqual([
    [
      [
        [
          [0, 8],
          [0, 0],
        ],
      ],
    ],
  ]);
});

test('every message', () => {
  expect(
    messagesOf({
      'flat inputs': () => globalMaxPool(zeros([2, 3])),
      'an empty image': () => globalMaxPool(zeros([2, 3, 0, 4])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty image": "ShapeError: globalMaxPool: x is [2, 3, 0, 4]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
      "flat inputs": "ShapeError: globalMaxPool: x is [2, 3]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
    }
  `);
});
