import type { Tensor } from '../tensor/tensor.ts';

/** Whether a tensor holds a NaN or an infinity. */
export function hasNonFinite(x: Tensor): boolean {
  const numbers = x.read();
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(numbers[i])) return true;
  }
  return false;
}
