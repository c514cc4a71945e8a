import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { mutationsOf } from '../test/mutations.ts';
import { writeIdx } from '../test/write-idx.ts';
import { writePng } from '../test/write-png.ts';
import { writeTar } from '../test/write-tar.ts';
import { arraySource, piecesOf } from './archives/byte-source.ts';
import { readTar } from './archives/tar.ts';
import { readZip } from './archives/zip.ts';
import { cifarRecord, readCifar10 } from './cifar.ts';
import { gunzipIfNeeded } from './gzip.ts';
import { readIdx } from './idx.ts';
import { readPng } from './png.ts';

const name = 'some-file';
const wanted = new Map([['folder/one', 2000]]);
const noise = Uint8Array.from({ length: 1500 }, (_, at) => (at * at * 7919) >>> 8);
const few = Uint8Array.from({ length: 48 }, (_, at) => at * 5);

/** A real file of MNIST, where it is at hand. */
const real = `${process.env.TAPEGRAD_DATA ?? ''}/t10k-labels-idx1-ubyte.gz`;
const realLabels = process.env.TAPEGRAD_DATA && existsSync(real) ? [readFileSync(real)] : [];

const readers: readonly (readonly [string, (bytes: Uint8Array) => unknown, readonly Uint8Array[]])[] = [
  [
    'IDX',
    (bytes) => readIdx(bytes, { name }),
    [writeIdx(8, [2, 3, 4], [...few.subarray(0, 24)]), writeIdx(14, [3], [1, 2, 3])],
  ],
  [
    'gzip',
    (bytes) => gunzipIfNeeded(bytes, { name, limit: 20_000 }),
    [gzipSync(noise), gzipSync(new Uint8Array(20_000)), ...realLabels],
  ],
  [
    'PNG',
    (bytes) => readPng(bytes, { name }),
    [
      encode({ width: 4, height: 4, channels: 3, data: few }),
      writePng({
        width: 3,
        height: 1,
        depth: 2,
        colourType: 3,
        rows: [[0b00011000]],
        palette: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      }),
      writePng({ width: 8, height: 2, depth: 1, rows: [[7], [9]] }),
    ],
  ],
  ['CIFAR-10', (bytes) => readCifar10(bytes, { name }), [new Uint8Array(cifarRecord).fill(9)]],
  [
    'zip',
    (bytes) => readZip(arraySource(bytes), { name, wanted }),
    [zipSync({ 'folder/one': noise, two: few }), zipSync({ 'folder/one': few }, { level: 0 })],
  ],
  [
    'tar',
    (bytes) => readTar(piecesOf(arraySource(bytes)), { name, wanted }),
    [
      writeTar([
        { name: 'zero', content: few },
        { name: 'folder/one', content: noise },
      ]),
    ],
  ],
];

/** Expects a value or a typed error, within a second of computing, and nothing left in the prototype of all objects. */
async function check(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<void> {
  const started = process.cpuUsage().user;
  try {
    await read(bytes);
  } catch (error) {
    if (!(error instanceof TapegradError)) throw error;
    expect(error.code).not.toBe('TAPEGRAD');
  }
  expect(process.cpuUsage().user - started).toBeLessThan(1e6);
}

describe.each(readers)('the reader of %s ends in a value or a typed error', (_, read, files) => {
  test('on its own files', async () => {
    for (const file of files) await expect(Promise.resolve(file).then(read)).resolves.toBeDefined();
  });

  test('on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => check(read, bytes)),
      { numRuns: 200 },
    );
  });

  test('on right files that were changed', async () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const file of files) {
      await fc.assert(
        fc.asyncProperty(mutationsOf(file), (bytes) => check(read, bytes)),
        { numRuns: 300 },
      );
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e8);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

/** Mutations of a PNG mostly break a checksum; here the chunks are made right again, so that what is behind is reached. */
test('PNGs with right checksums and any header, palette and pixels end in a value or a typed error', async () => {
  const byte = fc.nat(255);
  const picture = fc.record({
    width: fc.integer({ min: 0, max: 9 }),
    height: fc.integer({ min: 0, max: 9 }),
    depth: fc.constantFrom(1, 2, 3, 4, 8, 16),
    colourType: fc.nat(7),
    interlace: fc.nat(2),
    rows: fc.array(fc.array(byte, { maxLength: 20 }), { maxLength: 10 }),
    palette: fc.option(fc.array(byte, { maxLength: 20 }), { nil: undefined }),
    more: fc.array(
      fc.tuple(fc.constantFrom('tRNS', 'PLTE', 'IDAT', 'iCCP', 'IHDR'), fc.uint8Array({ maxLength: 15 })),
      {
        maxLength: 2,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(picture, (each) => check((bytes) => readPng(bytes, { name }), writePng(each))),
    { numRuns: 600 },
  );
});
