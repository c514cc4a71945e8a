import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { clamp } from './clamp.ts';
import { multiply } from './multiply.ts';

const bounds = { min: -0.5, max: 0.75 };

describe('clamp', () => {
  it('holds x between the bounds, and keeps NaN', () => {
    const x = [-Infinity, -1, -0.5, 0, 0.75, 1, Infinity, Number.NaN];
    expect(clamp(x, bounds).toList()).toEqual([-0.5, -0.5, -0.5, 0, 0.75, 0.75, 0.75, Number.NaN]);
    expect(clamp(x, { min: 0 }).toList()).toEqual([0, 0, 0, 0, 0.75, 1, Infinity, Number.NaN]);
    expect(clamp(x, { max: 0 }).toList()).toEqual([-Infinity, -1, -0.5, 0, 0, 0, 0, Number.NaN]);
    expect(clamp(x, {}).toList()).toEqual(x);
    expect(clamp(double(0.3), { max: 0.1 }).toList()).toBe(0.1);
    expect(clamp([], bounds).shape).toEqual([0]);
  });

  it('lets the upper bound win where they cross', () => {
    expect(clamp([0, 5], { min: 3, max: 1 }).toList()).toEqual([1, 1]);
    expect(gradientsOf((x) => clamp(x, { min: 3, max: 1 }), [[0, 2, 5]])).toEqual([[0, 0, 0]]);
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(clamp(scattered(x), bounds), clamp(x, bounds));
  });

  it('does no more when done twice', () => {
    fc.assert(
      fc.property(tensors(), fc.double({ noNaN: true }), fc.double({ noNaN: true }), (x, min, max) => {
        const once = clamp(x, { min, max });
        expectSame(clamp(once, { min, max }), once);
      }),
    );
  });

  it('has the derivative of its formula', () => {
    const x = [-2, -0.3, 0.4, 3];
    checkDerivatives((x) => clamp(x, bounds), [x]);
    checkDerivatives((x) => multiply(clamp(x, bounds), x), [x]);
  });

  it('has slope 1 on its bounds', () => {
    expect(gradientsOf((x) => clamp(x, bounds), [[-1, -0.5, 0, 0.75, 1]])).toEqual([[0, 1, 1, 1, 0]]);
    expect(gradientsOf((x) => clamp(x, {}), [[-1, 1]])).toEqual([[1, 1]]);
  });

  it('has slope 1 on a bound that float32 rounds', () => {
    const f = (x: Parameters<typeof clamp>[0]) => clamp(x, { min: 0.7, max: 0.8 });
    expect(gradientsOf(f, [f([0, 1])])).toEqual([[1, 1]]);
  });

  it('refuses a bound of NaN', () => {
    expect(() => clamp([1], { min: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: clamp: min is NaN, max is Infinity; wanted two numbers. Leave a bound out where there is none.]`,
    );
    expect(() => clamp(ended(), {})).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: clamp: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
