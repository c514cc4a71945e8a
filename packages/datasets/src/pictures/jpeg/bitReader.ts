import { type HuffmanTable, lookupBits } from './huffman.ts';
import { jpegError } from './jpegError.ts';

/** Reads the bits of a scan. A byte ff in them is written as ff 00; ff and another byte is a marker, where the bits end. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #at: number;
  /** The next bits, right-aligned, and how many there are. */
  #bits = 0;
  #count = 0;
  /** How many of them are zeros that stand beyond the end: they may be looked at, but not taken. */
  #beyond = 0;

  constructor(bytes: Uint8Array, from: number, name: string) {
    this.#bytes = bytes;
    this.#at = from;
    this.#name = name;
  }

  /** The next symbol. @throws JpegError when the bits are no code of the table, or end before */
  symbol(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill();
    const entry = table.lookup[(this.#bits >>> (this.#count - lookupBits)) & ((1 << lookupBits) - 1)];
    if (entry !== 0) {
      this.#take(entry >> 8);
      return entry & 0xff;
    }
    const next = (this.#bits >>> (this.#count - 16)) & 0xffff;
    for (let length = lookupBits + 1; length <= 16; length++) {
      if (next >= table.above[length]) continue;
      this.#take(length);
      return table.symbols[(next >> (16 - length)) + table.shift[length]];
    }
    throw jpegError(this.#name, 'bits that are no Huffman code');
  }

  /** A number of `count` bits, 0 to 16. */
  number(count: number): number {
    if (count === 0) return 0;
    if (this.#count < count) this.#fill();
    const value = (this.#bits >>> (this.#count - count)) & ((1 << count) - 1);
    this.#take(count);
    return value;
  }

  /** A number with a sign: of `count` bits, where the lower half of all values stands for negative ones (T.81, F.2.2.1). */
  signed(count: number): number {
    const value = this.number(count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
  }

  /** Goes on behind the restart marker that stands next. @throws JpegError when there is another, or none */
  restart(): void {
    this.#bits = this.#count = this.#beyond = 0;
    const at = this.end();
    const marker = this.#bytes[at + 1];
    if (!(marker >= 0xd0 && marker <= 0xd7)) throw jpegError(this.#name, 'no restart marker where one should be');
    this.#at = at + 2;
  }

  /** Where the next marker stands. */
  end(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at + 1 < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] !== 0xff)) at++;
    return at;
  }

  #take(count: number): void {
    this.#count -= count;
    if (this.#count < this.#beyond) throw jpegError(this.#name, 'the pixels end too soon');
  }

  #fill(): void {
    const bytes = this.#bytes;
    while (this.#count <= 24) {
      let byte = 0;
      const at = this.#at;
      if (at >= bytes.length || (bytes[at] === 0xff && bytes[at + 1] !== 0)) this.#beyond += 8;
      else {
        byte = bytes[at];
        this.#at += byte === 0xff ? 2 : 1;
      }
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
  }
}
