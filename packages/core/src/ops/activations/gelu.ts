import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

export interface GeluOptions {
  /** `none` (the default) for the normal distribution itself, `tanh` for the formula that older models were trained with. */
  readonly approximate?: 'none' | 'tanh';
}

/**
 * y = x·Φ(x), place by place, where Φ is the normal distribution: x, weighted by the share of numbers that are smaller.
 * Slope Φ(x) + x·φ(x), with the normal density φ. With `approximate: 'tanh'`, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
 *
 * Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 *
 * @throws ValueError when `approximate` is another word
 */
export function gelu(x: TensorLike, { approximate = 'none' }: GeluOptions = {}): Tensor {
  if (approximate === 'none') return unary('gelu', x, kernels.gelu, exactSlope);
  if (approximate === 'tanh') return unary('gelu', x, kernels.geluTanh, tanhSlope, { approximate });
  throw new ValueError({
    operation: 'gelu',
    got: `approximate is ${JSON.stringify(approximate)}`,
    wanted: "'none' or 'tanh'",
    remedy: 'Leave it out for the exact function',
  });
}

/** Beyond ±40 both slopes are 0 and 1 to the last digit; so far out x is held, or x·0 would be NaN at an infinity. */
const bounds = { min: -40, max: 40 };

function exactSlope(x: Tensor): Tensor {
  const held = clamp(x, bounds);
  return add(normalDistribution(held), multiply(held, normalDensity(held)));
}

/** With s = 1 / (1 + e^-2u), y = x·s, and dy/dx = s + x·s·(1 - s)·2·du/dx. */
function tanhSlope(x: Tensor): Tensor {
  const held = clamp(x, bounds);
  const squared = square(held);
  const factor = 2 * Math.sqrt(2 / Math.PI);
  const s = sigmoid(multiply(multiply(factor, held), add(1, multiply(0.044715, squared))));
  const rise = multiply(factor, add(1, multiply(3 * 0.044715, squared)));
  return multiply(s, add(1, multiply(multiply(held, subtract(1, s)), rise)));
}

/** y = Φ(x). Slope φ(x). */
function normalDistribution(x: Tensor): Tensor {
  return unary('normalDistribution', x, kernels.normalDistribution, normalDensity);
}

/** y = φ(x) = e^(-x²/2) / √2π. Slope -x·φ(x). */
function normalDensity(x: Tensor): Tensor {
  return unary('normalDensity', x, kernels.normalDensity, (x, y) => negate(multiply(x, y)));
}
