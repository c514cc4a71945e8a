import { type Frame, readFrame } from './frame.ts';
import { huffmanTable } from './huffman.ts';
import { jpegError } from './jpegError.ts';
import { readScan, type Tables } from './scan.ts';
import { zigzag } from './zigzag.ts';

/** A picture whose coefficients were read. */
export interface JpegContent {
  readonly frame: Frame;
  /** Whether its three components are brightness and differences of colour, and not red, green and blue. */
  readonly isYcc: boolean;
}

/** No program writes more; each costs a walk over all blocks, however few bits it has. */
const mostScans = 100;

/** Kinds of frames by their marker that are no usual ones. */
const otherFrames: ReadonlyMap<number, string> = new Map([
  [0xc3, 'a lossless picture'],
  ...[0xc5, 0xc6, 0xc7].map((marker) => [marker, 'a hierarchical picture'] as const),
  ...[0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf].map((marker) => [marker, 'a picture in arithmetic coding'] as const),
]);

/**
 * Reads all segments of a JPEG file (ITU-T T.81, annex B). What is no part of the picture (comments, notes of cameras, colour
 * profiles) is passed over unread.
 *
 * @throws JpegError when the file is damaged, of a kind that is not read, or larger than it may be
 */
export function readSegments(bytes: Uint8Array, name: string, mostPixels: number): JpegContent {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    throw jpegError(name, 'the file does not begin as a JPEG does', 'a JPEG picture');
  }
  const tables: Tables = { quantisation: [], dc: [], ac: [], restartInterval: 0 };
  let frame: Frame | undefined;
  let isJfif = false;
  let adobe: number | undefined;
  let scans = 0;
  for (let at = 2; ; ) {
    // Bytes ff may stand in front of a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw jpegError(name, 'the file ends, or goes on with no marker');
    if (marker === 0xd9) break;
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    const end = at + 2 + length;
    if (!(length >= 2 && end <= bytes.length)) throw jpegError(name, 'the file ends inside a segment');
    const segment = bytes.subarray(at + 4, end);
    at = end;
    if (marker === 0xc4) readHuffmanTables(segment, tables, name);
    else if (marker === 0xdb) readQuantisation(segment, tables, name);
    else if (marker === 0xdd) tables.restartInterval = ((segment[0] << 8) | segment[1]) >>> 0;
    else if (marker === 0xe0) isJfif ||= begins(segment, 'JFIF\0');
    else if (marker === 0xee) adobe = begins(segment, 'Adobe') ? segment[11] : adobe;
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      if (frame) throw jpegError(name, 'two frames');
      frame = readFrame(segment, marker, { name, mostPixels, bytesInAll: bytes.length });
    } else if (otherFrames.has(marker)) {
      throw jpegError(
        name,
        otherFrames.get(marker) ?? '',
        'a baseline or progressive picture in Huffman coding',
        'Save it anew as an ordinary JPEG or a PNG',
      );
    } else if (marker === 0xda) {
      if (!frame) throw jpegError(name, 'a scan before its frame');
      if (++scans > mostScans) throw jpegError(name, `more than ${mostScans} scans`);
      at = readScan(bytes, at, segment, { frame, tables, name });
    }
  }
  if (!frame) throw jpegError(name, 'no picture');
  if (frame.components.some(({ steps }) => !steps)) throw jpegError(name, 'components without a scan');
  return { frame, isYcc: isYcc(frame, isJfif, adobe) };
}

/** As other programs tell: by the file's own word, and where there is none by the names of its components. */
function isYcc({ components }: Frame, isJfif: boolean, adobe: number | undefined): boolean {
  if (isJfif) return true;
  if (adobe !== undefined) return adobe !== 0;
  return String.fromCharCode(...components.map(({ id }) => id)) !== 'RGB';
}

function readHuffmanTables(segment: Uint8Array, tables: Tables, name: string): void {
  for (let at = 0; at < segment.length; ) {
    const kind = segment[at];
    const counts = segment.subarray(at + 1, at + 17);
    const count = counts.reduce((sum, each) => sum + each, 0);
    const symbols = segment.subarray(at + 17, at + 17 + count);
    if (counts.length < 16 || symbols.length < count || count > 256)
      throw jpegError(name, 'a Huffman table that is cut short');
    if ((kind & 15) > 3 || kind >> 4 > 1) throw jpegError(name, `a Huffman table of the kind ${kind}`);
    (kind >> 4 === 0 ? tables.dc : tables.ac)[kind & 15] = huffmanTable(counts, symbols, name);
    at += 17 + count;
  }
}

/** Steps come in zigzag order, of 8 or 16 bits; they are kept row by row. */
function readQuantisation(segment: Uint8Array, tables: Tables, name: string): void {
  for (let at = 0; at < segment.length; ) {
    const [width, number] = [segment[at] >> 4, segment[at] & 15];
    const numbers = segment.subarray(at + 1, at + 1 + 64 * (1 + width));
    if (width > 1 || number > 3 || numbers.length < 64 * (1 + width))
      throw jpegError(name, 'a quantisation table that is cut short');
    const steps = new Uint16Array(64);
    for (let k = 0; k < 64; k++)
      steps[zigzag[k]] = width === 0 ? numbers[k] : (numbers[2 * k] << 8) | numbers[2 * k + 1];
    tables.quantisation[number] = steps;
    at += 1 + numbers.length;
  }
}

const begins = (segment: Uint8Array, text: string): boolean =>
  [...text].every((letter, at) => segment[at] === letter.charCodeAt(0));
