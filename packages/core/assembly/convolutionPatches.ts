import { bytes, zeros } from './lanes';

/*
 * A convolution as a matrix product: the patches under the output positions, written side by side. Rows of patches lie
 * `pitch` numbers apart, an odd number of lines of a cache: rows a power of two apart would fight for the same lines.
 */

/** How far apart rows of so many numbers lie; as in twins/convolutionSizes.ts. */
export function pitchOf(columns: i32): i32 {
  return (((columns + 15) >> 4) | 1) << 4;
}

/**
 * Row (c, i, j) of the patches holds, for each position of output rows [firstRow, firstRow + rows), the input number that
 * filter weight (c, i, j) meets, zero in the padding.
 */
export function unfoldPatches(
  image: usize,
  channels: i32,
  height: i32,
  width: i32,
  firstRow: i32,
  rows: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  dilationY: i32,
  dilationX: i32,
  patches: usize,
  pitch: i32,
): void {
  const gap = bytes(pitch - rows * outWidth);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shift = j * dilationX - left;
        const first = firstInside(shift, strideX, outWidth);
        const last = max(first, firstInside(shift - width, strideX, outWidth));
        for (let r = 0; r < rows; r++) {
          const y = (firstRow + r) * strideY + i * dilationY - top;
          if (y < 0 || y >= height) {
            unfoldRow(0, 0, patches, outWidth, outWidth, outWidth);
          } else {
            const start = image + bytes(y * width + shift + first * strideX);
            unfoldRow(start, bytes(strideX), patches, first, last, outWidth);
          }
          patches += bytes(outWidth);
        }
        patches += gap;
      }
    }
    image += bytes(height * width);
  }
}

/** Zeros, numbers `step` apart, zeros. */
function unfoldRow(from: usize, step: usize, to: usize, first: i32, last: i32, end: i32): void {
  const start = to + bytes(first);
  const stop = to + bytes(last);
  for (; to < start; to += 4) store<f32>(to, 0);
  if (step == 4) {
    for (; to + 16 <= stop; to += 16) {
      v128.store(to, v128.load(from));
      from += 16;
    }
  } else if (step == 8) {
    for (; to + 16 <= stop; to += 16) {
      v128.store(to, v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6));
      from += 32;
    }
  }
  for (; to < stop; to += 4) {
    store<f32>(to, load<f32>(from));
    from += step;
  }
  const rest = to + bytes(end - last);
  for (; to < rest; to += 4) store<f32>(to, 0);
}

/** The transpose of `unfoldPatches`, for all rows: adds every number of the patches to the input position it belongs to. */
export function foldPatches(
  patches: usize,
  pitch: i32,
  channels: i32,
  height: i32,
  width: i32,
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
  image: usize,
): void {
  const gap = bytes(pitch - outHeight * outWidth);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shift = j * dilationX - left;
        const first = firstInside(shift, strideX, outWidth);
        const last = max(first, firstInside(shift - width, strideX, outWidth));
        for (let r = 0; r < outHeight; r++) {
          const y = r * strideY + i * dilationY - top;
          if (y >= 0 && y < height) {
            const target = image + bytes(y * width + shift + first * strideX);
            foldRow(patches + bytes(first), patches + bytes(last), target, bytes(strideX));
          }
          patches += bytes(outWidth);
        }
        patches += gap;
      }
    }
    image += bytes(height * width);
  }
}

function foldRow(from: usize, end: usize, to: usize, step: usize): void {
  if (step == 4) {
    for (; from + 16 <= end; from += 16) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      to += 16;
    }
  } else if (step == 8) {
    // The number behind each is added nothing; behind the last there may be none. An image has no zero below zero.
    for (; from + 16 < end; from += 16) {
      const g = v128.load(from);
      v128.store(to, f32x4.add(v128.load(to), v128.shuffle<f32>(g, zeros(), 0, 4, 1, 4)));
      v128.store(to, f32x4.add(v128.load(to, 16), v128.shuffle<f32>(g, zeros(), 2, 4, 3, 4)), 16);
      to += 32;
    }
  }
  for (; from < end; from += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += step;
  }
}

/** The first output position whose input, position · stride + shift, is not negative. */
function firstInside(shift: i32, stride: i32, positions: i32): i32 {
  return shift >= 0 ? 0 : min(positions, (stride - 1 - shift) / stride);
}
