import { checkSurplus } from '../options/index.ts';
import { checkTensor } from '../tensor/kinds.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Step } from './step.ts';

/**
 * Whether a tensor holds a NaN or an infinity.
 *
 * @example hasNonFinite(tensor([1, Number.NaN])) // true
 */
export function hasNonFinite(x: Tensor, ...surplus: []): boolean {
  checkSurplus('hasNonFinite', surplus);
  checkTensor('hasNonFinite', 'x', x);
  const numbers = x.read();
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(numbers[i])) return true;
  }
  return false;
}

/** The first step with a NaN or an infinity among those that lead to `last`: where that of `last` comes from. */
export function firstNonFiniteBehind(last: Step, steps: readonly Step[]): Step | undefined {
  const leads = new Set([last.index]);
  for (let index = last.index; index >= 0; index--) {
    if (!leads.has(index)) continue;
    for (const from of Object.values(steps[index].inputs)) leads.add(from);
  }
  return steps.find((step) => leads.has(step.index) && hasNonFinite(step.output));
}
