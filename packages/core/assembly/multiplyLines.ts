import { bytes, madd, sumOfLanes, zeros } from './lanes';

/**
 * z[i, j] = Σₚ x[i, p]·y[j, p] for a few lines of x, where all lines lie in one piece each: their distances, and those
 * between the numbers of z, are given in bytes. Four products of a line of x are summed up at a time.
 */
export function multiplyLines(
  x: usize,
  xLine: usize,
  y: usize,
  yLine: usize,
  z: usize,
  zLine: usize,
  zStep: usize,
  count: i32,
  lines: i32,
  depth: i32,
): void {
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < lines; j += 4) {
      const left = lines - j;
      const y0 = y + <usize>j * yLine;
      // Lines that are not there are the last one again.
      const y1 = y0 + <usize>min(1, left - 1) * yLine;
      const y2 = y0 + <usize>min(2, left - 1) * yLine;
      const y3 = y0 + <usize>min(3, left - 1) * yLine;
      fourProducts(x, y0, y1, y2, y3, z + <usize>j * zStep, zStep, min(4, left), depth);
    }
    x += xLine;
    z += zLine;
  }
}

function fourProducts(
  x: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  z: usize,
  zStep: usize,
  lines: i32,
  depth: i32,
): void {
  let t0 = zeros();
  let t1 = zeros();
  let t2 = zeros();
  let t3 = zeros();
  const end = bytes(depth);
  const fullEnd = bytes(depth & ~3);
  let at: usize = 0;
  for (; at < fullEnd; at += 16) {
    const factor = v128.load(x + at);
    t0 = madd(factor, v128.load(y0 + at), t0);
    t1 = madd(factor, v128.load(y1 + at), t1);
    t2 = madd(factor, v128.load(y2 + at), t2);
    t3 = madd(factor, v128.load(y3 + at), t3);
  }
  let s0 = sumOfLanes(t0);
  let s1 = sumOfLanes(t1);
  let s2 = sumOfLanes(t2);
  let s3 = sumOfLanes(t3);
  for (; at < end; at += 4) {
    const factor = load<f32>(x + at);
    s0 += factor * load<f32>(y0 + at);
    s1 += factor * load<f32>(y1 + at);
    s2 += factor * load<f32>(y2 + at);
    s3 += factor * load<f32>(y3 + at);
  }
  store<f32>(z, s0);
  if (lines > 1) store<f32>(z + zStep, s1);
  if (lines > 2) store<f32>(z + 2 * zStep, s2);
  if (lines > 3) store<f32>(z + 3 * zStep, s3);
}
