import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientTensors } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { cast } from './cast.ts';
import { multiply } from './multiply.ts';

describe('cast', () => {
  it('rounds to the nearest float32, and overflows like it', () => {
    const narrow = cast(double([0.1, 1e300, -1e-300, -0, Number.NaN, -Infinity]), 'float32');
    expect(narrow.dtype).toBe('float32');
    expect(narrow.toList()).toEqual([Math.fround(0.1), Infinity, -0, -0, Number.NaN, -Infinity]);
    expect(cast(2, 'float64').dtype).toBe('float64');
    expect(cast([[], []], 'float64').shape).toEqual([2, 0]);
  });

  it('loses nothing on the way up', () => {
    fc.assert(
      fc.property(tensors(), (x) => {
        const narrow = cast(x, 'float32');
        expectSame(cast(cast(narrow, 'float64'), 'float32'), narrow);
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(cast(scattered(x), 'float32'), cast(x, 'float32'));
    expectSame(cast(scattered(x), 'float64'), x);
  });

  it('has slope 1, and gives each side its gradient in its own type', () => {
    checkDerivatives((x) => cast(multiply(x, x), 'float64'), [uniform([2, 3])]);
    const up = (x: Parameters<typeof cast>[0]) => cast(x, 'float64');
    const [gradient] = gradientTensors(up, [tensor([1, 2])], [0.1, 2]);
    expectSame(gradient, tensor([0.1, 2]));
    const [twice] = gradientTensors((x) => multiply(cast(x, 'float32'), cast(x, 'float32')), [[0.1]]);
    expectSame(twice, double([2 * Math.fround(0.1)]));
  });

  it('names itself in errors', () => {
    expect(() => cast(ended(), 'float64')).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: cast: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
