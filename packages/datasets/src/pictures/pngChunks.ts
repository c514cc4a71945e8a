import { concatenate } from '../archives/bytes.ts';
import { crc32 } from '../archives/crc32.ts';
import { PngError } from '../errors.ts';

/** What a PNG says about itself before its pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one number: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** Numbers of one pixel in the file; 1 with a palette. */
  readonly samples: number;
  readonly hasPalette: boolean;
  readonly isInterlaced: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The kinds of chunks that make a picture; all others (texts, colour profiles, times) are passed over unread. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Numbers of a pixel, and which depths go with them, by the colour type of the header. */
const colourTypes: ReadonlyMap<number, { readonly samples: number; readonly depths: readonly number[] }> = new Map([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);

/** An error about the picture `name`. */
export function pngError(name: string, got: string, wanted = 'a whole and undamaged PNG picture', cause?: unknown) {
  const remedy = 'Check that this is the picture you meant, or save it anew';
  return new PngError({ operation: name, got, wanted, remedy }, { cause });
}

/**
 * The header of a PNG, its compressed pixels, and the same file with nothing but what makes the picture: no text and no
 * colour profile, which may be packed and unpack to anything.
 *
 * Source: W3C, "Portable Network Graphics (PNG) Specification", third edition, sections 5 and 11.
 *
 * @throws PngError when the file is not PNG, a chunk is cut short or its CRC-32 is wrong, or chunks are missing
 */
export function readPngChunks(
  bytes: Uint8Array,
  name: string,
): { header: PngHeader; packed: readonly Uint8Array[]; essence: Uint8Array } {
  if (bytes.length < 8 || signature.some((byte, at) => bytes[at] !== byte)) {
    throw pngError(name, 'the file does not begin as a PNG does', 'a PNG picture');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  let header: PngHeader | undefined;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw pngError(name, 'the file ends before its last chunk');
    const [length, kind] = [view.getUint32(at), String.fromCharCode(...bytes.subarray(at + 4, at + 8))];
    const end = at + 12 + length;
    if (end > bytes.length) throw pngError(name, `the file ends inside a chunk of ${length} bytes`);
    if (header === undefined && kind !== 'IHDR') throw pngError(name, 'the first chunk is no header');
    if (kept.has(kind)) {
      const content = bytes.subarray(at + 8, end - 4);
      if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
        throw pngError(name, `a chunk ${kind} whose CRC-32 is wrong`);
      }
      if (kind === 'IHDR') {
        if (header) throw pngError(name, 'two headers');
        header = readHeader(content, name);
      }
      if (kind === 'IDAT') packed.push(content);
      chunks.push(bytes.subarray(at, end));
    }
    at = end;
    if (kind === 'IEND' && header) break;
  }
  if (packed.length === 0) throw pngError(name, 'no pixels');
  return { header, packed, essence: concatenate(chunks) };
}

function readHeader(content: Uint8Array, name: string): PngHeader {
  if (content.length !== 13) throw pngError(name, `a header of ${content.length} bytes`, 'one of 13 bytes');
  const view = new DataView(content.buffer, content.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = content.subarray(8);
  const colour = colourTypes.get(colourType);
  if (!colour?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    const seen = `depth ${depth}, colour type ${colourType}, compression ${compression}, filter ${filter}, interlace ${interlace}`;
    throw pngError(name, seen, 'a kind of picture that the PNG specification has');
  }
  if (width === 0 || height === 0) throw pngError(name, `a picture of ${width}×${height} pixels`);
  return { width, height, depth, samples: colour.samples, hasPalette: colourType === 3, isInterlaced: interlace === 1 };
}
