import { bytes } from './lanes';

/*
 * Numbers taken from the positions that a pooling chose, and put back there; units are planes. A position c is written as c, or
 * as -2 - c where a relu is shut, and -1 is no position.
 */

/** The position, or -1, whether the relu is open there or shut. */
// @ts-ignore: decorator
@inline
function positionOf(chosen: i32): i32 {
  const isNegative = chosen >> 31;
  return (chosen ^ isNegative) + isNegative;
}

/** y[plane, position] = x[plane, chosen[plane, position]], and 0 where nothing was chosen */
export function takeChosen(x: usize, chosen: usize, y: usize, planeSize: i32, positions: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * planeSize);
    const end = bytes((plane + 1) * positions);
    for (let at = bytes(plane * positions); at < end; at += 4) {
      const position = positionOf(load<i32>(chosen + at));
      store<f32>(y + at, position >= 0 ? load<f32>(source + bytes(position)) : 0);
    }
  }
}

/** x[plane, chosen[plane, position]] += y[plane, position], into zeros */
export function putChosen(y: usize, chosen: usize, x: usize, planeSize: i32, positions: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = x + bytes(plane * planeSize);
    memory.fill(target, 0, bytes(planeSize));
    const end = bytes((plane + 1) * positions);
    for (let at = bytes(plane * positions); at < end; at += 4) {
      const position = positionOf(load<i32>(chosen + at));
      if (position >= 0) store<f32>(target + bytes(position), load<f32>(target + bytes(position)) + load<f32>(y + at));
    }
  }
}

/** As putChosen, and nothing where the relu is shut. */
export function putOpen(y: usize, chosen: usize, x: usize, planeSize: i32, positions: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = x + bytes(plane * planeSize);
    memory.fill(target, 0, bytes(planeSize));
    const end = bytes((plane + 1) * positions);
    for (let at = bytes(plane * positions); at < end; at += 4) {
      const position = load<i32>(chosen + at);
      if (position >= 0) store<f32>(target + bytes(position), load<f32>(target + bytes(position)) + load<f32>(y + at));
    }
  }
}
