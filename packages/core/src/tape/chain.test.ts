import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broadcastingPairs, moderate } from '../../test/arbitrary.ts';
import { expectClose } from '../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { double, scattered, uniform } from '../../test/numbers.ts';
import { broadcastTo, multiply, sum, type Tensor, tensor } from '../index.ts';
import { broadcastShapes } from '../tensor/shape.ts';
import { accumulate, sumTo } from './chain.ts';

describe('accumulate', () => {
  test('adds, wherever the numbers lie, and passes the cotangent to both', () => {
    const [a, b] = [
      double([
        [1, 2],
        [3, 4],
      ]),
      double([
        [10, 20],
        [30, 40],
      ]),
    ];
    expect(accumulate(scattered(a), b).toList()).toEqual([
      [11, 22],
      [33, 44],
    ]);
    expect(
      gradientsOf(
        accumulate,
        [
          [1, 2],
          [3, 4],
        ],
        [5, 6],
      ),
    ).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });
});

describe('broadcastTo', () => {
  test('repeats axes of length 1 and new axes in front', () => {
    expect(broadcastTo([[1], [2]], [2, 2, 3]).toList()).toEqual([
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
    ]);
    expect(broadcastTo(7, [2]).toList()).toEqual([7, 7]);
    expect(broadcastTo([[1]], [0, 1]).shape).toEqual([0, 1]);
  });

  test('every message', () => {
    expect(
      messagesOf({
        'a shape that does not fit': () => broadcastTo([1, 2], [3]),
        'a shape that is smaller': () => broadcastTo([[1], [2]], [2]),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a shape that does not fit": "ShapeError: broadcastTo: x is [2], shape is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
        "a shape that is smaller": "ShapeError: broadcastTo: x is [2, 1], shape is [2]; wanted a shape that x can be repeated to. Only axes of length 1, and new axes in front, are repeated.",
      }
    `);
  });
});

describe('sumTo', () => {
  test('sums what is too much, in front and along axes of length 1', () => {
    const x = double([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    expect(sumTo(x, [2, 2]).toList()).toEqual([
      [6, 8],
      [10, 12],
    ]);
    expect(sumTo(x, [2, 1]).toList()).toEqual([[14], [22]]);
    expect(sumTo(x, []).item()).toBe(36);
    expect(sumTo(tensor([], { shape: [0, 2] }), [1, 2]).toList()).toEqual([[0, 0]]);
    expect(sumTo(x, x.shape)).toBe(x);
  });

  test('is the transpose of broadcastTo: <broadcastTo(x), y> = <x, sumTo(y)>', () => {
    fc.assert(
      fc.property(broadcastingPairs(moderate), ([x, other]) => {
        const shape = broadcastShapes('test', { x: x.shape, other: other.shape });
        const y = double(uniform(shape));
        const left = sum(multiply(broadcastTo(x, shape), y));
        expectClose(left, sum(multiply(x, sumTo(y, x.shape))), 1e-12);
      }),
    );
  });
});

test.each<[string, (x: Tensor) => Tensor]>([
  ['broadcastTo', (x) => broadcastTo(x, [2, 3, 4])],
  ['sumTo', (x) => sumTo(x, [1])],
  ['accumulate', (x) => accumulate(x, multiply(x, x))],
])('%s agrees with differences, once and twice', (_, f) => {
  checkDerivatives(f, [uniform([3, 1])]);
});
