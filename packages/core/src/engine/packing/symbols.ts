import type { BitCoder } from './coder.ts';

/*
 * A packed text is a row of literals, which are bytes, and copies of bytes that came before, some distance back (Ziv and
 * Lempel, "A universal algorithm for sequential data compression", 1977). Here is how each is made of bits, and in which
 * contexts these stand. Everything is given in and comes back: a writer gives what it writes, a reader gives anything.
 */

/** Room for a whole number's bits, by its length, and for the tree of a byte. */
const [numberRoom, byteRoom] = [1024, 256];

/** Where the contexts of each kind begin. */
const first = {
  isCopy: 0,
  isSameDistance: 8,
  size: numberRoom,
  newLength: 2 * numberRoom,
  sameLength: 3 * numberRoom,
  distance: 4 * numberRoom,
  afterByte: 8 * numberRoom,
  besideByte: 8 * numberRoom + 256 * byteRoom,
} as const;

/** How many contexts there are. */
export const contexts = first.besideByte + 2 * 256 * byteRoom;

/** What came before: the last three steps, one bit each, which is 1 for a copy, and the distance of the last copy. */
export interface Past {
  readonly steps: number;
  readonly distance: number;
}

export const beginning: Past = { steps: 0, distance: 0 };

/** A copy of `length` bytes from `distance` back; a literal has the length 0. */
export interface Step {
  readonly length: number;
  readonly distance: number;
}

export const after = ({ steps, distance }: Past, { length, distance: latest }: Step): Past =>
  length === 0 ? { steps: (2 * steps) & 7, distance } : { steps: (2 * steps + 1) & 7, distance: latest };

/** The size of the whole text, which comes first. */
export const size = (coder: BitCoder, value: number): number => number(coder, first.size, value);

/** A step: the length and the distance of a copy, or that it is none. */
export function step(coder: BitCoder, past: Past, { length, distance }: Step): Step {
  if (!coder.bit(Number(length > 0), first.isCopy + past.steps)) return { length: 0, distance: 0 };
  if (coder.bit(Number(distance === past.distance), first.isSameDistance + past.steps)) {
    return { length: number(coder, first.sameLength, length), distance: past.distance };
  }
  // A copy of a single byte from a new distance is never worth it.
  const copied = number(coder, first.newLength, length - 1) + 1;
  return { length: copied, distance: number(coder, first.distance + numberRoom * Math.min(copied - 2, 3), distance) };
}

/** The byte at `at`: by the byte before it, and by the one that a copy from the last distance would bring. */
export function literal(coder: BitCoder, past: Past, bytes: Uint8Array, at: number): number {
  const copied = past.distance > 0 ? bytes[at - past.distance] : 0;
  const afterCopy = past.steps & 1;
  const before = first.afterByte + (at > 0 ? bytes[at - 1] : 0) * byteRoom;
  return tree(coder, 8, bytes[at], before, first.besideByte + (256 * afterCopy + copied) * byteRoom);
}

/** A whole number from 1 to 2³² − 1: how many bits follow the leading one, and these. */
function number(coder: BitCoder, context: number, value: number): number {
  const bits = tree(coder, 5, 31 - Math.clz32(value), context);
  let read = 1;
  for (let bit = bits - 1; bit >= 0; bit--) {
    // The first four know those before them, the others their weight alone.
    const inside = read < 16 ? 32 + 16 * bits + read : 544 + bit;
    read = 2 * read + coder.bit((value >>> bit) & 1, context + inside);
  }
  return read;
}

/** A number of so many bits, the highest first, each of which knows all before it. */
function tree(coder: BitCoder, bits: number, value: number, context: number, other = context): number {
  let read = 1;
  for (let bit = bits - 1; bit >= 0; bit--) {
    read = 2 * read + coder.bit((value >>> bit) & 1, context + read, other + read);
  }
  return read - 2 ** bits;
}
