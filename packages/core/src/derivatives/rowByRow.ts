import { allocateFloats } from '../allocate.ts';
import type { Tape } from '../fusion/tape.ts';
import { leadsTo } from '../tape/gradientsOf.ts';
import { tensor } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * ∂y[i]/∂x for each number of y: one walk back for each, with a cotangent of a single 1. Zeros where nothing of y comes from x.
 *
 * @returns a tensor of ordinary memory, of the shape of y, then that of x
 */
export function rowByRow(tape: Tape, y: Tensor, x: Tensor): Tensor {
  const rows = allocateFloats(y.dtype, y.size * x.size);
  const shape = [...y.shape, ...x.shape];
  if (!leadsTo(tape.recording, x, y)) return tensor(rows, { shape });
  for (let row = 0; row < y.size; row++) {
    const unit = allocateFloats(y.dtype, y.size);
    unit[row] = 1;
    const cotangent = tensor(unit, { shape: y.shape });
    const gradients = tape.gradients(y, { withRespectTo: [x], cotangent, nonFinite: 'allow' });
    rows.set(gradients.get(x).toFlatArray(), row * x.size);
  }
  return tensor(rows, { shape });
}
