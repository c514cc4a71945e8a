import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sum } from '../reductions/sum.ts';
import { pad } from './pad.ts';
import { slice } from './slice.ts';

type Pads = [before: number, after: number][];
const numbers = fc.double({ min: -10, max: 10, noNaN: true });
const tensorsWithPads = tensors(numbers, 3).chain((x) =>
  fc.tuple(
    fc.constant(x),
    fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: x.rank, maxLength: x.rank }) as fc.Arbitrary<Pads>,
  ),
);

describe('pad', () => {
  it('puts a value around', () => {
    expect(pad([1, 2], [[1, 2]]).toList()).toEqual([0, 1, 2, 0, 0]);
    expect(
      pad(
        [[1]],
        [
          [0, 1],
          [1, 0],
        ],
        { value: -1 },
      ).toList(),
    ).toEqual([
      [-1, 1],
      [-1, -1],
    ]);
    expect(pad([1], [[1, 0]], { value: -Infinity }).toList()).toEqual([-Infinity, 1]);
    expect(pad(double([1]), [[1, 0]], { value: 0.1 }).toList()).toEqual([0.1, 1]);
    expect(pad([], [[1, 1]], { value: 7 }).toList()).toEqual([7, 7]);
    expect(pad(7, []).toList()).toBe(7);
  });

  it('cuts off by negative counts', () => {
    expect(pad([1, 2, 3], [[-1, 0]]).toList()).toEqual([2, 3]);
    expect(pad([1, 2, 3], [[-2, 2]], { value: 9 }).toList()).toEqual([3, 9, 9]);
    expect(pad([1, 2, 3], [[1, -3]], { value: 9 }).toList()).toEqual([9]);
    expect(pad([1, 2, 3], [[-1, -2]]).shape).toEqual([0]);
  });

  it('is undone by slice, and by the negative counts', () => {
    fc.assert(
      fc.property(tensorsWithPads, ([x, pads]) => {
        const padded = pad(x, pads, { value: 5 });
        expectSame(
          slice(
            padded,
            pads.map(([before], axis) => [before, before + x.shape[axis]]),
          ),
          x,
        );
        expectSame(
          pad(
            padded,
            pads.map(([before, after]) => [-before, -after]),
          ),
          x,
        );
      }),
    );
  });

  it('has a slice as its transpose: ⟨pad x, u⟩ = ⟨x, padᵀ u⟩', () => {
    fc.assert(
      fc.property(tensorsWithPads, fc.nat(), ([x, pads], seed) => {
        const y = pad(x, pads);
        const u = tensor(uniform(y.shape, { seed }));
        const [back] = gradientTensors((x) => pad(x, pads), [x], [...u.toFlatArray()]);
        expectClose(sum(multiply(y, u)), sum(multiply(x, back)), 1e-12);
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    const pads: Pads = [
      [1, 0],
      [0, 2],
      [-1, 1],
    ];
    expectSame(pad(scattered(x), pads), pad(x, pads));
  });

  it('passes on the cotangent of what was there before', () => {
    checkDerivatives(
      (x) =>
        pad(
          multiply(x, x),
          [
            [1, 2],
            [-1, 1],
          ],
          { value: 3 },
        ),
      [uniform([2, 3])],
    );
    checkDerivatives((x) => multiply(pad(x, [[1, 0]]), pad(x, [[0, 1]])), [uniform([3])]);
    expect(gradientsOf((x) => pad(x, [[1, 1]]), [[0, 0]], [1, 2, 3, 4])).toEqual([[2, 3]]);
    expect(gradientsOf((x) => pad(x, [[-1, 1]]), [[0, 0]], [1, 2])).toEqual([[0, 1]]);
  });

  it('says what does not fit', () => {
    expect(() => pad(zeros([2, 3]), [[1, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pad: x is [2, 3], pads are [[1,1]]; wanted a pair of whole numbers for each axis, which cut off no more than there is. Give [before, after] for each axis, [0, 0] where nothing is added.]`,
    );
    expect(() => pad([1, 2], [[-1, -2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pad: x is [2], pads are [[-1,-2]]; wanted a pair of whole numbers for each axis, which cut off no more than there is. Give [before, after] for each axis, [0, 0] where nothing is added.]`,
    );
    expect(() => pad([1, 2], [[0.5, 0]])).toThrow('pad: x is [2], pads are [[0.5,0]]');
    expect(() => pad(ended(), [[0, 0]])).toThrow('pad: a tensor of shape [2] whose tape has ended');
  });
});
