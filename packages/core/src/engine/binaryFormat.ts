/*
 * WebAssembly's binary format, as far as it is needed to change a module: sections of numbers in variable length.
 *
 * Source: the WebAssembly specification, "Binary Format".
 */

/** The numbers of the sections that are known here. */
export const sections = { type: 1, import: 2, function: 3, code: 10 } as const;

/** What `item` reads, as often as the number before it says. */
export function vector<Item>(reader: Reader, item: (reader: Reader) => Item): Item[] {
  const count = reader.number();
  return Array.from({ length: count }, () => item(reader));
}

/** A whole number in the variable length of WebAssembly: seven bits a byte, the lowest first. */
export function unsigned(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) | 128, ...unsigned(Math.floor(number / 128))];
}

/** Bytes, one piece after the other. */
export function joined(pieces: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Reads bytes one after the other. */
export class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.at++];
  }

  take(count: number): Uint8Array {
    this.at += count;
    return this.since(this.at - count);
  }

  since(start: number, end = this.at): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  /** A number of variable length; of a signed one the value is wrong, but its end is right. */
  number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.byte();
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  }
}
