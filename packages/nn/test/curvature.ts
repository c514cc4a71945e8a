import type { NestedList } from '@tapegrad/core';
import { multiply, type Numbers, sum, Tape, type Tensor, tensor } from '@tapegrad/core';

/** H·v of a function of one argument: how its gradient changes when x moves along v. By default every number moves by 1. */
export function curvature(f: (x: Tensor) => Tensor, point: Numbers, along: Numbers = 1): NestedList {
  using tape = new Tape();
  const x = tape.watch(tensor(point, { dtype: 'float64' }));
  const slope = tape.gradients(f(x), { differentiable: true }).get(x);
  return tape
    .gradients(sum(multiply(slope, along)))
    .get(x)
    .toList();
}
