import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../errors.ts';
import { arraySource } from './byteSource.ts';
import { crc32 } from './crc32.ts';
import { readZip } from './zip.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const files = { 'folder/one.txt': text('one'), 'folder/two.bin': new Uint8Array(5000).fill(7), empty: text('') };
const archive = zipSync(files);
const read = (bytes: Uint8Array, names: Readonly<Record<string, number>>) =>
  readZip(arraySource(bytes), { name: 'some.zip', wanted: new Map(Object.entries(names)) });
const refusal = async (bytes: Uint8Array, names: Readonly<Record<string, number>> = { 'folder/one.txt': 10 }) => {
  const error: unknown = await read(bytes, names).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ArchiveError);
  return (error as ArchiveError).message;
};
/** The archive with some bytes of an entry in its directory changed. */
const withDirectory = (change: (view: DataView, at: number) => void): Uint8Array => {
  const bytes = archive.slice();
  const view = new DataView(bytes.buffer);
  change(view, view.getUint32(bytes.length - 22 + 16, true));
  return bytes;
};

test('crc32 of the nine digits is the one that everybody tests with', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
});

describe('readZip', () => {
  test('gives what is wanted, stored or deflated, and nothing else', async () => {
    for (const level of [0, 6] as const) {
      const contents = await read(zipSync(files, { level }), { 'folder/two.bin': 5000, empty: 0 });
      expect([...contents.keys()]).toEqual(['folder/two.bin', 'empty']);
      expect(contents.get('folder/two.bin')).toEqual(files['folder/two.bin']);
    }
  });

  test('undoes zip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (content) => {
        const contents = await read(zipSync({ a: content }), { a: content.length });
        expect(contents.get('a')).toEqual(content);
      }),
      { numRuns: 50 },
    );
  });

  test('refuses an archive without a directory', async () => {
    expect(await refusal(text('not a zip'))).toMatchInlineSnapshot(
      `"some.zip: no end of a directory in the last 65,557 bytes; wanted a whole and undamaged zip archive. Fetch the archive again."`,
    );
  });

  test('refuses a name that is not there, though every object has it', async () => {
    expect(await refusal(archive, { toString: 10 })).toContain('no entry called toString');
    expect(await refusal(archive, JSON.parse('{"__proto__": 10}'))).toContain('no entry called __proto__');
  });

  test.each(['../out', '/etc/passwd', 'a/../../b', 'C:\\windows', 'a\\..\\b', 'nul\0byte'])(
    'refuses an archive with the name %j in it, whatever is wanted of it',
    async (name) => {
      expect(await refusal(zipSync({ ...files, [name]: text('evil') }))).toContain('names that stay inside');
    },
  );

  test('refuses a bomb, told and untold', async () => {
    const bomb = zipSync({ bomb: new Uint8Array(5e7) });
    expect(await refusal(bomb, { bomb: 1000 })).toContain('unpacks to more than 1000 bytes');
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    view.setUint32(view.getUint32(lying.length - 6, true) + 24, 900, true);
    expect(await refusal(lying, { bomb: 1000 })).toContain('unpacks to more than 1000 bytes');
  });

  test('refuses another length and another CRC-32 than the directory has, encryption and other methods', async () => {
    expect(await refusal(withDirectory((view, at) => view.setUint32(at + 24, 2, true)))).toContain('3 bytes where the');
    expect(await refusal(withDirectory((view, at) => view.setUint32(at + 16, 2, true)))).toContain('another CRC-32');
    expect(await refusal(withDirectory((view, at) => view.setUint16(at + 8, 1, true)))).toContain('encrypted');
    expect(await refusal(withDirectory((view, at) => view.setUint16(at + 10, 12, true)))).toContain('method 12');
    expect(await refusal(withDirectory((view, at) => view.setUint32(at + 42, 7, true)))).toContain(
      'no entry at its offset',
    );
    expect(await refusal(withDirectory((view, at) => view.setUint32(at, 7, true)))).toContain(
      'entry 0 of the directory',
    );
  });
});
