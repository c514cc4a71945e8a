import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { decode } from 'fast-png';
import { Unzlib } from 'fflate';
import type { Picture } from './picture.ts';
import { type PngHeader, pngError, readPngChunks } from './pngChunks.ts';

/** What {@link readPng} needs beside the bytes. */
export interface ReadPngOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most pixels that the picture may have. Default: 2^22, as many as 2048 × 2048. */
  readonly mostPixels?: number;
}

const readPngOptions: OptionNames<ReadPngOptions> = { name: 'required', mostPixels: 'optional' };

/**
 * The picture in a PNG file: grey or colour, with opacity or without. Palettes are looked up, numbers of 1, 2, 4 and 16
 * bits scaled to 8. A colour that stands for transparency (chunk tRNS of grey and colour pictures) stays that colour.
 *
 * The size is read from the header, and refused when it is too large, before anything is unpacked; the pixels may unpack
 * to exactly as many bytes as the size says. All other chunks are passed over unread.
 *
 * @example readPng(bytes, { name: 'mine.png' })
 * @throws PngError when the file is damaged or no PNG, has more pixels than it may, or is interlaced with less than 8 bits
 */
export function readPng(bytes: Uint8Array, options: ReadPngOptions, ...surplus: []): Picture {
  checkSurplus('readPng', surplus);
  const { name, mostPixels = 2 ** 22 } = checkOptions('readPng', options, readPngOptions);
  checkBytes('readPng', bytes);
  const { header, packed, essence } = readPngChunks(bytes, name);
  const { width, height } = header;
  if (width * height > mostPixels) {
    throw pngError(name, `a picture of ${width}×${height} pixels`, `at most ${mostPixels} pixels`);
  }
  if (header.isInterlaced && header.depth < 8) {
    throw pngError(
      name,
      `an interlaced picture of ${header.depth} bits`,
      'one that is not interlaced, or of 8 or 16 bits',
    );
  }
  checkPacked(packed, rawBytes(header), name);
  try {
    return pictureOf(essence, header, name);
  } catch (error) {
    throw pngError(
      name,
      `the picture cannot be read (${error instanceof Error ? error.message : String(error)})`,
      undefined,
      error,
    );
  }
}

/** How many bytes the pixels have before they are packed: each row begins with the number of its filter. */
function rawBytes({ width, height, depth, samples, isInterlaced }: PngHeader): number {
  const pass = (columns: number, rows: number): number =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil((columns * samples * depth) / 8)) : 0;
  if (!isInterlaced) return pass(width, height);
  // The seven passes of Adam7: where each begins, and its steps.
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  return passes.reduce(
    (total, [x, y, stepX, stepY]) => total + pass(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
}

/** Unpacks the pixels once without keeping them: a bomb ends here, and not in the memory. */
function checkPacked(packed: readonly Uint8Array[], wanted: number, name: string): void {
  let length = 0;
  const stream = new Unzlib((piece) => {
    length += piece.length;
    if (length > wanted)
      throw pngError(name, `pixels of more than ${wanted} bytes`, `${wanted} bytes, as its size says`);
  });
  try {
    for (const chunk of packed) {
      // Small pieces, for one of n bytes can unpack to a thousand times n.
      for (let at = 0; at < chunk.length; at += 4096) stream.push(chunk.subarray(at, at + 4096));
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    if (length > wanted) throw error;
    throw pngError(
      name,
      `the pixels cannot be unpacked (${error instanceof Error ? error.message : String(error)})`,
      undefined,
      error,
    );
  }
  if (length < wanted) throw pngError(name, `pixels of ${length} bytes`, `${wanted} bytes, as its size says`);
}

function pictureOf(essence: Uint8Array, header: PngHeader, name: string): Picture {
  const { width, height, depth, samples } = header;
  const decoded = decode(essence);
  const numbers = eightBits(decoded.data, header);
  if (!header.hasPalette) return { width, height, channels: samples, data: numbers };
  const palette = decoded.palette ?? [];
  const channels = Math.max(3, ...palette.map(({ length }) => length));
  const data = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < numbers.length; pixel++) {
    const colour = palette[numbers[pixel]];
    if (!colour)
      throw pngError(name, `colour ${numbers[pixel]} of a palette of ${palette.length}`, `${depth} bits within it`);
    for (let channel = 0; channel < channels; channel++) data[pixel * channels + channel] = colour[channel] ?? 255;
  }
  return { width, height, channels, data };
}

/** Unpacks numbers of less than a byte and shortens those of two. Indices of a palette are not scaled. */
function eightBits(data: ArrayLike<number>, { width, height, depth, samples, hasPalette }: PngHeader): Uint8Array {
  const row = width * samples;
  const numbers = new Uint8Array(height * row);
  if (depth >= 8) {
    const scale = depth === 16 ? 1 / 257 : 1;
    for (let at = 0; at < numbers.length; at++) numbers[at] = Math.round(data[at] * scale);
    return numbers;
  }
  const [perByte, bytesInRow, highest] = [8 / depth, Math.ceil((row * depth) / 8), 2 ** depth - 1];
  const scale = hasPalette ? 1 : 255 / highest;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < row; x++, at++) {
      const byte = data[y * bytesInRow + Math.floor(x / perByte)];
      numbers[at] = ((byte >> (8 - depth * ((x % perByte) + 1))) & highest) * scale;
    }
  }
  return numbers;
}
