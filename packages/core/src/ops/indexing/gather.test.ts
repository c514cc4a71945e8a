import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { broadcastPosition, double, positions, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { Random } from '../../random/random.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { multiply } from '../elementwise/multiply.ts';
import { gather } from './gather.ts';

const x = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('gather', () => {
  it('looks each number up along the axis', () => {
    expect(
      gather(x, 1, [
        [2, 0],
        [1, 1],
      ]).toList(),
    ).toEqual([
      [3, 1],
      [5, 5],
    ]);
    expect(gather(x, 0, [[1, 0, 1]]).toList()).toEqual([[4, 2, 6]]);
  });

  it('picks the logit of each label', () => {
    expect(gather(x, 1, [[2], [0]]).toList()).toEqual([[3], [4]]);
  });

  it('takes an index that is longer along the axis, and shorter along others', () => {
    expect(gather(x, 1, [[0, 0, 1, 1, 2]]).toList()).toEqual([[1, 1, 2, 2, 3]]);
    expect(gather(x, 0, [[1], [1], [0]]).toList()).toEqual([[4], [4], [1]]);
    expect(gather(x, 0, tensor([], { shape: [0, 3] })).shape).toEqual([0, 3]);
    expect(gather(zeros([0, 3]), 0, tensor([], { shape: [0, 3] })).shape).toEqual([0, 3]);
  });

  it('keeps what is not finite, and the type', () => {
    expect(gather(double([Number.NaN, -Infinity, 0.1]), 0, [2, 1, 0]).toList()).toEqual([0.1, -Infinity, Number.NaN]);
  });

  it('is y[i, j, k] = x[i, index[i, j, k], k], along any axis', () => {
    const sides = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(sides, fc.nat(2), fc.nat(4), (shape, axis, count) => {
        const source = double(uniform(shape));
        const random = new Random(count);
        const wanted = shape.with(axis, count);
        const index = Int32Array.from({ length: sizeOf(wanted) }, () => random.integer(shape[axis]));
        const got = gather(source, axis, tensor(index, { shape: wanted })).toNdarray();
        let at = 0;
        for (const place of positions(wanted)) {
          expect(got.get(...place)).toBe(source.view.get(...broadcastPosition(shape, place.with(axis, index[at++]))));
        }
      }),
    );
  });

  it('adds up the cotangents of all places a number went to', () => {
    expect(
      gradientsOf(
        (x) =>
          gather(x, 1, [
            [0, 0, 2],
            [1, 1, 1],
          ]),
        [x],
        [1, 2, 4, 8, 16, 32],
      ),
    ).toEqual([
      [
        [3, 0, 4],
        [0, 56, 0],
      ],
    ]);
    expect(gradientsOf((x) => gather(x, 0, [[1]]), [x])).toEqual([
      [
        [0, 0, 0],
        [1, 0, 0],
      ],
    ]);
  });

  it('has the derivative of its formula', () => {
    const index = tensor(Int32Array.of(0, 2, 2, 1, 0, 0, 1, 2), { shape: [2, 2, 2] });
    checkDerivatives((x) => gather(x, 1, index), [distinct([2, 3, 2])]);
    checkDerivatives((x) => multiply(gather(x, 1, index), gather(x, 1, index)), [distinct([2, 3, 4])]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    const index = zeros([2, 2, 4]);
    expectSame(gather(scattered(x), 1, scattered(index)), gather(x, 1, index));
  });

  it('stands on the tape of x, or of the index', () => {
    using tape = new Tape();
    const index = tape.constant([1, 0], 'labels');
    gather(tape.watch([5, 6]), 0, index);
    expect(gather([5, 6], 0, index).tape).toBe(tape);
    expect(`${tape}`).toMatchInlineSnapshot(`
      "%0 [2] constant labels
      %1 [2] watched
      %2 [2] gather(x: %1, index: %0) axis=0
      %3 [2] constant
      %4 [2] gather(x: %3, index: %0) axis=0"
    `);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'out of range': () => gather(x, 1, [[0, 3]]),
        'too few axes': () => gather(x, 1, [0, 1]),
        'longer than x': () => gather(x, 1, [[0], [0], [0]]),
        'an axis that is not there': () => gather(x, 2, [[0]]),
        'after the end of its tape': () => gather(ended(), 0, [0]),
        'an index whose tape has ended': () => gather([1, 2], 0, ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: gather: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: gather: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.",
        "an index whose tape has ended": "TapeError: gather: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "longer than x": "ShapeError: gather: x is [2, 3], index is [3, 1]; wanted an index of 2 axes, no longer than x but along axis 1. Reshape or broadcast the index, or use \`take\` for whole rows.",
        "out of range": "ValueError: gather: index[0, 1] is 3; wanted whole numbers from 0 to 2, the places along axis 1 of x [2, 3]. Count from 0, and check that the indices belong to this tensor.",
        "too few axes": "ShapeError: gather: x is [2, 3], index is [2]; wanted an index of 2 axes, no longer than x but along axis 1. Reshape or broadcast the index, or use \`take\` for whole rows.",
      }
    `);
  });
});
