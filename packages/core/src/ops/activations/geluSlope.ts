import * as kernels from '../../engine/kernels.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { clamp } from '../elementwise/clamp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

/** Beyond ±40 both slopes are 0 and 1 to the last digit; so far out x is held, or x·0 would be NaN at an infinity. */
const bounds = { min: -40, max: 40 };

/** y = Φ(x) + x·φ(x), the slope of gelu. Its own slope is φ(x)·(2 - x²). */
export function geluSlope(x: Tensor): Tensor {
  return unary('geluSlope', x, kernels.geluSlope, (x) => {
    const held = clamp(x, bounds);
    return multiply(normalDensity(held), subtract(2, square(held)));
  });
}

/**
 * y = s + x·s·(1 - s)·r, the slope of gelu by tanh, where s = 1 / (1 + e^-v), v = √(8/π)·(x + 0.044715·x³) and r = dv/dx.
 * Its own slope is s·(1 - s)·(2·r + x·((1 - 2·s)·r² + d²v/dx²)).
 */
export function geluTanhSlope(x: Tensor): Tensor {
  return unary('geluTanhSlope', x, kernels.geluTanhSlope, (x) => {
    const held = clamp(x, bounds);
    const squared = square(held);
    const factor = 2 * Math.sqrt(2 / Math.PI);
    const s = sigmoid(multiply(multiply(factor, held), add(1, multiply(0.044715, squared))));
    const rise = multiply(factor, add(1, multiply(3 * 0.044715, squared)));
    const bend = multiply(6 * 0.044715 * factor, held);
    const ofRise = add(multiply(subtract(1, multiply(2, s)), square(rise)), bend);
    return multiply(multiply(s, subtract(1, s)), add(multiply(2, rise), multiply(held, ofRise)));
  });
}

/** y = φ(x) = e^(-x²/2) / √2π, the normal density. Slope -x·φ(x). */
function normalDensity(x: Tensor): Tensor {
  return unary('normalDensity', x, kernels.normalDensity, (x, y) => negate(multiply(x, y)));
}
