import { checkSurplus } from '../../options/index.ts';
import { tensor } from '../../tensor/create.ts';
import { checkTensor } from '../../tensor/kinds.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * A copy of x, of the same shape, that no tape knows: a constant to whatever uses it, which outlives the tape of x.
 *
 * @example
 * using tape = new Tape();
 * const x = tape.watch(tensor([3]));
 * tape.gradients(sum(multiply(x, detach(x)))).get(x) // [3]
 */
export function detach(x: Tensor, ...surplus: []): Tensor {
  checkSurplus('detach', surplus);
  checkTensor('detach', 'x', x);
  x.checkAlive('detach');
  return tensor(x.toNdarray());
}
