import { allocateFloats } from '../allocate.ts';
import * as kernels from '../engine/kernels.ts';
import { NonFiniteError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { hasNonFinite } from './nonFinite.ts';
import { printStep } from './print.ts';
import { timed } from './profile.ts';
import type { Step } from './step.ts';
import type { BackwardStep } from './walk.ts';

/** So many numbers are looked at sooner than a kernel is called. */
const few = 1024;

/** Whether a tensor holds NaN. */
export function hasNaN(x: Tensor): boolean {
  const numbers = x.read();
  if (numbers.length <= few) {
    let total = 0;
    for (let i = 0; i < numbers.length; i++) total += numbers[i];
    return Number.isNaN(total) && numbers.some(Number.isNaN);
  }
  const total = allocateFloats(x.dtype, 1);
  // A NaN makes the sum NaN, and a sum is much faster than a look at each number; but ∞ - ∞ makes it NaN too.
  timed('the look for NaN', () => kernels.sum(numbers, total, 1, numbers.length, 1));
  return Number.isNaN(total[0]) && numbers.some(Number.isNaN);
}

/** The error for a loss that is finite and has a gradient that is NaN: it names the first step that passed back what is not finite. */
export function nanGradient(
  source: Step,
  walk: Iterable<BackwardStep>,
  nameOf: (index: number) => string,
): NonFiniteError {
  return new NonFiniteError({
    operation: 'gradients',
    got: `the gradient of ${nameOf(source.index)} holds NaN, though the loss is finite${whereItBegan(walk, nameOf)}`,
    wanted: 'gradients that are numbers',
    remedy:
      'Where a slope is infinite, keep the input away from there, `sqrt(add(x, 1e-12))`, or choose before the op and not after it, `log(where(isPositive, x, 1))`; `nonFinite: "allow"` shows where it flows',
  });
}

function whereItBegan(walk: Iterable<BackwardStep>, nameOf: (index: number) => string): string {
  for (const { step, passed } of walk) {
    for (const name in passed) {
      if (!hasNonFinite(passed[name])) continue;
      const layer = step.layer === undefined ? '' : ` of the layer ${step.layer}`;
      return `; the first step back with NaN or infinity is ${printStep(step)}${layer}, to its input ${name}, ${nameOf(step.inputs[name])}`;
    }
  }
  return '';
}
