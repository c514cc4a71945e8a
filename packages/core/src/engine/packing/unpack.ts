/** Programs of `assembly/packing`: the one that unpacks, or that packs. */
export interface Packing {
  readonly memory: WebAssembly.Memory;
  /** Codes `count` bytes at an address to or from what is packed at another, and gives the address behind that. */
  run(packed: number, bytes: number, count: number): number;
}

/** The numbers of a text in base 64. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/**
 * The bytes of a text in base 64 that `assembly/pack.mjs` has packed: the kernels travel at less than a quarter of their size.
 * They begin with their number.
 *
 * @param unpacker the program that unpacks them, in base 64
 * @throws Error when the text ends too soon
 */
export function unpack(text: string, unpacker: string): Uint8Array<ArrayBuffer> {
  const packed = bytesOf(text);
  const count = packed.subarray(0, 4).reduce((sum, byte) => 256 * sum + byte, 0);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(unpacker)));
  const { memory, run } = exports as unknown as Packing;
  const from = memory.grow(1 + Math.ceil((packed.length + count) / 65536)) * 65536;
  const to = from + packed.length;
  new Uint8Array(memory.buffer).set(packed, from);
  // A reader ends where the writer did.
  if (run(from + 4, to, count) > to) throw new Error('the packed kernels are cut short');
  return new Uint8Array(memory.buffer).slice(to, to + count);
}
