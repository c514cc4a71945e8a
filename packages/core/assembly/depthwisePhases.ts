import { bytes, zeros } from './lanes';

/* Images for depthwise convolutions: with their padding, and with columns that lie a stride apart beside each other. */

/** The padded image in phases: for each row of it, `strideX` phases of `pitch` numbers. */
export function splitImage(
  image: usize, height: i32, width: i32, top: i32, left: i32, strideX: i32, rows: i32, pitch: i32, target: usize,
): void {
  const step = bytes(strideX * pitch);
  for (let phase = 0; phase < strideX; phase++) {
    // Number k is that of column k·stride + phase − left of the image.
    const first = min(pitch, max(0, (left - phase + strideX - 1) / strideX));
    const last = max(first, min(pitch, (width + left - phase + strideX - 1) / strideX));
    const start = bytes(first * strideX + phase - left);
    let to = target + bytes(phase * pitch);
    for (let r = 0; r < rows; r++) {
      const y = r - top;
      if (y < 0 || y >= height) clear(to, to + bytes(pitch));
      else {
        clear(to, to + bytes(first));
        splitRow(image + bytes(y * width) + start, strideX, first, last, to);
        clear(to + bytes(last), to + bytes(pitch));
      }
      to += step;
    }
  }
}

/** to[k] = every `strideX`th number of a row, for k in [first, last). */
// @ts-ignore: decorator
@inline
function splitRow(from: usize, strideX: i32, first: i32, last: i32, to: usize): void {
  let k = first;
  if (strideX == 1) {
    for (; k + 4 <= last; k += 4) {
      v128.store(to + bytes(k), v128.load(from));
      from += 16;
    }
  } else if (strideX == 2) {
    for (; k + 5 <= last; k += 4) {
      v128.store(to + bytes(k), v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6));
      from += 32;
    }
  }
  for (; k < last; k++) {
    store<f32>(to + bytes(k), load<f32>(from));
    from += bytes(strideX);
  }
}

/** Few zeros: a call to fill memory would cost more than they do. */
// @ts-ignore: decorator
@inline
export function clear(from: usize, to: usize): void {
  let at = from;
  for (; at + 16 <= to; at += 16) v128.store(at, zeros());
  for (; at < to; at += 4) store<f32>(at, 0);
}

/** The columns of a padded row, from its phases; the padding is left out. */
export function joinRow(phases: usize, strideX: i32, pitch: i32, left: i32, row: usize, width: i32): void {
  if (strideX == 2) {
    joinPairs(phases, phases + bytes(pitch), left, row, width);
    return;
  }
  for (let phase = 0; phase < strideX; phase++) {
    // The first number of this phase that is not in the padding.
    const first = max(0, (left - phase + strideX - 1) / strideX);
    let from = phases + bytes(phase * pitch + first);
    for (let column = first * strideX + phase - left; column < width; column += strideX) {
      store<f32>(row + bytes(column), load<f32>(from));
      from += 4;
    }
  }
}

/** Even and odd numbers of a row in turn. */
function joinPairs(even: usize, odd: usize, left: i32, row: usize, width: i32): void {
  let column = 0;
  let k = left >> 1;
  if (left & 1 && width > 0) {
    store<f32>(row, load<f32>(odd + bytes(k)));
    column++;
    k++;
  }
  for (; column + 8 <= width; column += 8) {
    const a = v128.load(even + bytes(k));
    const b = v128.load(odd + bytes(k));
    v128.store(row + bytes(column), v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(row + bytes(column), v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
    k += 4;
  }
  for (; column < width; column += 2) {
    store<f32>(row + bytes(column), load<f32>(even + bytes(k)));
    if (column + 1 < width) store<f32>(row + bytes(column), load<f32>(odd + bytes(k)), 4);
    k++;
  }
}

/** Where each tap reads, in bytes from where the first one does. */
export function writeOffsets(
  offsets: usize, kernelHeight: i32, kernelWidth: i32, strideX: i32, dilationY: i32, dilationX: i32, pitch: i32,
): void {
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const column = j * dilationX;
      const phase = column % strideX;
      store<usize>(offsets, bytes((i * dilationY * strideX + phase) * pitch + column / strideX));
      offsets += sizeof<usize>();
    }
  }
}
