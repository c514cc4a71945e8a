import { deflateSync } from 'node:zlib';
import { concatenate } from '../src/archives/bytes.ts';
import { crc32 } from '../src/archives/crc32.ts';

/** A picture that is to be written as PNG. */
export interface WrittenPng {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity. */
  readonly colourType?: number;
  /** The rows as they lie in the file, without the numbers of their filters. */
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  /** Chunks to stand before the pixels, by their kinds. */
  readonly more?: readonly (readonly [kind: string, content: Uint8Array])[];
  readonly interlace?: number;
}

/** The bytes of a PNG, for tests: the format by hand, so that the reader is not tested against its own library. */
export function writePng(picture: WrittenPng): Uint8Array {
  const { width, height, depth = 8, colourType = 0, rows, palette, more = [], interlace = 0 } = picture;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colourType, 0, 0, interlace], 8);
  const pixels = deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])));
  return concatenate([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    ...more.map(([kind, content]) => chunk(kind, content)),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** One chunk with its length and its CRC-32. */
export function chunk(kind: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(kind), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}
