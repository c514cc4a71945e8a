import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** A copy of the numbers of x that no tape knows: a constant to whatever uses it, which outlives the tape of x. */
export function detach(x: Tensor): Tensor {
  x.checkAlive('detach');
  return tensor(x.toNdarray());
}
