import { bytes } from './lanes';

/* The slices of volumes that a window meets along the depth, as channels of images (see the reference). */

/** A unit is one slice of the images. */
export function unfoldSlices(
  x: usize, y: usize, channels: i32, depth: i32, plane: i32, outDepth: i32, kernelDepth: i32, stride: i32, before: i32, dilation: i32, from: i32, to: i32,
): void {
  const size = bytes(plane);
  for (let unit = from; unit < to; unit++) {
    const target = y + <usize>unit * size;
    const h = unit % kernelDepth;
    const image = unit / kernelDepth;
    const c = image % channels;
    const t = (image / channels) % outDepth;
    const n = image / channels / outDepth;
    const u = t * stride + h * dilation - before;
    if (u < 0 || u >= depth) memory.fill(target, 0, size);
    else memory.copy(target, x + <usize>((n * channels + c) * depth + u) * size, size);
  }
}

/** A unit is one slice of the volumes. */
export function foldSlices(
  g: usize, x: usize, channels: i32, depth: i32, plane: i32, outDepth: i32, kernelDepth: i32, stride: i32, before: i32, dilation: i32, from: i32, to: i32,
): void {
  const size = bytes(plane);
  for (let unit = from; unit < to; unit++) {
    const target = x + <usize>unit * size;
    const u = unit % depth;
    const c = (unit / depth) % channels;
    const n = unit / depth / channels;
    memory.fill(target, 0, size);
    for (let h = 0; h < kernelDepth; h++) {
      const step = u + before - h * dilation;
      const t = step / stride;
      if (step < 0 || t * stride != step || t >= outDepth) continue;
      addPlane(g + <usize>(((n * outDepth + t) * channels + c) * kernelDepth + h) * size, target, size);
    }
  }
}

/** y += x */
function addPlane(x: usize, y: usize, size: usize): void {
  let at: usize = 0;
  for (; at + 16 <= size; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(x + at)));
  for (; at < size; at += 4) store<f32>(y + at, load<f32>(y + at) + load<f32>(x + at));
}
