import { TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutationsOf } from '../../test/mutations.ts';
import { readers } from '../../test/readers.ts';
import { writePng } from '../../test/writePng.ts';
import { readPng } from '../pictures/png.ts';

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
    fc.asyncProperty(picture, (each) => check((bytes) => readPng(bytes, { name: 'some-file' }), writePng(each))),
    { numRuns: 600 },
  );
});
