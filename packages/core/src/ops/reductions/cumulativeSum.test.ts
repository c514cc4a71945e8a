import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, tensorsOf } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { slice } from '../shape/slice.ts';
import { cumulativeSum } from './cumulativeSum.ts';
import { sum } from './sum.ts';

const { NaN: nan } = Number;
const ways = [
  { exclusive: false, reverse: false },
  { exclusive: true, reverse: false },
  { exclusive: false, reverse: true },
  { exclusive: true, reverse: true },
];

describe('cumulativeSum', () => {
  it('adds up along an axis', () => {
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(cumulativeSum(x, { axis: 1 }).toList()).toEqual([
      [1, 3, 6],
      [4, 9, 15],
    ]);
    expect(cumulativeSum(x, { axis: 0 }).toList()).toEqual([
      [1, 2, 3],
      [5, 7, 9],
    ]);
    expect(cumulativeSum([1, 2, 3], { axis: 0, exclusive: true }).toList()).toEqual([0, 1, 3]);
    expect(cumulativeSum([1, 2, 3], { axis: -1, reverse: true }).toList()).toEqual([6, 5, 3]);
    expect(cumulativeSum([1, 2, 3], { axis: 0, exclusive: true, reverse: true }).toList()).toEqual([5, 3, 0]);
  });

  it('carries what is not finite on, and not back', () => {
    expect(cumulativeSum([1, Infinity, -Infinity, 2], { axis: 0 }).toList()).toEqual([1, Infinity, nan, nan]);
    expect(cumulativeSum([1, nan, 2], { axis: 0, exclusive: true }).toList()).toEqual([0, 1, nan]);
    expect(cumulativeSum(zeros([0, 3]), { axis: 0 }).shape).toEqual([0, 3]);
    expect(cumulativeSum(zeros([2, 0]), { axis: 1 }).shape).toEqual([2, 0]);
  });

  it('loses no digits on the way in float32', () => {
    const y = cumulativeSum(tensor(new Float32Array(10_000).fill(0.1)), { axis: 0 });
    expect(y.toFlatArray()[9_999]).toBeCloseTo(1000, 4);
  });

  it('ends with the sum, and both ways together count each number once too often', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((length) => tensorsOf([3, length], moderate)),
        (x) => {
          const y = cumulativeSum(x, { axis: 1 });
          expectClose(slice(y, [null, [-1]]), sum(x, { axes: 1, keepDims: true }), 1e-13);
          const both = add(y, cumulativeSum(x, { axis: 1, reverse: true }));
          expectClose(subtract(both, x), add(multiply(x, 0), sum(x, { axes: 1, keepDims: true })), 1e-13);
          expectClose(add(cumulativeSum(x, { axis: 1, exclusive: true }), x), y, 1e-13);
        },
      ),
    );
  });

  it.each(ways)('has the derivative of its formula, %o', (options) => {
    checkDerivatives((x) => cumulativeSum(x, { axis: 1, ...options }), [uniform([2, 4, 3])]);
    checkDerivatives((x) => multiply(x, cumulativeSum(x, { axis: 0, ...options })), [uniform([3])]);
  });

  it('sums the cotangents of all that come behind', () => {
    expect(gradientsOf((x) => cumulativeSum(x, { axis: 0 }), [[5, 6, 7]], [1, 10, 100])).toEqual([[111, 110, 100]]);
    expect(gradientsOf((x) => cumulativeSum(x, { axis: 0, exclusive: true }), [[5, 6, 7]], [1, 10, 100])).toEqual([
      [110, 100, 0],
    ]);
  });

  it('reads views', () => {
    const x = double(uniform([2, 3, 4]));
    expectSame(cumulativeSum(scattered(x), { axis: 1 }), cumulativeSum(x, { axis: 1 }));
  });

  it('stands on the tape with its options', () => {
    using tape = new Tape();
    cumulativeSum(tape.watch([1, 2]), { axis: -1, reverse: true });
    expect(`${tape}`).toMatchInlineSnapshot(`
      "%0 [2] watched
      %1 [2] cumulativeSum(x: %0) axis=0 exclusive=false reverse=true"
    `);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'of a scalar': () => cumulativeSum(1, { axis: 0 }),
        'an axis that is not there': () => cumulativeSum([1], { axis: 1 }),
        'after the end of its tape': () => cumulativeSum(ended(), { axis: 0 }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: cumulativeSum: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: cumulativeSum: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
        "of a scalar": "ShapeError: cumulativeSum: axis 0 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
      }
    `);
  });
});
