import { bytes } from './lanes';

/*
 * Numbers taken from the places that a pooling chose, and put back there; units are planes. A place c is written as c, or
 * as -2 - c where a relu is shut, and -1 is no place.
 */

/** The place, or -1, whether the relu is open there or shut. */
// @ts-ignore: decorator
@inline
function placeOf(chosen: i32): i32 {
  const isNegative = chosen >> 31;
  return (chosen ^ isNegative) + isNegative;
}

/** y[plane, place] = x[plane, chosen[plane, place]], and 0 where nothing was chosen */
export function takeChosen(x: usize, chosen: usize, y: usize, planeSize: i32, places: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * planeSize);
    const end = bytes((plane + 1) * places);
    for (let at = bytes(plane * places); at < end; at += 4) {
      const place = placeOf(load<i32>(chosen + at));
      store<f32>(y + at, place >= 0 ? load<f32>(source + bytes(place)) : 0);
    }
  }
}

/** x[plane, chosen[plane, place]] += y[plane, place], into zeros */
export function putChosen(y: usize, chosen: usize, x: usize, planeSize: i32, places: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = x + bytes(plane * planeSize);
    memory.fill(target, 0, bytes(planeSize));
    const end = bytes((plane + 1) * places);
    for (let at = bytes(plane * places); at < end; at += 4) {
      const place = placeOf(load<i32>(chosen + at));
      if (place >= 0) store<f32>(target + bytes(place), load<f32>(target + bytes(place)) + load<f32>(y + at));
    }
  }
}

/** As putChosen, and nothing where the relu is shut. */
export function putOpen(y: usize, chosen: usize, x: usize, planeSize: i32, places: i32, from: i32, to: i32): void {
  for (let plane = from; plane < to; plane++) {
    const target = x + bytes(plane * planeSize);
    memory.fill(target, 0, bytes(planeSize));
    const end = bytes((plane + 1) * places);
    for (let at = bytes(plane * places); at < end; at += 4) {
      const place = load<i32>(chosen + at);
      if (place >= 0) store<f32>(target + bytes(place), load<f32>(target + bytes(place)) + load<f32>(y + at));
    }
  }
}
