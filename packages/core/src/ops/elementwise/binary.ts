import type { FloatArray } from '../../kernels/dtype.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import { broadcastView, flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

type BinaryKernel = (x: FloatArray, y: FloatArray, z: FloatArray, length: number) => void;

/** ∂loss/∂x or ∂loss/∂y, from the cotangent g, the two inputs and the output z; `null` for no gradient. */
type BinaryVJP = ((g: Tensor, x: Tensor, y: Tensor, z: Tensor) => Tensor) | null;

/** An op of two inputs, element by element, that broadcast to one shape. The derivative is two formulas, one an input. */
export function binary(
  operation: string,
  x: TensorLike,
  y: TensorLike,
  kernel: BinaryKernel,
  vjps: { readonly x: BinaryVJP; readonly y: BinaryVJP },
): Tensor {
  const inputs = operands(operation, { x, y });
  const shape = broadcastShapes(operation, { x: inputs.x.shape, y: inputs.y.shape });
  const bind = (vjp: BinaryVJP) => vjp && ((g: Tensor, z: Tensor) => vjp(g, inputs.x, inputs.y, z));
  return record({
    operation,
    inputs,
    shape,
    value: (z, memory) => {
      const left = flatten(broadcastView(inputs.x.view, shape), memory);
      const right = flatten(broadcastView(inputs.y.view, shape), memory);
      kernel(left, right, z, z.length);
    },
    vjps: { x: bind(vjps.x), y: bind(vjps.y) },
  });
}
