import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensorsOf } from '../../../test/arbitrary.ts';
import { distinct } from '../../../test/distinct.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { max, min } from './extremes.ts';
import { maxAlong, minAlong } from './extremesAlong.ts';

const { NaN: nan } = Number;
const ties = [
  [1, 3, 3, 2],
  [0, -0, 0, 0],
];

describe('maxAlong', () => {
  it('is the largest and its index', () => {
    const { values, indices } = maxAlong(ties, { axis: 1 });
    expect(values.toList()).toEqual([3, 0]);
    expect([...indices.data]).toEqual([1, 0]);
    expect([values.shape, indices.shape]).toEqual([[2], [2]]);
    const kept = maxAlong(ties, { axis: 0, keepDims: true });
    expect(kept.values.toList()).toEqual([[1, 3, 3, 2]]);
    expect([kept.values.shape, kept.indices.shape]).toEqual([
      [1, 4],
      [1, 4],
    ]);
  });

  it('chooses the first NaN', () => {
    const { values, indices } = maxAlong(
      [
        [1, nan, 3, nan],
        [1, Infinity, -Infinity, 0],
      ],
      { axis: 1 },
    );
    expect(values.toList()).toEqual([nan, Infinity]);
    expect([...indices.data]).toEqual([1, 1]);
  });

  it('has the values of `max` and `min`', () => {
    fc.assert(
      fc.property(tensorsOf([2, 3, 2]), fc.nat(2), (x, axis) => {
        // Of 0 and -0 the first is chosen here, and the larger there.
        const unsigned = (y: typeof x) =>
          tensor(
            y.toFlatArray().map((number) => number + 0),
            { shape: y.shape },
          );
        expectSame(unsigned(maxAlong(x, { axis }).values), unsigned(max(x, { axes: axis })));
        expectSame(unsigned(minAlong(x, { axis }).values), unsigned(min(x, { axes: axis })));
      }),
    );
  });

  it('sends the gradient to the one that was chosen, the first of equals', () => {
    expect(gradientsOf((x) => maxAlong(x, { axis: 1 }).values, [ties], [10, 20])).toEqual([
      [
        [0, 10, 0, 0],
        [20, 0, 0, 0],
      ],
    ]);
    expect(gradientsOf((x) => maxAlong(x, { axis: 0 }).values, [[1, nan, nan]])).toEqual([[0, 1, 0]]);
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => maxAlong(x, { axis: 1 }).values, [distinct([2, 3, 4])]);
    checkDerivatives((x) => multiply(x, maxAlong(x, { axis: -1, keepDims: true }).values), [distinct([2, 3])]);
  });

  it('reads views, and of no lines gives none', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(maxAlong(scattered(x), { axis: 1 }).values, maxAlong(x, { axis: 1 }).values);
    expect(maxAlong(zeros([0, 3]), { axis: 1 }).values.shape).toEqual([0]);
  });
});

describe('minAlong', () => {
  it('is the smallest and its index', () => {
    const { values, indices } = minAlong(
      [
        [4, 1, 1],
        [2, nan, 0],
      ],
      { axis: 1 },
    );
    expect(values.toList()).toEqual([1, nan]);
    expect([...indices.data]).toEqual([1, 1]);
  });

  it('sends the gradient to the one that was chosen', () => {
    expect(gradientsOf((x) => minAlong(x, { axis: 1 }).values, [ties], [10, 20])).toEqual([
      [
        [10, 0, 0, 0],
        [20, 0, 0, 0],
      ],
    ]);
    checkDerivatives((x) => minAlong(x, { axis: 0 }).values, [distinct([3, 2])]);
  });
});

it('says what does not fit', () => {
  expect(
    messagesOf({
      'of a scalar': () => maxAlong(1, { axis: 0 }),
      'an axis that is not there': () => minAlong([1], { axis: 1 }),
      'of nothing': () => maxAlong([], { axis: 0 }),
      'after the end of its tape': () => maxAlong(ended(), { axis: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "after the end of its tape": "TapeError: maxAlong: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "an axis that is not there": "ShapeError: minAlong: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
      "of a scalar": "ShapeError: maxAlong: axis 0 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
      "of nothing": "ShapeError: maxAlong: x is [0], with nothing along axis 0; wanted at least one number to choose from. Check how x was made, or choose another axis.",
    }
  `);
});
