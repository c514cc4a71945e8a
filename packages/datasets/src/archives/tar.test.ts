import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TarEntry, writeTar } from '../../test/writeTar.ts';
import { ArchiveError } from '../errors.ts';
import { readTar } from './tar.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const entries: readonly TarEntry[] = [
  { name: 'folder/', content: text(''), type: '5' },
  { name: 'folder/one', content: text('one') },
  { name: 'note', content: text('17 path=elsewhere\n'), type: 'x' },
  { name: 'folder/two', content: new Uint8Array(1024).fill(2) },
];
async function* piecesOf(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
const read = (bytes: Uint8Array, wanted: Readonly<Record<string, number>>, length = 100) =>
  readTar(piecesOf(bytes, length), { name: 'some.tar', wanted: new Map(Object.entries(wanted)) });
const refusal = async (bytes: Uint8Array, wanted: Readonly<Record<string, number>> = { 'folder/two': 2000 }) => {
  const error: unknown = await read(bytes, wanted).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ArchiveError);
  return (error as ArchiveError).message;
};

describe('readTar', () => {
  test('gives what is wanted, however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (length) => {
        const contents = await read(writeTar(entries), { 'folder/two': 1024, 'folder/one': 3 }, length);
        expect(contents.get('folder/one')).toEqual(text('one'));
        expect(contents.get('folder/two')).toEqual(new Uint8Array(1024).fill(2));
        expect(contents.size).toBe(2);
      }),
    );
  });

  test('stops after the last entry that is wanted', async () => {
    let asked = 0;
    async function* counted() {
      for await (const piece of piecesOf(
        writeTar([...entries, ...entries.map((each) => ({ ...each, name: `${each.name}2` }))]),
        512,
      )) {
        asked++;
        yield piece;
      }
    }
    await readTar(counted(), { name: 'some.tar', wanted: new Map([['folder/one', 3]]) });
    expect(asked).toBeLessThanOrEqual(3);
  });

  test.each(['../out', '/etc/passwd', 'a/../../b', 'C:/windows', ''])('refuses the name %j', async (name) => {
    expect(await refusal(writeTar([{ name, content: text('evil') }, ...entries]))).toContain('names that stay inside');
  });

  test('follows no link, not even one of the right name', async () => {
    const link = { name: 'folder/two', content: text(''), type: '2' };
    expect(await refusal(writeTar([link, ...entries.slice(0, 2)]))).toMatchInlineSnapshot(
      `"some.tar: no entry called folder/two; wanted the archive with folder/two. Fetch the archive again."`,
    );
  });

  test('refuses what is larger than it may be, comes twice, lies about its size, or ends too soon', async () => {
    expect(await refusal(writeTar(entries), { 'folder/two': 1023 })).toContain('1024 bytes; wanted at most 1023 bytes');
    const twice = writeTar([entries[1], entries[1]]);
    expect(await refusal(twice, { 'folder/one': 9, other: 1 })).toContain('two entries called folder/one');
    expect(await refusal(writeTar([{ ...entries[1], size: '-0000000001\0' }]))).toContain('a header without a size');
    expect(await refusal(writeTar([{ ...entries[1], size: '\x80\0\0\0\0\0\0\0\0\0\0\x01' }]))).toContain(
      'without a size',
    );
    expect(await refusal(writeTar(entries).subarray(0, 2600))).toContain('ends inside an entry');
    expect(await refusal(writeTar([{ ...entries[1], size: '77777777777\0' }]))).toContain('ends inside an entry');
    expect(await refusal(new Uint8Array(0))).toContain('no entry called');
    const broken = writeTar(entries);
    broken[0] ^= 1;
    expect(await refusal(broken)).toContain('a header whose sum is wrong');
  });
});
