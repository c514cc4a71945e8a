import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { chunk, writePng } from '../../test/writePng.ts';
import { concatenate } from '../archives/bytes.ts';
import { PngError } from '../errors.ts';
import { readPng } from './png.ts';

const name = 'some.png';
const read = (bytes: Uint8Array, mostPixels?: number) => readPng(bytes, { name, mostPixels });
const refusal = (bytes: Uint8Array, mostPixels?: number): string => {
  try {
    read(bytes, mostPixels);
  } catch (error) {
    expect(error).toBeInstanceOf(PngError);
    return (error as PngError).message;
  }
  return 'no error';
};
const square = writePng({
  width: 2,
  height: 2,
  rows: [
    [0, 255],
    [7, 8],
  ],
});

describe('readPng reads', () => {
  test('what another library has written, in every number of channels', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const picture = fc
      .tuple(size, size, fc.constantFrom(1, 2, 3, 4))
      .chain(([width, height, channels]) =>
        fc
          .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
          .map((data) => ({ width, height, channels, data })),
      );
    fc.assert(
      fc.property(picture, (each) => {
        expect(read(encode({ ...each, depth: 8 }))).toEqual(each);
      }),
    );
  });

  test.each([
    [1, [[0b10100000], [0b01000000]], [255, 0, 255, 0, 255, 0]],
    [2, [[0b00011000], [0b11000100]], [0, 85, 170, 255, 0, 85]],
    [
      4,
      [
        [0x0f, 0x30],
        [0xa1, 0xf0],
      ],
      [0, 255, 51, 170, 17, 255],
    ],
    [
      8,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [1, 2, 3, 4, 5, 6],
    ],
    [
      16,
      [
        [0, 0, 255, 255, 128, 128],
        [1, 0, 0, 128, 0, 129],
      ],
      [0, 255, 128, 1, 0, 1],
    ],
  ])('grey of %i bits', (depth, rows, wanted) => {
    const { channels, data } = read(writePng({ width: 3, height: 2, depth, rows }));
    expect([channels, [...data]]).toEqual([1, wanted]);
  });

  test('a palette, with opacity for some of its colours', () => {
    const palette = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const solid = { width: 3, height: 1, depth: 2, colourType: 3, rows: [[0b00011000]], palette };
    expect([...read(writePng(solid)).data]).toEqual(palette);
    const clear = read(writePng({ ...solid, more: [['tRNS', Uint8Array.of(9, 8)]] }));
    expect([clear.channels, [...clear.data]]).toEqual([4, [1, 2, 3, 9, 4, 5, 6, 8, 7, 8, 9, 255]]);
  });

  test('past texts and colour profiles, however they are packed', () => {
    const profile = Uint8Array.of(...new TextEncoder().encode('icc\0\0'), ...deflateSync(new Uint8Array(5e7)));
    const before = process.memoryUsage().arrayBuffers;
    const bytes = writePng({
      width: 2,
      height: 1,
      rows: [[3, 4]],
      more: [
        ['iCCP', profile],
        ['tEXt', profile],
      ],
    });
    expect([...read(bytes).data]).toEqual([3, 4]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e7);
  });
});

describe('readPng refuses', () => {
  test('a picture that is too large by its header, before it is unpacked', () => {
    const huge = writePng({ width: 2 ** 31 - 1, height: 2 ** 31 - 1, rows: [[0]] });
    expect(refusal(huge)).toMatchInlineSnapshot(
      `"some.png: a picture of 2147483647×2147483647 pixels; wanted at most 4194304 pixels. Check that this is the picture you meant, or save it anew."`,
    );
    expect(refusal(square, 3)).toContain('a picture of 2×2 pixels; wanted at most 3 pixels');
  });

  test('pixels that unpack to more than the header says, soon', () => {
    const header = square.slice(8, 33);
    const bomb = deflateSync(new Uint8Array(2e8), { level: 9 });
    const bytes = concatenate([square.subarray(0, 8), header, chunk('IDAT', bomb), chunk('IEND', new Uint8Array())]);
    const [before, started] = [process.memoryUsage().arrayBuffers, process.cpuUsage().user];
    expect(refusal(bytes)).toContain('pixels of more than 6 bytes; wanted 6 bytes, as its size says');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e7);
    expect(process.cpuUsage().user - started).toBeLessThan(1e6);
  });

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'does not begin as a PNG does'],
    ['another format', new TextEncoder().encode('GIF89a, not a PNG'), 'does not begin as a PNG does'],
    ['a file that is cut short', square.subarray(0, square.length - 15), 'ends inside a chunk of'],
    ['a file without its end', square.subarray(0, square.length - 12), 'ends before its last chunk'],
    ['a chunk that was changed', square.with(50, 99), 'whose CRC-32 is wrong'],
    ['no pixels', Uint8Array.of(...square.subarray(0, 33), ...chunk('IEND', new Uint8Array(0))), 'no pixels'],
    ['pixels before the header', Uint8Array.of(...square.subarray(0, 8), ...square.subarray(33)), 'is no header'],
    ['a width of nothing', writePng({ width: 0, height: 2, rows: [[]] }), '0×2 pixels'],
    ['a colour type of its own', writePng({ width: 1, height: 1, colourType: 5, rows: [[0]] }), 'colour type 5'],
    [
      'a depth that its colour type has not',
      writePng({ width: 1, height: 1, colourType: 2, depth: 4, rows: [[0, 0]] }),
      'depth 4',
    ],
    ['rows that are missing', writePng({ width: 2, height: 2, rows: [[1, 2]] }), 'pixels of 3 bytes; wanted 6 bytes'],
    [
      'a colour beyond the palette',
      writePng({ width: 1, height: 1, colourType: 3, rows: [[4]], palette: [1, 2, 3] }),
      'colour 4 of a palette of 1',
    ],
    [
      'few bits, interlaced',
      writePng({ width: 1, height: 1, depth: 1, interlace: 1, rows: [[0]] }),
      'an interlaced picture of 1 bits',
    ],
  ])('%s', (_, bytes, message) => {
    expect(refusal(bytes)).toContain(message);
  });
});
