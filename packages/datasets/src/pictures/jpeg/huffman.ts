import { jpegError } from './jpegError.ts';

/** Codes of up to so many bits are looked up in one step. */
export const lookupBits = 9;

/** A table of Huffman codes, ready to be read by. */
export interface HuffmanTable {
  /** For each `lookupBits` bits that may come next: length of the code · 256 + symbol, or 0 where the code is longer. */
  readonly lookup: Uint16Array;
  /** For each length, the first code above those of this length, moved up to 16 bits. */
  readonly above: Int32Array;
  /** For each length, what a code of it is moved by to be the index of its symbol. */
  readonly shift: Int32Array;
  readonly symbols: Uint8Array;
}

/**
 * The table of a DHT segment: `counts` says how many codes have 1, 2, … 16 bits; codes are counted up from 0, and begin anew
 * at twice the next number for each further bit (ITU-T T.81, annex C).
 *
 * @throws JpegError when there are more codes than bits can tell apart
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array, name: string): HuffmanTable {
  const lookup = new Uint16Array(1 << lookupBits);
  const above = new Int32Array(17);
  const shift = new Int32Array(17);
  let [code, index] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    shift[length] = index - code;
    for (let at = 0; at < counts[length - 1]; at++, code++, index++) {
      if (code >= 1 << length) throw jpegError(name, 'a Huffman table with more codes than its bits can tell apart');
      if (length > lookupBits) continue;
      const free = lookupBits - length;
      lookup.fill((length << 8) | symbols[index], code << free, (code + 1) << free);
    }
    above[length] = code << (16 - length);
    code <<= 1;
  }
  return { lookup, above, shift, symbols };
}
