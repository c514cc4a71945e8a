import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { mean } from './mean.ts';
import { variance } from './variance.ts';

const { NaN: nan } = Number;

describe('variance', () => {
  it('is the sum of squared deviations over n - 1, or another number', () => {
    expect(variance([1, 2, 3, 4]).toList()).toBe(Math.fround(5 / 3));
    expect(variance(double([1, 2, 3, 4]), { correction: 0 }).toList()).toBe(1.25);
    expect(variance(double([1, 2, 3, 4]), { correction: 2 }).toList()).toBe(2.5);
    const x = [
      [1, 3, 5],
      [1, 1, 1],
    ];
    expect(variance(x, { axes: 1 }).toList()).toEqual([4, 0]);
    expect(variance(x, { axes: 0, keepDims: true }).toList()).toEqual([[0, 2, 8]]);
    expect(variance(x, { axes: [], correction: 0 }).toList()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('is NaN of a single number, of nothing, and of anything not finite', () => {
    expect(variance([7]).toList()).toBe(nan);
    expect(variance([7], { correction: 0 }).toList()).toBe(0);
    expect(variance([]).toList()).toBe(nan);
    expect(variance(zeros([2, 0]), { axes: 1 }).toList()).toEqual([nan, nan]);
    expect(variance([1, nan, 2]).toList()).toBe(nan);
    expect(variance([1, Infinity]).toList()).toBe(nan);
    expect(variance([1, 3], { correction: 3 }).toList()).toBe(Infinity);
  });

  it('keeps its digits, and so does its gradient, where the mean is large', () => {
    const small = [0.5, -0.25, 0.75, -1, 0.125, 0.625];
    const far = tensor(small.map((x) => x + 2 ** 17)); // exact in float32
    const near = double(small);
    expectClose(variance(far), variance(near), 1e-7);
    expectClose(gradientTensors((x) => variance(x), [far])[0], gradientTensors((x) => variance(x), [near])[0], 1e-7);
  });

  it('is mean(x²) - mean(x)² without correction, and does not change when x is shifted', () => {
    const numbers = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(tensors(numbers), (x) => {
        const y = variance(x, { correction: 0 });
        expectClose(y, subtract(mean(square(x)), square(mean(x))), 1e-13);
        expectClose(variance(add(x, 3), { correction: 0 }), y, 1e-13);
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(variance(scattered(x), { axes: [0, 2] }), variance(x, { axes: [0, 2] }));
  });

  it('has the derivative of its formula', () => {
    checkDerivatives((x) => variance(x), [uniform([5])]);
    checkDerivatives((x) => variance(x, { axes: [0, -1], correction: 0 }), [uniform([2, 3, 4])]);
    checkDerivatives((x) => multiply(x, variance(x, { axes: 1, keepDims: true })), [uniform([2, 3])]);
    expect(gradientsOf((x) => variance(x), [[1, 2, 3]])).toEqual([[-1, 0, 1]]);
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'no correction': () => variance([1, 2], { correction: nan }),
        'an axis that is not there': () => variance([1, 2], { axes: 1 }),
        'after the end of its tape': () => variance(ended()),
      }),
    ).toMatchInlineSnapshot(`
      {
        "after the end of its tape": "TapeError: variance: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "an axis that is not there": "ShapeError: variance: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
        "no correction": "ValueError: variance: correction is NaN; wanted a finite number. Leave it out for 1, or give 0 to divide by the count itself.",
      }
    `);
  });
});
