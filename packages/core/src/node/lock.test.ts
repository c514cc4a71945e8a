import { spawnSync } from 'node:child_process';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { takeLock } from './lock.ts';

const pathOf = async (): Promise<string> => join(await temporaryFolder(), 'lock');
const taken = async (path: string) => {
  const outcome = await takeLock(path);
  if ('holder' in outcome) throw new Error(`held by ${outcome.holder.pid}`);
  return outcome.lock;
};
/** The number of a process that has ended. */
const ended = (): number => spawnSync(process.execPath, ['-e', '']).pid;
const left = (pid: number, host = hostname(), since = Date.now()): string =>
  JSON.stringify({ pid, host, since, token: 'left' });

test('a lock is held by one at a time, and free again once it is released', async () => {
  const path = await pathOf();
  const lock = await taken(path);
  expect(await takeLock(path)).toMatchObject({ holder: { pid: process.pid, host: hostname() } });
  await lock.release();
  expect(await readdir(join(path, '..'))).toEqual([]);
  await (await taken(path)).release();
});

test('of many that ask at once one gets it', async () => {
  for (const before of [undefined, ...Array.from({ length: 30 }, () => left(2 ** 22 + 1))]) {
    const path = await pathOf();
    if (before !== undefined) await writeFile(path, before);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
    expect(outcomes.filter((outcome) => 'lock' in outcome)).toHaveLength(1);
    expect(await readdir(join(path, '..'))).toEqual(['lock']);
  }
});

test('a process that was killed while it took over keeps nobody else from it for long', async () => {
  const path = await pathOf();
  await writeFile(path, left(ended()));
  await writeFile(`${path}.takeover`, '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(`${path}.takeover`, longAgo, longAgo);
  await taken(path);
  expect(await readdir(join(path, '..'))).toEqual(['lock']);
});

test('one that a process left behind is taken over, and its process is named', async () => {
  const path = await pathOf();
  const pid = ended();
  await writeFile(path, left(pid));
  expect((await taken(path)).leftBy).toMatchObject({ pid, host: hostname() });
});

test('one of an earlier process that had the number of this one is taken over', async () => {
  const path = await pathOf();
  await writeFile(path, left(process.pid, hostname(), Date.now() - process.uptime() * 1000 - 60_000));
  expect((await taken(path)).leftBy).toMatchObject({ pid: process.pid });
});

test('one of a process that runs, or of another machine, is left alone', async () => {
  for (const content of [left(process.ppid), left(ended(), 'another-machine')]) {
    const path = await pathOf();
    await writeFile(path, content);
    expect(await takeLock(path)).toHaveProperty('holder');
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});

test('one that says nothing is held while it is young', async () => {
  const path = await pathOf();
  await writeFile(path, '');
  expect(await takeLock(path)).toMatchObject({ holder: { pid: 0 } });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(path, longAgo, longAgo);
  await taken(path);
});

test('is given back by nobody but its holder', async () => {
  const path = await pathOf();
  const lock = await taken(path);
  await writeFile(path, left(process.ppid));
  await lock.release();
  expect(await readdir(join(path, '..'))).toEqual(['lock']);
});

test('where there can be none is an error', async () => {
  await expect(takeLock(join(await pathOf(), 'nowhere'))).rejects.toThrow('ENOENT');
});
