import * as fc from 'fast-check';
import type { NdArray } from 'ndarray';
import { describe, expect, it } from 'vitest';
import { tensorsOf } from '../../../test/arbitrary.ts';
import { ended } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { Parameter } from '../../tensor/parameter.ts';
import { negate } from '../elementwise/negate.ts';
import { argMax, argMin } from './extremesAlong.ts';

const { NaN: nan } = Number;
const listed = ({ data, shape }: NdArray<Int32Array>) => ({ numbers: [...data], shape });

describe('argMax', () => {
  const x = [
    [1, 3, 2],
    [7, -5, -Infinity],
  ];

  it.each(dataTypes)('is the index of the largest, in %s', (dtype) => {
    expect(listed(argMax(tensor(x, { dtype })))).toEqual({ numbers: [1, 0], shape: [2] });
    expect(listed(argMax(tensor(x, { dtype }), { axis: 0 }))).toEqual({ numbers: [1, 0, 0], shape: [3] });
    expect(listed(argMax(tensor(x, { dtype }), { axis: 1, keepDims: true }))).toEqual({
      numbers: [1, 0],
      shape: [2, 1],
    });
    expect(argMax(x).get(0)).toBe(1);
  });

  it('is the first of equals', () => {
    expect(
      listed(
        argMax([
          [0, -0, 0],
          [2, 5, 5],
          [-Infinity, -Infinity, -Infinity],
        ]),
      ).numbers,
    ).toEqual([0, 1, 0]);
  });

  it('is the first NaN', () => {
    expect(
      listed(
        argMax([
          [1, nan, nan],
          [nan, Infinity, nan],
        ]),
      ).numbers,
    ).toEqual([1, 0]);
  });

  it('runs along any axis, and of no lines gives none', () => {
    const x = tensor(uniform([2, 3, 4]));
    expect(listed(argMax(scattered(x), { axis: 1 }))).toEqual(listed(argMax(x, { axis: 1 })));
    expect(listed(argMax(zeros([0, 3]), { axis: 1 }))).toEqual({ numbers: [], shape: [0] });
    expect(listed(argMax([5], { axis: 0 }))).toEqual({ numbers: [0], shape: [] });
  });

  it('tells the index of a number that is as large as any', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((length) => tensorsOf([length])),
        (x) => {
          const numbers = [...x.toFlatArray()];
          const wanted = numbers.some(Number.isNaN)
            ? numbers.findIndex(Number.isNaN)
            : numbers.indexOf(Math.max(...numbers));
          expect(argMax(x).get()).toBe(wanted);
        },
      ),
    );
  });

  it('takes a parameter, and is plain numbers', () => {
    expect(argMax(new Parameter('weight', tensor([1, 2]))).data).toEqual(Int32Array.of(1));
  });
});

describe('argMin', () => {
  it('is the index of the smallest', () => {
    const x = [
      [1, 3, 2],
      [7, 7, nan],
    ];
    expect(listed(argMin(x))).toEqual({ numbers: [0, 2], shape: [2] });
    expect(listed(argMin(x, { axis: 0, keepDims: true }))).toEqual({ numbers: [0, 0, 1], shape: [1, 3] });
  });

  it('is that of the largest of -x', () => {
    fc.assert(
      fc.property(tensorsOf([2, 5]), (x) => {
        expect(listed(argMin(x))).toEqual(listed(argMax(negate(x))));
      }),
    );
  });
});

it('says what does not fit', () => {
  expect(
    messagesOf({
      'of a scalar': () => argMax(1),
      'an axis that is not there': () => argMin([1], { axis: 1 }),
      'of nothing': () => argMax(zeros([2, 0])),
      'after the end of its tape': () => argMin(ended()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "after the end of its tape": "TapeError: argMin: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "an axis that is not there": "ShapeError: argMin: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
      "of a scalar": "ShapeError: argMax: axis -1 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
      "of nothing": "ShapeError: argMax: x is [2, 0], with nothing along axis 1; wanted at least one number to choose from. Check how x was made, or choose another axis.",
    }
  `);
});
