import { bytes } from './lanes';

/*
 * The ends of lines that are worked on in pairs of vectors. To look whether a pair is whole before it is stored would keep V8
 * from merging its halves. So every pair is stored, the last one of a line into a room that is the thread's own, and what
 * counts of it is copied.
 */

/**
 * The last 8 KiB of the 64 KiB in front of the engine's memory, which are otherwise for constants: 32 bytes for each thread, in
 * two lines of the cache that are its own.
 */
const rooms: usize = 65536 - 64 * 128;

/** Where the pair is stored that belongs to `address`, of a line with so many bytes left. */
// @ts-ignore: decorator
@inline
export function roomFor(address: usize, left: usize, thread: i32): usize {
  return select<usize>(address, rooms + (<usize>thread << 7), left >= 32);
}

/** Copies what the thread's own room holds of the numbers [from, to) of the line at z. */
export function copyEnd(z: usize, from: i32, to: i32, thread: i32): void {
  const count = (to - from) & 7;
  const room = rooms + (<usize>thread << 7);
  const target = z + bytes(to - count);
  for (let at: usize = 0; at < bytes(count); at += 4) store<f32>(target + at, load<f32>(room + at));
}
