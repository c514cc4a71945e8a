import { clear, joinRow, splitImage, writeOffsets } from './depthwisePhases';
import { bytes, madd, sumOfLanes } from './lanes';

/*
 * Convolutions whose groups have one input channel each ("depthwise"), of any kernel, stride and dilation. There is nothing
 * to multiply as matrices: each tap of the kernel meets a row of the image, shifted. An image is copied with its padding,
 * and columns that lie a stride apart are put beside each other ("phases"), so that each tap reads neighbouring numbers.
 */

/** Where a tap reads, in bytes from where the first one does. */
// @ts-ignore: decorator
@inline
function offsetOf(offsets: usize, tap: i32): usize {
  return load<usize>(offsets + <usize>tap * sizeof<usize>());
}

/** to[k] = start + Σ over taps of weight · from[offset + k] */
function sumTaps(from: usize, offsets: usize, weight: usize, taps: i32, start: f32, to: usize, columns: i32): void {
  let k = 0;
  for (; k < columns && columns >= 16; k += 16) {
    // The last sixteen overlap those before them.
    const at = bytes(min(k, columns - 16));
    sumSixteen(from + at, offsets, weight, taps, start, to + at);
  }
  for (; k < columns; k += 4) {
    // Behind the last number there is room to read; what is written there is written again, or not wanted.
    let sum = f32x4.splat(start);
    for (let t = 0; t < taps; t++) {
      const offset = offsetOf(offsets, t);
      sum = madd(v128.load32_splat(weight + bytes(t)), v128.load(from + bytes(k) + offset), sum);
    }
    const left = columns - k;
    if (left >= 4) v128.store(to + bytes(k), sum);
    else {
      store<f32>(to + bytes(k), f32x4.extract_lane(sum, 0));
      if (left > 1) store<f32>(to + bytes(k), f32x4.extract_lane(sum, 1), 4);
      if (left > 2) store<f32>(to + bytes(k), f32x4.extract_lane(sum, 2), 8);
    }
  }
}

function sumSixteen(from: usize, offsets: usize, weight: usize, taps: i32, start: f32, to: usize): void {
  let a = f32x4.splat(start);
  let b = f32x4.splat(start);
  let c = f32x4.splat(start);
  let d = f32x4.splat(start);
  do {
    const p = from + load<usize>(offsets);
    const w = v128.load32_splat(weight);
    a = madd(w, v128.load(p), a);
    b = madd(w, v128.load(p, 16), b);
    c = madd(w, v128.load(p, 32), c);
    d = madd(w, v128.load(p, 48), d);
    offsets += sizeof<usize>();
    weight += 4;
    taps -= 1;
  } while (taps > 0);
  v128.store(to, b, 16);
  v128.store(to, a);
  v128.store(to, d, 48);
  v128.store(to, c, 32);
}

/** to[offset + k] += weight · g[k] */
function addTap(g: usize, weight: f32, to: usize, columns: i32): void {
  const w = f32x4.splat(weight);
  let k = 0;
  for (; k + 8 <= columns; k += 8) {
    const a = madd(w, v128.load(g), v128.load(to));
    const b = madd(w, v128.load(g, 16), v128.load(to, 16));
    v128.store(to, b, 16);
    v128.store(to, a);
    g += 32;
    to += 32;
  }
  for (; k < columns; k++) {
    store<f32>(to, load<f32>(to) + weight * load<f32>(g));
    g += 4;
    to += 4;
  }
}

/**
 * sums[tap] += Σ g · x of three taps, over the whole eights of all rows, lane by lane: eight sums each. Three at a time are
 * enough for a sum not to wait for itself.
 */
function multiplyEights(g: usize, rows: i32, columns: i32, x: usize, step: usize, first: usize, second: usize, third: usize, sums: usize): void {
  const skip = bytes(columns & 7);
  let a0 = v128.load(sums);
  let a1 = v128.load(sums, 16);
  let b0 = v128.load(sums, 32);
  let b1 = v128.load(sums, 48);
  let c0 = v128.load(sums, 64);
  let c1 = v128.load(sums, 80);
  do {
    let at = x;
    let left = columns >> 3;
    do {
      const g0 = v128.load(g);
      const g1 = v128.load(g, 16);
      a0 = madd(g0, v128.load(at + first), a0);
      a1 = madd(g1, v128.load(at + first, 16), a1);
      b0 = madd(g0, v128.load(at + second), b0);
      b1 = madd(g1, v128.load(at + second, 16), b1);
      c0 = madd(g0, v128.load(at + third), c0);
      c1 = madd(g1, v128.load(at + third, 16), c1);
      g += 32;
      at += 32;
      left -= 1;
    } while (left > 0);
    g += skip;
    x += step;
    rows -= 1;
  } while (rows > 0);
  v128.store(sums, a1, 16);
  v128.store(sums, a0);
  v128.store(sums, b1, 48);
  v128.store(sums, b0, 32);
  v128.store(sums, c1, 80);
  v128.store(sums, c0, 64);
}

/** sum += Σ g · x over what whole eights leave of all rows. */
function multiplyRest(g: usize, rows: i32, columns: i32, x: usize, step: usize, sum: usize): void {
  const whole = columns & ~7;
  let total = load<f32>(sum);
  for (let r = 0; r < rows; r++) {
    for (let k = whole; k < columns; k++) total += load<f32>(g + bytes(k)) * load<f32>(x + bytes(k));
    g += bytes(columns);
    x += step;
  }
  store<f32>(sum, total);
}

/** y = convolution of x. A unit is a group of a sample. */
export function convolveDepthwise(
  x: usize, weight: usize, bias: usize, y: usize, height: i32, width: i32, outPerGroup: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, dilationY: i32, dilationX: i32,
  groups: i32, pitch: i32, relu: i32, work: usize, workBytes: i32, from: i32, to: i32, thread: i32,
): void {
  const taps = kernelHeight * kernelWidth;
  const rows = (outHeight - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
  const offsets = work + <usize>thread * workBytes;
  const phases = offsets + <usize>taps * sizeof<usize>();
  const row = bytes(outWidth);
  writeOffsets(offsets, kernelHeight, kernelWidth, strideX, dilationY, dilationX, pitch);
  for (let unit = from; unit < to; unit++) {
    const group = unit % groups;
    splitImage(x + bytes(unit * height * width), height, width, top, left, strideX, rows, pitch, phases);
    let target = y + bytes(unit * outPerGroup) * outHeight * outWidth;
    for (let o = group * outPerGroup; o < (group + 1) * outPerGroup; o++) {
      const start: f32 = bias ? load<f32>(bias + bytes(o)) : 0;
      const end = target + row * outHeight;
      let source = phases;
      for (let at = target; at < end; at += row) {
        sumTaps(source, offsets, weight + bytes(o * taps), taps, start, at, outWidth);
        source += bytes(strideY * strideX * pitch);
      }
      if (relu) for (let at = target; at < end; at += 4) store<f32>(at, max(load<f32>(at), <f32>0));
      target = end;
    }
  }
}

/** The filter turned by half a turn; whether all of its numbers are finite, so that zeros around the cotangent do not count. */
function turnFilter(weight: usize, taps: i32, turned: usize): bool {
  let flaw: f32 = 0;
  for (let t = 0; t < taps; t++) {
    const number = load<f32>(weight + bytes(t));
    store<f32>(turned + bytes(taps - 1 - t), number);
    flaw += number * 0;
  }
  return flaw == 0;
}

/**
 * ∂x. A unit is a group of a sample. With strides of one, and an output a group, it is a convolution of the cotangent with the
 * turned filter.
 */
export function inputGradientDepthwise(
  g: usize, weight: usize, xGradient: usize, height: i32, width: i32, outPerGroup: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, dilationY: i32, dilationX: i32,
  groups: i32, rows: i32, pitch: i32, work: usize, workBytes: i32, from: i32, to: i32, thread: i32,
): void {
  const taps = kernelHeight * kernelWidth;
  const offsets = work + <usize>thread * workBytes;
  const turned = offsets + <usize>taps * sizeof<usize>();
  const phases = turned + bytes(taps);
  const step = bytes(strideX * pitch);
  const down = (kernelHeight - 1) * dilationY - top;
  const across = (kernelWidth - 1) * dilationX - left;
  const isGathered = strideY * strideX * outPerGroup == 1 && down >= 0 && across >= 0;
  writeOffsets(offsets, kernelHeight, kernelWidth, strideX, dilationY, dilationX, pitch);
  for (let unit = from; unit < to; unit++) {
    const group = unit % groups;
    if (isGathered && turnFilter(weight + bytes(group * taps), taps, turned)) {
      splitImage(g + bytes(unit * outHeight * outWidth), outHeight, outWidth, down, across, 1, rows, pitch, phases);
      const image = xGradient + bytes(unit * height * width);
      for (let r = 0; r < height; r++) {
        sumTaps(phases + step * r, offsets, turned, taps, 0, image + bytes(r * width), width);
      }
      continue;
    }
    clear(phases, phases + step * rows);
    let cotangent = g + bytes(unit * outPerGroup) * outHeight * outWidth;
    for (let o = group * outPerGroup; o < (group + 1) * outPerGroup; o++) {
      let target = phases;
      for (let r = 0; r < outHeight; r++) {
        for (let t = 0; t < taps; t++) {
          const offset = offsetOf(offsets, t);
          addTap(cotangent, load<f32>(weight + bytes(o * taps + t)), target + offset, outWidth);
        }
        target += step * strideY;
        cotangent += bytes(outWidth);
      }
    }
    let image = xGradient + bytes(unit * height * width);
    for (let r = 0; r < height; r++) {
      joinRow(phases + step * (r + top), strideX, pitch, left, image, width);
      image += bytes(width);
    }
  }
}

/** ∂weight for chunks of samples. A unit is a group in a chunk; chunk k writes to `target` + k times the size of the weight. */
export function filterGradientDepthwise(
  x: usize, g: usize, target: usize, batch: i32, height: i32, width: i32, outPerGroup: i32, outHeight: i32, outWidth: i32,
  kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, dilationY: i32, dilationX: i32,
  groups: i32, chunk: i32, pitch: i32, work: usize, workBytes: i32, from: i32, to: i32, thread: i32,
): void {
  const taps = kernelHeight * kernelWidth;
  const rows = (outHeight - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
  const offsets = work + <usize>thread * workBytes;
  const sums = offsets + <usize>taps * sizeof<usize>();
  // In threes, of which the last may be there for nothing.
  const threes = (taps + 2) / 3;
  const sumBytes = bytes(outPerGroup * threes * 24);
  const phases = sums + sumBytes;
  const step = bytes(strideY * strideX * pitch);
  writeOffsets(offsets, kernelHeight, kernelWidth, strideX, dilationY, dilationX, pitch);
  for (let unit = from; unit < to; unit++) {
    const group = unit % groups;
    const index = unit / groups;
    memory.fill(sums, 0, sumBytes);
    for (let n = index * chunk; n < min(batch, (index + 1) * chunk); n++) {
      const plane = n * groups + group;
      splitImage(x + bytes(plane * height * width), height, width, top, left, strideX, rows, pitch, phases);
      let cotangent = g + bytes(plane * outPerGroup) * outHeight * outWidth;
      for (let o = 0; o < outPerGroup; o++) {
        let sum = sums + bytes(o * threes * 24);
        if (outWidth >= 8) {
          for (let t = 0; t < taps; t += 3) {
            const second = offsetOf(offsets, min(t + 1, taps - 1));
            const third = offsetOf(offsets, min(t + 2, taps - 1));
            multiplyEights(cotangent, outHeight, outWidth, phases, step, offsetOf(offsets, t), second, third, sum + bytes(t * 8));
          }
        }
        if (outWidth & 7) {
          for (let t = 0; t < taps; t++) {
            multiplyRest(cotangent, outHeight, outWidth, phases + offsetOf(offsets, t), step, sum);
            sum += 32;
          }
        }
        cotangent += bytes(outHeight * outWidth);
      }
    }
    const filters = target + bytes((index * groups + group) * outPerGroup * taps);
    for (let o = 0; o < outPerGroup; o++) {
      for (let t = 0; t < taps; t++) {
        const sum = sums + bytes((o * threes * 3 + t) * 8);
        store<f32>(filters + bytes(o * taps + t), sumOfLanes(v128.load(sum)) + sumOfLanes(v128.load(sum, 16)));
      }
    }
  }
}
