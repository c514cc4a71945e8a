import { bytes, zeros } from './lanes';

/**
 * One output row at a time, in the order of the definition: target[o, r, :] = bias + Σ weight[o, c, i, j] · source, where
 * the source's row is `r + i·turnY + shiftY` and its column `+ j·turnX + shiftX`, which are the dilation or its negative. What lies outside of the
 * source is left out, not multiplied by zero. It is exact where others spread infinities, and slow.
 */
export function convolvePlainly(
  source: usize,
  plane: usize,
  sourceRows: i32,
  sourceColumns: i32,
  inPerGroup: i32,
  weight: usize,
  outStride: i32,
  inStride: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  turnY: i32,
  turnX: i32,
  shiftY: i32,
  shiftX: i32,
  bias: usize,
  target: usize,
  targetPlane: usize,
  outPerGroup: i32,
  rows: i32,
  columns: i32,
  relu: i32,
): void {
  for (let o = 0; o < outPerGroup; o++) {
    for (let r = 0; r < rows; r++) {
      const to = target + <usize>o * targetPlane + bytes(r * columns);
      const start: f32 = bias ? load<f32>(bias + bytes(o)) : 0;
      for (let c = 0; c < columns; c++) store<f32>(to + bytes(c), start);
      for (let i = 0; i < kernelHeight; i++) {
        const y = r + i * turnY + shiftY;
        if (y < 0 || y >= sourceRows) continue;
        for (let c = 0; c < inPerGroup; c++) {
          const from = source + <usize>c * plane + bytes(y * sourceColumns);
          for (let j = 0; j < kernelWidth; j++) {
            const shift = j * turnX + shiftX;
            const first = max(0, -shift);
            const count = min(columns, sourceColumns - shift) - first;
            const factor = load<f32>(weight + bytes(o * outStride + c * inStride + i * kernelWidth + j));
            if (count > 0) addRow(factor, from + bytes(first + shift), to + bytes(first), count);
          }
        }
      }
      if (relu) clampRow(to, columns);
    }
  }
}

/** y += factor · x */
function addRow(factor: f32, x: usize, y: usize, count: i32): void {
  const end = bytes(count);
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(factors, v128.load(x + at))));
  }
  for (; at < end; at += 4) store<f32>(y + at, load<f32>(y + at) + factor * load<f32>(x + at));
}

/** y = max(y, 0) */
function clampRow(y: usize, count: i32): void {
  const end = bytes(count);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) v128.store(y + at, f32x4.max(v128.load(y + at), zeros()));
  for (; at < end; at += 4) store<f32>(y + at, max(load<f32>(y + at), <f32>0));
}
