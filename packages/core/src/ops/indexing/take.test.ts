import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { Parameter } from '../../tensor/parameter.ts';
import { multiply } from '../elementwise/multiply.ts';
import { matmul } from '../matrices/matmul.ts';
import { sum } from '../reductions/sum.ts';
import { stack } from '../shape/concat.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { oneHot } from './oneHot.ts';
import { embedding, take } from './take.ts';

const x = [
  [1, 2],
  [3, 4],
  [5, 6],
];

describe('take', () => {
  it('takes slices in any order, also twice', () => {
    expect(take(x, [2, 0, 2]).toList()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ]);
    expect(take(x, [1], { axis: 1 }).toList()).toEqual([[2], [4], [6]]);
    expect(take(x, Uint8Array.of(1, 0), { axis: -1 }).toList()).toEqual([
      [2, 1],
      [4, 3],
      [6, 5],
    ]);
  });

  it('puts the shape of the indices instead of the axis', () => {
    expect(take(x, 1).toList()).toEqual([3, 4]);
    expect(take(x, [[0], [1]], { axis: 1 }).shape).toEqual([3, 2, 1]);
    expect(take(x, ndarray(Int32Array.of(0, 1, 2, 0), [2, 2])).shape).toEqual([2, 2, 2]);
    expect(take(x, []).shape).toEqual([0, 2]);
    expect(take(zeros([0, 2]), []).shape).toEqual([0, 2]);
    expect(take(zeros([3, 0]), [1, 1]).shape).toEqual([2, 0]);
  });

  it('keeps what is not finite, and the type', () => {
    expect(take(double([Number.NaN, -Infinity, 0.1]), [2, 1, 0]).toList()).toEqual([0.1, -Infinity, Number.NaN]);
  });

  it.each([0, 1, 2])('is a stack of slices along axis %i', (axis) => {
    const x = double(uniform([3, 4, 3]));
    const picks = [2, 0, 0, 1];
    const slices = picks.map((at) => {
      const ranges = [0, 1, 2].map((other): [number, number] | null => (other === axis ? [at, at + 1] : null));
      return reshape(slice(x, ranges), x.shape.toSpliced(axis, 1));
    });
    expectSame(take(x, picks, { axis }), stack(slices, { axis }));
  });

  it('adds up the cotangents of all copies', () => {
    expect(gradientsOf((x) => take(x, [2, 0, 2]), [x], [1, 2, 4, 8, 16, 32])).toEqual([
      [
        [4, 8],
        [0, 0],
        [17, 34],
      ],
    ]);
  });

  it('has the derivative of its formula', () => {
    checkDerivatives(
      (x) =>
        take(
          x,
          [
            [1, 1],
            [0, 2],
          ],
          { axis: 1 },
        ),
      [uniform([2, 3, 2])],
    );
    checkDerivatives((x) => multiply(take(x, [0, 0]), take(x, [1, 0])), [uniform([3, 2])]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(take(scattered(x), scattered(tensor([2, 1])), { axis: 1 }), take(x, [2, 1], { axis: 1 }));
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'out of range': () => take(x, [0, 3]),
        negative: () => take(x, [[0], [-1]], { axis: 1 }),
        'a fractional index': () => take(x, 0.5),
        'of nothing': () => take(zeros([0, 2]), [0]),
        'of a scalar': () => take(1, [0]),
        'after the end of its tape': () => take(ended(), [0]),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a fractional index": "ValueError: take: indices is 0.5; wanted whole numbers from 0 to 2, the indices along axis 0 of x [3, 2]. Count from 0, and check that the indices belong to this tensor.",
        "after the end of its tape": "TapeError: take: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "negative": "ValueError: take: indices[1, 0] is -1; wanted whole numbers from 0 to 1, the indices along axis 1 of x [3, 2]. Count from 0, and check that the indices belong to this tensor.",
        "of a scalar": "ShapeError: take: axis 0 of a tensor with 0 axes; wanted no axis at all, for a scalar has none. Name an axis that the tensor has.",
        "of nothing": "ValueError: take: indices[0] is 0; wanted no index at all, for there are no indices along axis 0 of x [0, 2]. Count from 0, and check that the indices belong to this tensor.",
        "out of range": "ValueError: take: indices[1] is 3; wanted whole numbers from 0 to 2, the indices along axis 0 of x [3, 2]. Count from 0, and check that the indices belong to this tensor.",
      }
    `);
  });
});

describe('embedding', () => {
  it('is a row for each index', () => {
    expect(
      embedding(
        [
          [2, 0],
          [1, 1],
        ],
        x,
      ).toList(),
    ).toEqual([
      [
        [5, 6],
        [1, 2],
      ],
      [
        [3, 4],
        [3, 4],
      ],
    ]);
    expect(embedding([], x).shape).toEqual([0, 2]);
    expect(embedding(2, x).toList()).toEqual([5, 6]);
  });

  it('is the product of a one-hot matrix and the weight', () => {
    const weight = double(uniform([5, 3]));
    const indices = [4, 0, 0, 2];
    expectSame(embedding(indices, weight), matmul(oneHot(indices, { classes: 5, dtype: 'float64' }), weight));
  });

  it('reads the padding row, and gives it no gradient', () => {
    const f = (weight: Parameters<typeof embedding>[1]) => embedding([0, 1, 1, 2], weight, { paddingIndex: 1 });
    expect(f(x).toList()).toEqual([
      [1, 2],
      [3, 4],
      [3, 4],
      [5, 6],
    ]);
    expect(gradientsOf(f, [x])).toEqual([
      [
        [1, 1],
        [0, 0],
        [1, 1],
      ],
    ]);
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((weight) => embedding([0, 2, 2], weight), [uniform([3, 2])]);
    checkDerivatives(
      (weight) => multiply(embedding([0, 2, 2], weight), embedding([1, 1, 2], weight)),
      [uniform([3, 2])],
    );
  });

  it('leaves the padding row out of second derivatives too', () => {
    using tape = new Tape();
    const weight = tape.watch(double([[2], [3]]));
    const cube = (y: typeof weight) => multiply(y, multiply(y, y));
    const loss = sum(cube(embedding([0, 1], weight, { paddingIndex: 1 })));
    const first = tape.gradients(loss, { withRespectTo: [weight], differentiable: true }).get(weight);
    expect(first.toList()).toEqual([[12], [0]]);
    expect(
      tape
        .gradients(sum(first), { withRespectTo: [weight] })
        .get(weight)
        .toList(),
    ).toEqual([[12], [0]]);
  });

  it('stands on the tape of the indices, with a parameter of its own', () => {
    using tape = new Tape();
    const weight = new Parameter('embedding1.weight', tensor(x));
    const y = embedding(tape.constant([2, 2], 'words'), weight);
    expect(tape.gradients(sum(y)).get(weight).toList()).toEqual([
      [0, 0],
      [0, 0],
      [2, 2],
    ]);
    expect(`${tape}`).toMatchInlineSnapshot(`
      "%0 [2] constant words
      %1 [3, 2] parameter embedding1.weight
      %2 [2, 2] embedding(weight: %1, indices: %0) axis=0
      %3 [] sum(x: %2) axes=[0,1] keepDims=false"
    `);
  });

  it('takes indices of the other number type', () => {
    expect(embedding(double([1]), x).dtype).toBe('float32');
    expect(embedding(tensor([1]), double(x)).dtype).toBe('float64');
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'out of range': () => embedding([[0, 3]], x),
        'a weight of one axis': () => embedding([0], [1, 2]),
        'a padding index out of range': () => embedding([0], x, { paddingIndex: 3 }),
        'a negative padding index': () => embedding([0], x, { paddingIndex: -1 }),
        'after the end of its tape': () => embedding([0], ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a negative padding index": "ValueError: embedding: paddingIndex is -1; wanted a row of weight [3, 2], counted from 0. Leave it out where there is no padding.",
        "a padding index out of range": "ValueError: embedding: paddingIndex is 3; wanted a row of weight [3, 2], counted from 0. Leave it out where there is no padding.",
        "a weight of one axis": "ShapeError: embedding: weight is [2]; wanted [count, features]. Give one row for each index.",
        "after the end of its tape": "TapeError: embedding: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "out of range": "ValueError: embedding: indices[0, 1] is 3; wanted whole numbers from 0 to 2, the rows of weight [3, 2]. Count from 0, and check that the indices belong to this tensor.",
      }
    `);
  });
});
