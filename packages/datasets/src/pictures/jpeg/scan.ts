import { BitReader } from './bitReader.ts';
import {
  type BlockSource,
  firstOfAc,
  firstOfDc,
  type Memory,
  moreOfAc,
  moreOfDc,
  type ReadBlock,
  wholeBlock,
} from './blocks.ts';
import type { Component, Frame } from './frame.ts';
import { type HuffmanTable, huffmanTable } from './huffman.ts';
import { jpegError } from './jpegError.ts';

/** The tables that segments between the scans define, by their numbers. */
export interface Tables {
  readonly quantisation: (Uint16Array | undefined)[];
  readonly dc: (HuffmanTable | undefined)[];
  readonly ac: (HuffmanTable | undefined)[];
  /** Units between two restart markers; 0 for none. */
  restartInterval: number;
}

/** Stands where a scan has no use of a table. */
const noTable = huffmanTable(new Uint8Array(16), new Uint8Array(0), '');

/**
 * Reads the scan whose header is `header` and whose bits begin at `from` into the coefficients of its components (ITU-T
 * T.81, B.2.3 and E.2.3).
 *
 * @returns where the next marker stands
 * @throws JpegError when the header is wrong, or the bits are none of such a scan
 */
export function readScan(
  bytes: Uint8Array,
  from: number,
  header: Uint8Array,
  { frame, tables, name }: { frame: Frame; tables: Tables; name: string },
): number {
  const count = header[0];
  if (header.length !== 4 + 2 * count || count < 1 || count > 4)
    throw jpegError(name, 'a scan header of a wrong length');
  const [first, last, bitsAround] = header.subarray(1 + 2 * count);
  const [above, bit] = [bitsAround >> 4, bitsAround & 15];
  const readBlock = blockReader(frame.isProgressive, { first, last, above, bit, count }, name);
  const bits = new BitReader(bytes, from, name);
  const memory: Memory = { predictions: new Int32Array(count), emptyBlocks: 0 };
  const band = { from: first, to: last, bit };
  const parts = Array.from({ length: count }, (_, at) => {
    const [id, numbers] = header.subarray(1 + 2 * at);
    const component = frame.components.find((each) => each.id === id);
    if (!component) throw jpegError(name, `a scan of component ${id}, which the frame has not`);
    component.steps ??= tables.quantisation[component.quantisation];
    if (!component.steps) throw jpegError(name, `no quantisation table ${component.quantisation}`);
    const [dc, ac] = [tables.dc[numbers >> 4], tables.ac[numbers & 15]];
    const wantsDc = first === 0 && above === 0;
    const wantsAc = last > 0;
    if ((wantsDc && !dc) || (wantsAc && !ac)) throw jpegError(name, 'a scan without its Huffman tables');
    const source: BlockSource = { bits, dc: dc ?? noTable, ac: ac ?? noTable, band, memory, name };
    return { component, source };
  });
  if (new Set(parts.map(({ component }) => component)).size < count)
    throw jpegError(name, 'a scan with one component twice');

  // Of one component alone blocks stand one by one, and only those that the picture reaches.
  const isAlone = count === 1;
  const [unitsAcross, unitsDown] = isAlone
    ? [parts[0].component.blocksAcross, parts[0].component.blocksDown]
    : [frame.unitsAcross, frame.unitsDown];
  let untilRestart = tables.restartInterval;
  for (let row = 0; row < unitsDown; row++) {
    for (let column = 0; column < unitsAcross; column++) {
      if (tables.restartInterval > 0 && untilRestart-- === 0) {
        bits.restart();
        memory.predictions.fill(0);
        memory.emptyBlocks = 0;
        untilRestart = tables.restartInterval - 1;
      }
      for (let part = 0; part < count; part++) {
        const { component, source } = parts[part];
        if (isAlone) readBlock(source, part, component.coefficients, startOf(component, row, column));
        else readUnit(readBlock, source, part, component, row, column);
      }
    }
  }
  return bits.end();
}

/** Reads the blocks of one component in a unit. */
function readUnit(
  readBlock: ReadBlock,
  source: BlockSource,
  part: number,
  component: Component,
  row: number,
  column: number,
): void {
  const { across, down, coefficients } = component;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      readBlock(source, part, coefficients, startOf(component, row * down + y, column * across + x));
    }
  }
}

const startOf = ({ rowLength }: Component, row: number, column: number): number => 64 * (row * rowLength + column);

interface ScanHeader {
  readonly first: number;
  readonly last: number;
  readonly above: number;
  readonly bit: number;
  readonly count: number;
}

function blockReader(isProgressive: boolean, { first, last, above, bit, count }: ScanHeader, name: string): ReadBlock {
  if (!isProgressive) {
    if (first === 0 && last === 63 && above === 0 && bit === 0) return wholeBlock;
    throw jpegError(name, 'a scan of some coefficients in a picture that is not progressive');
  }
  const isSound = first <= last && last <= 63 && bit <= 13 && (above === 0 || above === bit + 1);
  if (!isSound || (first === 0 ? last > 0 : count > 1)) {
    throw jpegError(name, `a scan of the coefficients ${first} to ${last}, bits ${above} to ${bit}`);
  }
  if (first === 0) return above === 0 ? firstOfDc : moreOfDc;
  return above === 0 ? firstOfAc : moreOfAc;
}
