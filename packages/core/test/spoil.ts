import { isNdArray } from '../src/tensor/create.ts';
import { Tensor } from '../src/tensor/tensor.ts';

/**
 * Changes everything within arguments that their owner may change after a call: numbers of arrays, lists, options. A number
 * becomes another one, a list is reversed and its end cut off. Tensors cannot be changed by their users.
 */
export function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Tensor) return;
  if (ArrayBuffer.isView(value)) {
    (value as Float32Array).fill(77);
  } else if (isNdArray(value)) {
    (value.data as Float32Array).fill(77);
    value.shape.reverse();
    value.stride.reverse();
  } else if (Array.isArray(value)) {
    for (const each of value) spoil(each);
    value.reverse();
    if (value.length > 0 && typeof value[0] === 'number') value.fill(77);
    value.pop();
  } else {
    for (const [name, each] of Object.entries(value)) {
      spoil(each);
      if (typeof each === 'number') Reflect.set(value, name, 77);
      else if (typeof each === 'boolean') Reflect.set(value, name, !each);
      else Reflect.deleteProperty(value, name);
    }
  }
}
