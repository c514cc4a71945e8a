import { describe, expect, it } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor } from '../../tensor/create.ts';
import { Parameter } from '../../tensor/parameter.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { transpose } from '../shape/transpose.ts';
import { detach } from './detach.ts';
import { multiply } from './multiply.ts';

describe('detach', () => {
  it('keeps numbers, shape and type', () => {
    const x = tensor(uniform([2, 3, 4]));
    expectSame(detach(x), x);
    expectSame(detach(scattered(x)), x);
    expectSame(detach(transpose(x)), transpose(x));
    expect(detach(tensor(1)).toList()).toBe(1);
    expect(detach(double([])).dtype).toBe('float64');
  });

  it('outlives the tape', () => {
    let kept: Tensor;
    {
      using tape = new Tape();
      kept = detach(multiply(tape.watch([1, 2]), 3));
    }
    expect(kept.toList()).toEqual([3, 6]);
    expect(kept.tape).toBeNull();
  });

  it('does not change with the parameter it was taken from', () => {
    const weight = new Parameter('weight', tensor([1, 2]));
    const kept = detach(weight);
    weight.update((numbers) => numbers.fill(0));
    expect(kept.toList()).toEqual([1, 2]);
  });

  it('is a constant to the derivative', () => {
    expect(gradientsOf((x) => multiply(x, detach(x)), [[2, 3]])).toEqual([[2, 3]]);
  });

  it('cannot come too late', () => {
    expect(() => detach(ended())).toThrowErrorMatchingInlineSnapshot(
      `[TapeError: detach: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.]`,
    );
  });
});
