import { foldPatches, pitchOf, unfoldPatches } from './convolutionPatches';
import { bytes, zeros } from './lanes';
import { multiplyMatrices, workBytes as productBytes } from './multiplyMatrices';

/*
 * Convolutions of any stride and dilation, by matrix products with patches (see the reference). With `isPointwise`, each
 * position is its own patch and nothing is copied. Each thread has `workBytes` of `work`.
 */

/**
 * y = convolution of x with kernels of one number. A unit is one of `parts` ranges of pixels of one group of one sample.
 */
export function convolvePointwise(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  inPerGroup: i32,
  outPerGroup: i32,
  pixels: i32,
  groups: i32,
  parts: i32,
  relu: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const room = work + <usize>thread * workBytes;
  const most = ((pixels + parts - 1) / parts + 15) & ~15;
  for (let unit = from; unit < to; unit++) {
    const sample = unit / parts;
    const group = sample % groups;
    const first = (unit % parts) * most;
    const columns = min(most, pixels - first);
    if (columns <= 0) continue;
    const image = x + bytes(sample * inPerGroup * pixels + first);
    const target = y + bytes(sample * outPerGroup * pixels + first);
    const filters = weight + bytes(group * outPerGroup * inPerGroup);
    multiplyMatrices(filters, inPerGroup, 1, image, pixels, 1, target, pixels, outPerGroup, inPerGroup, columns, false, room);
    if (!bias && !relu) continue;
    const least: f32 = relu ? 0 : -Infinity;
    for (let o = 0; o < outPerGroup; o++) {
      shiftRow(target + bytes(o * pixels), bias ? load<f32>(bias + bytes(group * outPerGroup + o)) : 0, least, columns);
    }
  }
}

/** y = max(y + shift, least) */
function shiftRow(y: usize, shift: f32, least: f32, count: i32): void {
  const end = bytes(count);
  const shifts = f32x4.splat(shift);
  const leasts = f32x4.splat(least);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) v128.store(y + at, f32x4.max(f32x4.add(v128.load(y + at), shifts), leasts));
  for (; at < end; at += 4) store<f32>(y + at, max(load<f32>(y + at) + shift, least));
}

/** ∂weight for chunks of samples. A unit is one of `parts` ranges of input channels of one group in a chunk. */
export function filterGradientUnfolded(
  x: usize,
  g: usize,
  target: usize,
  batch: i32,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
  chunk: i32,
  parts: i32,
  isPointwise: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const room = work + <usize>thread * workBytes;
  const patches = room + productBytes;
  const taps = kernelHeight * kernelWidth;
  const patch = inPerGroup * taps;
  const positions = outHeight * outWidth;
  const pitch = isPointwise ? positions : pitchOf(positions);
  for (let unit = from; unit < to; unit++) {
    const part = unit % parts;
    const group = (unit / parts) % groups;
    const start = (unit / parts / groups) * chunk;
    const end = min(batch, start + chunk);
    const first = (inPerGroup * part) / parts;
    const channels = (inPerGroup * (part + 1)) / parts - first;
    const sums = target + bytes(((unit / parts / groups) * groups + group) * outPerGroup * patch + first * taps);
    for (let n = start; n < end; n++) {
      const sample = n * groups + group;
      const image = x + bytes((sample * inPerGroup + first) * height * width);
      const factors = isPointwise ? image : patches;
      if (!isPointwise) unfoldPatches(image, channels, height, width, 0, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX, patches, pitch);
      const cotangent = g + bytes(sample * outPerGroup * positions);
      multiplyMatrices(cotangent, positions, 1, factors, 1, pitch, sums, patch, outPerGroup, positions, channels * taps, n > start, room);
    }
  }
}

/** ∂x. A unit is one of `parts` ranges of input channels of one group of one sample. */
export function inputGradientUnfolded(
  g: usize,
  weight: usize,
  xGradient: usize,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
  parts: i32,
  isPointwise: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const room = work + <usize>thread * workBytes;
  const patches = room + productBytes;
  const taps = kernelHeight * kernelWidth;
  const patch = inPerGroup * taps;
  const positions = outHeight * outWidth;
  const pitch = isPointwise ? positions : pitchOf(positions);
  for (let unit = from; unit < to; unit++) {
    const sample = unit / parts;
    const group = sample % groups;
    const part = unit % parts;
    const first = (inPerGroup * part) / parts;
    const channels = (inPerGroup * (part + 1)) / parts - first;
    const image = xGradient + bytes((sample * inPerGroup + first) * height * width);
    const cotangent = g + bytes(sample * outPerGroup * positions);
    const filters = weight + bytes(group * outPerGroup * patch + first * taps);
    const products = isPointwise ? image : patches;
    multiplyMatrices(filters, 1, patch, cotangent, positions, 1, products, pitch, channels * taps, outPerGroup, positions, false, room);
    if (isPointwise) continue;
    const end = image + bytes(channels * height * width);
    let at = image;
    for (; at + 16 <= end; at += 16) v128.store(at, zeros());
    for (; at < end; at += 4) store<f32>(at, 0);
    foldPatches(patches, pitch, channels, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX, image);
  }
}
