import { type Tensor, tensor } from '@tapegrad/core';
import { Unsupported } from '../outcome.ts';
import { readTensor } from '../stored.ts';
import { isRecord } from '../unknown.ts';
import type { OnnxOp } from './node.ts';
import { toValue } from './value.ts';

/** A tensor of float64, the carrier of integers. */
export function tensorOf(numbers: ArrayLike<number>, shape: readonly number[]): Tensor {
  return tensor(Float64Array.from(numbers), { shape });
}

/** `Constant`: its value stands in an attribute. */
export const constant: OnnxOp = ({ attributes }) => {
  const value = attributes.raw('value');
  if (isRecord(value)) return [toValue(readTensor(value, 'value'))];
  const float = attributes.number('value_float');
  if (float !== undefined) return [{ tensor: tensor([float], { shape: [] }), dtype: 'float32' }];
  const floats = attributes.numbers('value_floats');
  if (floats !== undefined) return [{ tensor: tensor(floats, { shape: [floats.length] }), dtype: 'float32' }];
  const whole = attributes.number('value_int');
  if (whole !== undefined) return [{ tensor: tensorOf([whole], []), dtype: 'int64' }];
  const wholes = attributes.wholes('value_ints');
  if (wholes !== undefined) return [{ tensor: tensorOf(wholes, [wholes.length]), dtype: 'int64' }];
  throw new Unsupported('Constant without a numeric value');
};
