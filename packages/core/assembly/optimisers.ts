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
  let n = from;
  // In pairs that V8 can merge, and without a question on the way.
  if (largest == 0) {
    const decay = f32x4.splat(weightDecay);
    const rest1s = f32x4.splat(rest1);
    const beta2s = f32x4.splat(beta2);
    const rest2s = f32x4.splat(rest2);
    const scales = f32x4.splat(scale);
    const epsilons = f32x4.splat(epsilon);
    const rates = f32x4.splat(rate);
    for (; n + 8 <= to; n += 8) {
      const at = bytes(n);
      const p0 = v128.load(parameter + at);
      const p1 = v128.load(parameter + at, 16);
      const g0 = v128.load(gradient + at);
      const g1 = v128.load(gradient + at, 16);
      const m0 = v128.load(m + at);
      const m1 = v128.load(m + at, 16);
      const v0 = v128.load(v + at);
      const v1 = v128.load(v + at, 16);
      const d0 = madd(decay, p0, g0);
      const d1 = madd(decay, p1, g1);
      const newM0 = madd(rest1s, f32x4.sub(d0, m0), m0);
      const newM1 = madd(rest1s, f32x4.sub(d1, m1), m1);
      const newV0 = madd(beta2s, v0, f32x4.mul(f32x4.mul(rest2s, d0), d0));
      const newV1 = madd(beta2s, v1, f32x4.mul(f32x4.mul(rest2s, d1), d1));
      const length0 = madd(f32x4.sqrt(newV0), scales, epsilons);
      const length1 = madd(f32x4.sqrt(newV1), scales, epsilons);
      const newP0 = f32x4.sub(p0, f32x4.div(f32x4.mul(rates, newM0), length0));
      const newP1 = f32x4.sub(p1, f32x4.div(f32x4.mul(rates, newM1), length1));
      v128.store(m + at, newM1, 16);
      v128.store(m + at, newM0);
      v128.store(v + at, newV1, 16);
      v128.store(v + at, newV0);
      v128.store(parameter + at, newP1, 16);
      v128.store(parameter + at, newP0);
    }
  }
  for (; n < to; n += 4) {
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
