import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moderate, tensorsOf } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sum } from '../reductions/sum.ts';
import { concat, stack } from './concat.ts';
import { reshape } from './reshape.ts';
import { slice } from './slice.ts';

/** One to twelve parts of [2, length, 3]: enough for names with two digits. */
const parts = fc
  .array(fc.nat(3), { minLength: 1, maxLength: 12 })
  .chain((lengths) => fc.tuple(...lengths.map((length) => tensorsOf([2, length, 3], moderate))));

describe('concat', () => {
  it('puts the parts one behind the other', () => {
    expect(concat([[1, 2], [3], []]).toList()).toEqual([1, 2, 3]);
    expect(concat([[[1, 2]], [[3, 4]]]).toList()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(
      concat(
        [
          [[1], [2]],
          [
            [3, 4],
            [5, 6],
          ],
        ],
        { axis: -1 },
      ).toList(),
    ).toEqual([
      [1, 3, 4],
      [2, 5, 6],
    ]);
    expect(concat([[-0, Number.NaN]]).toList()).toEqual([-0, Number.NaN]);
    expect(concat([double([0.1]), [1]]).toList()).toEqual([0.1, 1]);
    expect(concat([zeros([0, 2]), zeros([0, 2])]).shape).toEqual([0, 2]);
  });

  it('holds every part where it was put', () => {
    fc.assert(
      fc.property(parts, (parts) => {
        const whole = concat(parts, { axis: 1 });
        let start = 0;
        for (const part of parts) {
          expectSame(slice(whole, [null, [start, start + part.shape[1]]]), part);
          start += part.shape[1];
        }
        expect(whole.shape).toEqual([2, start, 3]);
      }),
    );
  });

  it('has the sum of the sums', () => {
    fc.assert(
      fc.property(parts, (parts) => {
        const sums = parts.map((part) => sum(part));
        expectClose(
          sum(concat(parts, { axis: 1 })),
          sums.reduce((total, part) => add(total, part)),
          1e-11,
        );
      }),
    );
  });

  it('reads views', () => {
    const [x, y] = [tensor(uniform([2, 3, 4])), tensor(uniform([2, 1, 4]))];
    expectSame(concat([scattered(x), scattered(y)], { axis: 1 }), concat([x, y], { axis: 1 }));
  });

  it('gives each part its own piece of the cotangent', () => {
    checkDerivatives((x, y) => concat([multiply(x, x), y, x], { axis: 1 }), [uniform([2, 3]), uniform([2, 1])]);
    expect(gradientsOf((x, y) => concat([x, y, x]), [[0, 0], [0]], [1, 2, 3, 4, 5])).toEqual([[5, 7], [3]]);
    expect(gradientsOf((x, y) => concat([x, y]), [[0], []])).toEqual([[1], []]);
  });

  it('says what does not fit', () => {
    expect(() => concat([])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: no parts; wanted at least one tensor. Check how the list was made.]`,
    );
    expect(() => concat([zeros([2, 3]), zeros([3, 3])], { axis: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: parts of shapes [2, 3], [3, 3]; wanted shapes that are equal but for axis 1. Reshape or slice the odd one.]`,
    );
    expect(() => concat([zeros([2, 3]), zeros([2])], { axis: 1 })).toThrow(
      'parts of shapes [2, 3], [2]; wanted shapes that are equal but for axis 1',
    );
    expect(() => concat([[1], [2]], { axis: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.]`,
    );
    expect(() => concat([1, 2])).toThrow('concat: axis 0 of a tensor with 0 axes');
    expect(() => concat([tensor([1]), double([1])])).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: concat: x0 is float32, x1 is float64; wanted operands of one type. Convert one of them, for example \`cast(x1, 'float32')\`.]`,
    );
    expect(() => concat([ended()])).toThrow('concat: a tensor of shape [2] whose tape has ended');
  });
});

describe('stack', () => {
  it('puts the parts side by side along a new axis', () => {
    expect(
      stack([
        [1, 2],
        [3, 4],
      ]).toList(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(
      stack(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: -1 },
      ).toList(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(stack([1, 2, 3]).toList()).toEqual([1, 2, 3]);
    expect(stack([double(0.1), 1]).toList()).toEqual([0.1, 1]);
    expect(stack([zeros([2, 0])], { axis: 1 }).shape).toEqual([2, 1, 0]);
  });

  it('is a concat of parts with one axis more', () => {
    const [x, y] = [tensor(uniform([2, 3])), tensor(uniform([2, 3], { seed: 2 }))];
    expectSame(stack([x, y], { axis: 1 }), concat([reshape(x, [2, 1, 3]), reshape(y, [2, 1, 3])], { axis: 1 }));
  });

  it('gives each part its own piece of the cotangent', () => {
    checkDerivatives(
      (x, y) => stack([multiply(x, y), x], { axis: 1 }),
      [uniform([2, 3]), uniform([2, 3], { seed: 2 })],
    );
    expect(
      gradientsOf(
        (x, y) => stack([x, y], { axis: -1 }),
        [
          [0, 0],
          [0, 0],
        ],
        [1, 2, 3, 4],
      ),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('says what does not fit', () => {
    expect(() => stack([])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: no parts; wanted at least one tensor. Check how the list was made.]`,
    );
    expect(() =>
      stack([
        [1, 2],
        [1, 2, 3],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: parts of shapes [2], [3]; wanted equal shapes. Reshape or slice the odd one.]`,
    );
    expect(() => stack([[1, 2]], { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: axis 2 of a tensor with 2 axes; wanted a whole number from -2 to 1. Name an axis that the tensor has.]`,
    );
  });
});
