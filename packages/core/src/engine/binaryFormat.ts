/*
 * WebAssembly's binary format, as far as it is needed to change a module: sections of numbers in variable length.
 *
 * Source: the WebAssembly specification, "Binary Format".
 */

/** The numbers of the sections that are known here. */
export const sections = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;

/** What `item` reads, as often as the number before it says. */
export function vector<Item>(reader: Reader, item: (reader: Reader) => Item): Item[] {
  const count = reader.number();
  return Array.from({ length: count }, () => item(reader));
}

/** A whole number in the variable length of WebAssembly: seven bits a byte, the lowest first. */
export function unsigned(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) | 128, ...unsigned(Math.floor(number / 128))];
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

  /** All that is left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.at);
  }

  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.at);
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
