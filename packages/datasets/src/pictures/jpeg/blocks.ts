import type { BitReader } from './bitReader.ts';
import type { HuffmanTable } from './huffman.ts';
import { jpegError } from './jpegError.ts';
import { zigzag } from './zigzag.ts';

/** Which coefficients of a block a scan brings, and which of their bits (ITU-T T.81, G.1.2). */
export interface Band {
  /** The first and the last coefficient, in zigzag order. */
  readonly from: number;
  readonly to: number;
  /** The bit that the numbers of the scan begin at. */
  readonly bit: number;
}

/** What is remembered from block to block. */
export interface Memory {
  /** The last first coefficient of each component of the scan: the next is given as a difference. */
  readonly predictions: Int32Array;
  /** How many more blocks have nothing in their band. */
  emptyBlocks: number;
}

/** What a block is read from. */
export interface BlockSource {
  readonly bits: BitReader;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
  readonly band: Band;
  readonly memory: Memory;
  readonly name: string;
}

/** Reads one block, whose coefficients begin at `start`. */
export type ReadBlock = (source: BlockSource, component: number, block: Int16Array, start: number) => void;

/** A whole block, as sequential files have it (T.81, F.2.2). */
export const wholeBlock: ReadBlock = (source, component, block, start) => {
  block[start] = nextFirst(source, component);
  const { bits, ac } = source;
  for (let k = 1; k < 64; ) {
    const symbol = bits.symbol(ac);
    const [zeros, size] = [symbol >> 4, symbol & 15];
    if (size === 0) {
      if (zeros < 15) return;
      k += 16;
      continue;
    }
    k += zeros;
    if (k > 63) throw beyondBlock(source);
    block[start + zigzag[k++]] = bits.signed(size);
  }
};

/** The first coefficient but for its last bits. */
export const firstOfDc: ReadBlock = (source, component, block, start) => {
  block[start] = nextFirst(source, component) << source.band.bit;
};

/** One more bit of the first coefficient. */
export const moreOfDc: ReadBlock = ({ bits, band }, _component, block, start) => {
  if (bits.number(1) === 1) block[start] |= 1 << band.bit;
};

/** A band of other coefficients but for their last bits (T.81, G.1.2.2). */
export const firstOfAc: ReadBlock = (source, _component, block, start) => {
  const { bits, ac, band, memory } = source;
  if (memory.emptyBlocks > 0) {
    memory.emptyBlocks--;
    return;
  }
  for (let k = band.from; k <= band.to; ) {
    const symbol = bits.symbol(ac);
    const [zeros, size] = [symbol >> 4, symbol & 15];
    if (size === 0) {
      if (zeros < 15) {
        memory.emptyBlocks = (1 << zeros) + bits.number(zeros) - 1;
        return;
      }
      k += 16;
      continue;
    }
    k += zeros;
    if (k > band.to) throw beyondBlock(source);
    block[start + zigzag[k++]] = bits.signed(size) << band.bit;
  }
};

/** One more bit of a band: of the coefficients that are not zero, and those that are first so now (T.81, G.1.2.3). */
export const moreOfAc: ReadBlock = (source, _component, block, start) => {
  const { bits, ac, band, memory } = source;
  let k = band.from;
  if (memory.emptyBlocks === 0) {
    for (; k <= band.to; k++) {
      const symbol = bits.symbol(ac);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size > 1) throw jpegError(source.name, 'a refining scan with numbers of more than one bit');
      if (size === 0 && zeros < 15) {
        memory.emptyBlocks = (1 << zeros) + bits.number(zeros);
        break;
      }
      const value = size === 0 ? 0 : bits.number(1) === 1 ? 1 << band.bit : -(1 << band.bit);
      k = refine(source, block, start, k, zeros);
      if (value !== 0) {
        if (k > band.to) throw beyondBlock(source);
        block[start + zigzag[k]] = value;
      }
    }
  }
  if (memory.emptyBlocks > 0) {
    refine(source, block, start, k, 64);
    memory.emptyBlocks--;
  }
};

/** Reads one bit for each coefficient from `k` on that is not zero, until `zeros` zeros were passed; gives the index of the next. */
function refine({ bits, band }: BlockSource, block: Int16Array, start: number, k: number, zeros: number): number {
  const bit = 1 << band.bit;
  let left = zeros;
  for (let at = k; at <= band.to; at++) {
    const index = start + zigzag[at];
    const value = block[index];
    if (value === 0) {
      if (left-- === 0) return at;
    } else if (bits.number(1) === 1 && (value & bit) === 0) block[index] = value > 0 ? value + bit : value - bit;
  }
  return band.to + 1;
}

/** The first coefficient: the last one of its component and a difference. */
function nextFirst({ bits, dc, memory, name }: BlockSource, component: number): number {
  const size = bits.symbol(dc);
  if (size > 11) throw jpegError(name, `a difference of ${size} bits`);
  if (size > 0) memory.predictions[component] += bits.signed(size);
  return memory.predictions[component];
}

const beyondBlock = ({ name }: BlockSource) => jpegError(name, 'a block with more than 64 coefficients');
