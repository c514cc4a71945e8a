import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { removeAbandoned, writeWhole } from './writeWhole.ts';

describe('writeWhole', () => {
  test('makes the folder and leaves nothing but the file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'deep', 'down', 'file');
    await writeWhole(path, Uint8Array.of(1, 2, 3));
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
    expect(await readdir(join(folder, 'deep', 'down'))).toEqual(['file']);
  });

  test('lets several writers write at once', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    const contents = [1, 2, 3, 4].map((value) => new Uint8Array(300_000).fill(value));
    await Promise.all(contents.map((content) => writeWhole(path, content)));
    const written = await readFile(path);
    expect(contents.some((content) => written.equals(content))).toBe(true);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('writes texts, and replaces what was there', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeWhole(path, 'a longer text');
    await writeWhole(path, 'Ä');
    expect(await readFile(path, 'utf8')).toBe('Ä');
  });

  test('is not kept from writing by what a killed process, or another program, has left half-written', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    const halves = ['file.partial', `file.${process.pid}-01234567-89ab-cdef-0123-456789abcdef.partial`];
    for (const half of halves) await writeFile(join(folder, half), 'half');
    await mkdir(join(folder, 'other.partial'));
    for (const name of ['file', 'other']) await writeWhole(join(folder, name), 'whole');
    expect(await readFile(path, 'utf8')).toBe('whole');
    expect((await readdir(folder)).sort()).toEqual([...halves, 'file', 'other', 'other.partial'].sort());
  });

  test('leaves nothing behind when a folder has that name', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'taken', 'by-a-folder'), { recursive: true });
    await expect(writeWhole(join(folder, 'taken'), Uint8Array.of(1))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('removeAbandoned', () => {
  const id = '7-01234567-89ab-cdef-0123-456789abcdef';
  const [old, young] = [`old.${id}.partial`, `young.${id}.partial`];

  test('removes old unfinished files, and only those', async () => {
    const folder = await temporaryFolder();
    for (const name of [old, young, 'old']) await writeFile(join(folder, name), 'x');
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of [old, 'old']) await utimes(join(folder, name), longAgo, longAgo);
    await removeAbandoned(folder);
    expect((await readdir(folder)).sort()).toEqual(['old', young]);
  });

  test('removes young ones too where nobody else writes', async () => {
    const folder = await temporaryFolder();
    for (const name of [young, 'young']) await writeFile(join(folder, name), 'x');
    await removeAbandoned(folder, { olderThan: 0 });
    expect(await readdir(folder)).toEqual(['young']);
  });

  test("leaves other programs' files alone, whatever they end in, and those that were to have other names", async () => {
    const folder = await temporaryFolder();
    const others = ['movie.mkv.partial', 'movie.mkv.7-a.partial', '.partial', `model.${id}.partial`];
    for (const name of [...others, young]) await writeFile(join(folder, name), 'x');
    await removeAbandoned(folder, { olderThan: 0, isOwn: (name) => name === 'young' });
    expect((await readdir(folder)).sort()).toEqual([...others].sort());
  });

  test('has nothing to say about a folder that is not there', async () => {
    await expect(removeAbandoned(join(await temporaryFolder(), 'nowhere'))).resolves.toBeUndefined();
  });
});
