import { clamp, multiply, type Parameter, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, kindOf, type OptionNames, power } from '@tapegrad/core/authors';
import { checkParameters } from './groups.ts';
import { checkGradients, type GradientSource } from './optimiser.ts';
import { checkSetting } from './settings.ts';

export interface ClipNormOptions {
  /** The largest norm that stays as it is: at least 0, usually 0.1 to 10. */
  readonly maxNorm: number;
  /** The p of the p-norm, above 0: 2 for the length, 1 for the sum of sizes, Infinity for the largest. Default: 2. */
  readonly normType?: number;
}

export const clipNormOptions: OptionNames<ClipNormOptions> = { maxNorm: 'required', normType: 'optional' };

/**
 * Gradients scaled down, all by one factor, so that their norm as one long vector, (Σ |g|ᵖ)^(1/p), is at most `maxNorm`:
 * factor = min(1, maxNorm / (norm + 1e-6)). The direction stays. Gradients of other
 * parameters are handed on as they are. As in PyTorch.
 *
 * @returns the scaled gradients, to be handed to an optimiser, and the norm before
 * @example
 * using tape = new Tape();
 * const w = new Parameter('w', tensor([3, 4]));
 * const gradients = tape.gradients(multiply(sum(square(tape.watch(w))), 0.5));
 * clipGradientNorm(gradients, [w], { maxNorm: 1 }).totalNorm // 5
 * @throws ValueError when maxNorm is not at least 0, or normType is not above 0
 */
export function clipGradientNorm(
  gradients: GradientSource,
  parameters: readonly Parameter[],
  options: ClipNormOptions,
  ...surplus: []
): { gradients: GradientSource; totalNorm: number } {
  checkSurplus('clipGradientNorm', surplus);
  const { maxNorm, normType = 2 } = checkOptions('clipGradientNorm', options, clipNormOptions);
  checkMaximum('clipGradientNorm', 'maxNorm', maxNorm, '0.1 to 10');
  checkSetting('clipGradientNorm', 'normType', normType, normType > 0, 'a number above 0, or Infinity');
  checkParameters('clipGradientNorm', parameters);
  checkGradients('clipGradientNorm', gradients);
  const all = parameters.filter((parameter) => gradients.has(parameter)).map((parameter) => gradients.get(parameter));
  const totalNorm = normOf(all, normType);
  const factor = Math.min(1, maxNorm / (totalNorm + 1e-6));
  return { totalNorm, gradients: changed(gradients, parameters, (gradient) => multiply(gradient, factor)) };
}

export interface ClipValueOptions {
  /** The largest size of a number: at least 0, usually 0.1 to 10. */
  readonly limit: number;
}

const clipValueOptions: OptionNames<ClipValueOptions> = { limit: 'required' };

/**
 * Gradients with every number clamped to [-limit, limit]. The direction may change. Gradients of other parameters are
 * handed on as they are. As in PyTorch.
 *
 * @returns the clamped gradients, to be handed to an optimiser
 * @example
 * using tape = new Tape();
 * const w = new Parameter('w', tensor([1, 4]));
 * const gradients = tape.gradients(sum(square(tape.watch(w))));
 * clipGradientValue(gradients, [w], { limit: 2.5 }).get(w) // [2, 2.5]
 * @throws ValueError when limit is not at least 0
 */
export function clipGradientValue(
  gradients: GradientSource,
  parameters: readonly Parameter[],
  options: ClipValueOptions,
  ...surplus: []
): GradientSource {
  checkSurplus('clipGradientValue', surplus);
  const { limit } = checkOptions('clipGradientValue', options, clipValueOptions);
  checkMaximum('clipGradientValue', 'limit', limit, '0.1 to 10');
  checkParameters('clipGradientValue', parameters);
  checkGradients('clipGradientValue', gradients);
  return changed(gradients, parameters, (gradient) => clamp(gradient, { min: -limit, max: limit }));
}

function checkMaximum(operation: string, name: string, maximum: number, usual: string): void {
  if (typeof maximum === 'number' && maximum >= 0) return;
  throw new ValueError({
    operation,
    got: `${name} is ${typeof maximum === 'number' ? maximum : kindOf(maximum)}`,
    wanted: 'a number of at least 0',
    remedy: `Usual values are ${usual}`,
  });
}

/** The p-norm of all numbers together, taken of the numbers over the largest one, so that no power leaves the range. */
function normOf(gradients: readonly Tensor[], p: number): number {
  const flat = gradients.map((gradient) => gradient.read());
  let largest = 0;
  for (const numbers of flat) for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  if (largest === 0 || !Number.isFinite(largest) || p === Infinity) return largest;
  let powers = 0;
  for (const numbers of flat) for (const number of numbers) powers += power(Math.abs(number / largest), p);
  return largest * power(powers, 1 / p);
}

function changed(
  gradients: GradientSource,
  parameters: readonly Parameter[],
  change: (gradient: Tensor) => Tensor,
): GradientSource {
  const own = new Map<Tensor, Tensor>();
  for (const parameter of parameters) {
    if (gradients.has(parameter)) own.set(parameter, change(gradients.get(parameter)));
  }
  return { has: (x) => gradients.has(x), get: (x) => own.get(x) ?? gradients.get(x) };
}
