import { bytes } from './lanes';

/*
 * Numbers taken from the indices that a pooling chose, and put back there; units are planes. An index c is written as c, or as
 * -2 - c where a relu is shut, and -1 is no index.
 */

/** The index, or -1, whether the relu is open there or shut. */
// @ts-ignore: decorator
@inline
function indexOf(chosen: i32): i32 {
  const isNegative = chosen >> 31;
  return (chosen ^ isNegative) + isNegative;
}

/** y[plane, p] = x[plane, chosen[plane, p]], and 0 where nothing was chosen */
export function takeChosen(x: usize, chosen: usize, y: usize, planeSize: i32, pixels: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * planeSize);
    const end = bytes((plane + 1) * pixels);
    for (let at = bytes(plane * pixels); at < end; at += 4) {
      const index = indexOf(load<i32>(chosen + at));
      store<f32>(y + at, index >= 0 ? load<f32>(source + bytes(index)) : 0);
    }
  }
}

/** x[plane, chosen[plane, p]] += y[plane, p], into zeros */
export function putChosen(y: usize, chosen: usize, x: usize, planeSize: i32, pixels: i32, from: i32, to: i32): void {
  put(y, chosen, x, planeSize, pixels, from, to, false);
}

/** As putChosen, and nothing where the relu is shut. */
export function putOpen(y: usize, chosen: usize, x: usize, planeSize: i32, pixels: i32, from: i32, to: i32): void {
  put(y, chosen, x, planeSize, pixels, from, to, true);
}

// @ts-ignore: decorator
@inline
function put(y: usize, chosen: usize, x: usize, planeSize: i32, pixels: i32, from: i32, to: i32, openAlone: bool): void {
  for (let plane = from; plane < to; plane++) {
    const target = x + bytes(plane * planeSize);
    memory.fill(target, 0, bytes(planeSize));
    const end = bytes((plane + 1) * pixels);
    for (let at = bytes(plane * pixels); at < end; at += 4) {
      const written = load<i32>(chosen + at);
      const index = openAlone ? written : indexOf(written);
      if (index >= 0) store<f32>(target + bytes(index), load<f32>(target + bytes(index)) + load<f32>(y + at));
    }
  }
}
