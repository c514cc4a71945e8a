/* The cotangents that flow, as lists of (offset in bytes, cotangent), eight bytes each. */

import { bytes } from './lanes';

/**
 * Writes one plane's cotangents that flow, in order, each with the offset of its index, and returns the end of the list.
 * A branch on the sign would be guessed wrong for every tenth pixel; the maximum and the product of flags need none.
 */
export function listChosen(g: usize, chosen: usize, pooledPixels: i32, offsets: usize, shift: i32, list: usize): usize {
  const end = g + bytes(pooledPixels);
  for (; g < end; g += 4, chosen += 4) {
    const index = load<i32>(chosen);
    const cotangent = load<f32>(g);
    store<i32>(list, shift + load<i32>(offsets + bytes(max(index, 0))));
    store<f32>(list, cotangent, 4);
    list += <usize>(i32(index >= 0) & i32(cotangent != 0)) << 3;
  }
  return list;
}

/**
 * Sorts the cotangents of `planes` planes by their indices: those that flow to index s of `spots` stand in the list from
 * ends[s - 1] to ends[s], as the bytes from its start, in the order of the planes, with plane · planeStep for an offset.
 */
export function sortChosen(g: usize, chosen: usize, planes: i32, pooledPixels: i32, spots: i32, planeStep: i32, ends: usize, list: usize): void {
  // The count of index s is kept one further on, which makes the sums of the counts the starts of the indices.
  memory.fill(ends, 0, bytes(spots + 1));
  const total = bytes(planes * pooledPixels);
  for (let at: usize = 0; at < total; at += 4) {
    const index = load<i32>(chosen + at);
    if (index < 0 || load<f32>(g + at) == 0) continue;
    const count = ends + bytes(index) + 4;
    store<i32>(count, load<i32>(count) + 8);
  }
  let sum = 0;
  for (let s = 0; s <= spots; s++) {
    sum += load<i32>(ends + bytes(s));
    store<i32>(ends + bytes(s), sum);
  }
  // Each number that is put moves the start of its index on, which so becomes the end.
  for (let plane = 0, offset = 0; plane < planes; plane++, offset += planeStep) {
    for (let last = g + bytes(pooledPixels); g < last; g += 4, chosen += 4) {
      const index = load<i32>(chosen);
      const cotangent = load<f32>(g);
      if (index < 0 || cotangent == 0) continue;
      const start = ends + bytes(index);
      const at = load<i32>(start);
      store<i32>(list + at, offset);
      store<f32>(list + at, cotangent, 4);
      store<i32>(start, at + 8);
    }
  }
}
