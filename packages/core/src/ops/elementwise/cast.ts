import type { DataType } from '../../kernels/dtype.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { copyInto } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** y = x in the other number type, rounded to the nearest float32 if that is the narrower one. Slope 1. */
export function cast(x: TensorLike, dtype: DataType): Tensor {
  const inputs = operands('cast', { x });
  return record({
    operation: 'cast',
    inputs,
    attributes: { dtype },
    shape: inputs.x.shape,
    dtype,
    value: (y) => copyInto(y, inputs.x.view),
    vjps: { x: (g) => cast(g, inputs.x.dtype) },
  });
}
