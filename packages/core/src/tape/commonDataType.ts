import { DataTypeError } from '../errors.ts';
import type { DataType } from '../kernels/dtype.ts';
import { defaultDataType, type TensorLike } from '../tensor/create.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * The type that an op computes in: that of its tensors; without any, float64 where one of its inputs is, and else float32.
 *
 * @throws DataTypeError when its tensors have several types
 */
export function commonDataType(operation: string, inputs: Readonly<Record<string, TensorLike | undefined>>): DataType {
  let first: { name: string; dtype: DataType } | undefined;
  for (const name in inputs) {
    const input = inputs[name];
    if (!(input instanceof Tensor)) continue;
    if (first && first.dtype !== input.dtype) {
      throw new DataTypeError({
        operation,
        got: `${first.name} is ${first.dtype}, ${name} is ${input.dtype}`,
        wanted: 'operands of one type',
        remedy: `Convert one of them, for example \`cast(${name}, '${first.dtype}')\``,
      });
    }
    first ??= { name, dtype: input.dtype };
  }
  if (first) return first.dtype;
  const isDouble = (input: TensorLike | undefined): boolean =>
    input !== undefined && !(input instanceof Tensor) && defaultDataType(input) === 'float64';
  return Object.values(inputs).some(isDouble) ? 'float64' : 'float32';
}
