import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, positions, scattered, uniform } from '../../../test/numbers.ts';
import { globalAvgPool, tensor, zeros } from '../../index.ts';

const shapes = fc
  .tuple(fc.nat(3), fc.nat(3), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }))
  .map(([batch, channels, spatial]) => [batch, channels, ...spatial]);

describe('values', () => {
  test('by hand', () => {
    const x = [
      [
        [
          [1, 2],
          [3, 6],
        ],
      ],
    ];
    expect(globalAvgPool(x).toList()).toEqual([[3]]);
    expect(globalAvgPool(x, { keepDims: true }).toList()).toEqual([[[[3]]]]);
  });

  test.each(dataTypes)('agree with loops over one, two and three axes, in %s', (dtype) => {
    fc.assert(
      fc.property(shapes, fc.boolean(), (shape, keepDims) => {
        const x = tensor(uniform(shape), { dtype });
        const [batch, channels, ...spatial] = shape;
        const means = [...positions([batch, channels])].map((outer) => {
          const numbers = [...positions(spatial)].map((place) => x.view.get(...outer, ...place));
          return numbers.reduce((total, number) => total + number, 0) / numbers.length;
        });
        const kept = keepDims ? spatial.map(() => 1) : [];
        const wanted = tensor(Float64Array.from(means), { shape: [batch, channels, ...kept] });
        const y = globalAvgPool(x, { keepDims });
        expect(y.dtype).toBe(dtype);
        expectClose(y, wanted, dtype === 'float64' ? 1e-15 : 1e-7);
        expectClose(globalAvgPool(scattered(x), { keepDims }), y, 0);
      }),
    );
  });

  test('NaN stays in its channel', () => {
    expect(
      globalAvgPool([
        [
          [Number.NaN, 1],
          [Infinity, 1],
          [1, 2],
        ],
      ]).toList(),
    ).toEqual([[Number.NaN, Infinity, 1.5]]);
  });
});

test('gradient agrees with differences, once and twice, and is shared equally', () => {
  checkDerivatives((x) => globalAvgPool(x), [uniform([2, 2, 3, 2])]);
  expect(gradientsOf((x) => globalAvgPool(x), [[[[1, 9, 3, 3]]]], [8])).toEqual([[[[2, 2, 2, 2]]]]);
});

test('every message', () => {
  expect(
    messagesOf({
      'flat inputs': () => globalAvgPool(zeros([2, 3])),
      'an empty image': () => globalAvgPool(zeros([2, 3, 0, 4])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty image": "ShapeError: globalAvgPool: x is [2, 3, 0, 4]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
      "flat inputs": "ShapeError: globalAvgPool: x is [2, 3]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
    }
  `);
});
