import * as reference from '../../kernels/activations.ts';
import { launch, readable, writable } from '../launch.ts';
import { above, isPrecise } from './rounding.ts';

/** How many numbers are one piece of work, of 10 to 30 microseconds: of the formulas without e^x, and of those with it. */
const cheap = 32_768;
const costly = 8_192;

/*
 * Options that are no float32 numbers, as 1e-60 or 1e60, may still have products that are: there the reference computes.
 */

export function leakyRelu(x: Float32Array, y: Float32Array, length: number, slope: number): void {
  if (slope === 0) launch('leakyReluOfSlopeZero', length, cheap, readable(x), writable(y));
  else if (isPrecise(slope)) launch('leakyRelu', length, cheap, readable(x), writable(y), slope);
  else reference.leakyRelu(x, y, length, slope);
}

export function leakyReluSlope(x: Float32Array, y: Float32Array, length: number, slope: number): void {
  launch('leakyReluSlope', length, cheap, readable(x), writable(y), slope);
}

export function elu(x: Float32Array, y: Float32Array, length: number, alpha: number, scale: number): void {
  const below = scale * alpha;
  if (isPrecise(below) && isPrecise(scale)) launch('elu', length, costly, readable(x), writable(y), below, scale);
  else reference.elu(x, y, length, alpha, scale);
}

export function eluSlope(x: Float32Array, y: Float32Array, length: number, alpha: number, above: number): void {
  if (isPrecise(alpha)) launch('eluSlope', length, costly, readable(x), writable(y), alpha, above);
  else reference.eluSlope(x, y, length, alpha, above);
}

export function silu(x: Float32Array, y: Float32Array, length: number): void {
  launch('silu', length, costly, readable(x), writable(y));
}

export function softplus(x: Float32Array, y: Float32Array, length: number, beta: number, threshold: number): void {
  if (beta > 0 && Number.isFinite(beta) && isPrecise(beta)) {
    launch('softplus', length, costly, readable(x), writable(y), beta, boundOf(beta, threshold));
  } else reference.softplus(x, y, length, beta, threshold);
}

export function softplusSlope(x: Float32Array, y: Float32Array, length: number, beta: number, threshold: number): void {
  if (beta > 0 && Number.isFinite(beta) && isPrecise(beta)) {
    launch('softplusSlope', length, costly, readable(x), writable(y), beta, boundOf(beta, threshold));
  } else reference.softplusSlope(x, y, length, beta, threshold);
}

export function hardSigmoid(x: Float32Array, y: Float32Array, length: number, alpha: number, beta: number): void {
  launch('hardSigmoid', length, cheap, readable(x), writable(y), alpha, beta);
}

export function hardSigmoidSlope(x: Float32Array, y: Float32Array, length: number, alpha: number, beta: number): void {
  launch('hardSigmoidSlope', length, cheap, readable(x), writable(y), alpha, beta);
}

/** The largest float32 x with beta·x ≤ threshold, for beta > 0: x lies above it exactly where beta·x > threshold. */
function boundOf(beta: number, threshold: number): number {
  if (Number.isNaN(threshold)) return Infinity;
  let bound = Math.fround(threshold / beta);
  while (beta * bound > threshold) bound = -above(-bound);
  while (bound < Infinity && beta * above(bound) <= threshold) bound = above(bound);
  return bound;
}
