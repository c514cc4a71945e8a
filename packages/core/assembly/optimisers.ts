import { storeFirst } from './edges';
import { bytes, madd } from './lanes';

/*
 * One step of an optimiser, in place, elements [from, to). The address of an array that is not there is 0. All numbers are
 * rounded once, from what the twin computed of them in float64. The last lanes may read past the end; only what belongs
 * to the arrays is stored.
 */

/** gradient + weightDecay·parameter */
// @ts-ignore: decorator
@inline
function directionOf(parameter: usize, gradient: usize, weightDecay: f32): v128 {
  return madd(f32x4.splat(weightDecay), v128.load(parameter), v128.load(gradient));
}

/**
 * velocity ← d at the first step, then momentum·velocity + rest·d
 * p ← p - learningRate·(velocity, or d + momentum·velocity for Nesterov, or d without velocity)
 */
export function sgd(
  parameter: usize,
  gradient: usize,
  velocity: usize,
  learningRate: f32,
  momentum: f32,
  rest: f32,
  weightDecay: f32,
  nesterov: i32,
  isFirst: i32,
  from: i32,
  to: i32,
): void {
  const rate = f32x4.splat(-learningRate);
  const factor = f32x4.splat(momentum);
  for (let n = from; n < to; n += 4) {
    const at = bytes(n);
    let direction = directionOf(parameter + at, gradient + at, weightDecay);
    if (velocity != 0) {
      let moved = direction;
      if (!isFirst) moved = madd(factor, v128.load(velocity + at), f32x4.mul(f32x4.splat(rest), direction));
      storeFirst(velocity + at, moved, to - n);
      direction = nesterov ? madd(factor, moved, direction) : moved;
    }
    storeFirst(parameter + at, madd(rate, direction, v128.load(parameter + at)), to - n);
  }
}

/** m ← m + rest1·(d - m), v ← beta2·v + rest2·d², p ← p - rate·m / (√(v or the largest so far)·scale + epsilon) */
export function adam(
  parameter: usize,
  gradient: usize,
  m: usize,
  v: usize,
  largest: usize,
  rate: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  scale: f32,
  epsilon: f32,
  weightDecay: f32,
  from: i32,
  to: i32,
): void {
  for (let n = from; n < to; n += 4) {
    const at = bytes(n);
    const direction = directionOf(parameter + at, gradient + at, weightDecay);
    const oldM = v128.load(m + at);
    const newM = madd(f32x4.splat(rest1), f32x4.sub(direction, oldM), oldM);
    storeFirst(m + at, newM, to - n);
    const share = f32x4.mul(f32x4.mul(f32x4.splat(rest2), direction), direction);
    let spread = madd(f32x4.splat(beta2), v128.load(v + at), share);
    storeFirst(v + at, spread, to - n);
    if (largest != 0) {
      spread = f32x4.max(v128.load(largest + at), spread);
      storeFirst(largest + at, spread, to - n);
    }
    const length = madd(f32x4.sqrt(spread), f32x4.splat(scale), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), newM), length);
    storeFirst(parameter + at, f32x4.sub(v128.load(parameter + at), step), to - n);
  }
}

/** p ← factor·p */
export function decay(parameter: usize, factor: f32, from: i32, to: i32): void {
  for (let n = from; n < to; n += 4) {
    const at = parameter + bytes(n);
    storeFirst(at, f32x4.mul(v128.load(at), f32x4.splat(factor)), to - n);
  }
}

/**
 * v ← alpha·v + rest·d², mean ← mean + rest·(d - mean), velocity ← momentum·velocity + d / (√(v - mean²) + epsilon)
 * p ← p - learningRate·velocity; without mean it is √v, and without velocity the quotient itself that is followed
 */
export function rmsProp(
  parameter: usize,
  gradient: usize,
  v: usize,
  mean: usize,
  velocity: usize,
  learningRate: f32,
  alpha: f32,
  rest: f32,
  epsilon: f32,
  weightDecay: f32,
  momentum: f32,
  from: i32,
  to: i32,
): void {
  for (let n = from; n < to; n += 4) {
    const at = bytes(n);
    const direction = directionOf(parameter + at, gradient + at, weightDecay);
    const share = f32x4.mul(f32x4.mul(f32x4.splat(rest), direction), direction);
    let spread = madd(f32x4.splat(alpha), v128.load(v + at), share);
    storeFirst(v + at, spread, to - n);
    if (mean != 0) {
      const old = v128.load(mean + at);
      const newMean = madd(f32x4.splat(rest), f32x4.sub(direction, old), old);
      storeFirst(mean + at, newMean, to - n);
      spread = f32x4.max(f32x4.splat(0), madd(f32x4.neg(newMean), newMean, spread));
    }
    let step = f32x4.div(direction, f32x4.add(f32x4.sqrt(spread), f32x4.splat(epsilon)));
    if (velocity != 0) {
      step = madd(f32x4.splat(momentum), v128.load(velocity + at), step);
      storeFirst(velocity + at, step, to - n);
    }
    storeFirst(parameter + at, madd(f32x4.splat(-learningRate), step, v128.load(parameter + at)), to - n);
  }
}

/** total ← total + d², p ← p - rate·d / (√total + epsilon) */
export function adagrad(
  parameter: usize,
  gradient: usize,
  total: usize,
  rate: f32,
  epsilon: f32,
  weightDecay: f32,
  from: i32,
  to: i32,
): void {
  for (let n = from; n < to; n += 4) {
    const at = bytes(n);
    const direction = directionOf(parameter + at, gradient + at, weightDecay);
    const newTotal = madd(direction, direction, v128.load(total + at));
    storeFirst(total + at, newTotal, to - n);
    const length = f32x4.add(f32x4.sqrt(newTotal), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), direction), length);
    storeFirst(parameter + at, f32x4.sub(v128.load(parameter + at), step), to - n);
  }
}
