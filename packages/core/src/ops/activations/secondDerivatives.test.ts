import { expect, test } from 'vitest';
import { dataTypes } from '../../../test/numbers.ts';
import { Tape } from '../../fusion/tape.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import { elu, selu } from './elu.ts';
import { softplus } from './softplus.ts';

/** f″, from a walk back that is walked back itself. */
function curvature(f: (x: Tensor) => Tensor, numbers: Tensor): number[] {
  using tape = new Tape();
  const x = tape.watch(numbers);
  const slope = tape.gradients(sum(f(x)), { differentiable: true }).get(x);
  return Array.from(
    tape
      .gradients(sum(slope), { withRespectTo: [x] })
      .get(x)
      .toFlatArray(),
  );
}

/** The numbers that torch.autograd.grad gives for a gradient with create_graph=True. */
test.each(dataTypes)('at a kink of the slope the second derivative is that of PyTorch, in %s', (dtype) => {
  const x = tensor([-1, 0, 1], { dtype });
  expect(curvature((x) => elu(x, { alpha: 2 }), x)).toEqual([expect.closeTo(2 / Math.E, 6), 0, 0]);
  expect(curvature(selu, x)).toEqual([expect.closeTo(1.7580993408473766 / Math.E, 6), 0, 0]);
  const [at, before] = [1.5, 1.5 - 2 ** -20];
  const s = 1 / (1 + Math.exp(-1.5));
  expect(curvature((x) => softplus(x, { threshold: 1.5 }), tensor([before, at, 2], { dtype }))).toEqual([
    expect.closeTo(s * (1 - s), 6),
    0,
    0,
  ]);
  expect(curvature((x) => softplus(x, { beta: 2, threshold: Infinity }), tensor([0], { dtype }))).toEqual([0.5]);
});
