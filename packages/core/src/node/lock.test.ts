import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, watch } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
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
const left = (pid: number, host = hostname(), since = Date.now(), token = 'left'): string =>
  JSON.stringify({ pid, host, since, token });

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

test('a process that was killed while it took over keeps nobody else from it', async () => {
  const path = await pathOf();
  await writeFile(path, left(ended()));
  // In its turn, one was killed; so was the one that had its turn after that.
  await writeFile(`${path}.left`, left(ended(), hostname(), Date.now(), 'second'));
  await writeFile(`${path}.left.second`, left(ended(), hostname(), Date.now(), 'third'));
  await taken(path);
  expect(await readdir(join(path, '..'))).toEqual(['lock']);
});

test('nothing stays of one that was killed when it had taken over', async () => {
  const path = await pathOf();
  await writeFile(path, left(ended()));
  await writeFile(`${path}.01234567-89ab-cdef-0123-456789abcdef`, left(ended()));
  await taken(path);
  expect(await readdir(join(path, '..'))).toEqual(['lock']);
});

test('a lock says whose it is from the moment that it is there', async () => {
  const path = await pathOf();
  const watcher = watch(join(path, '..'), (_, name) => {
    if (name === 'lock' && existsSync(path)) seen.push(readFileSync(path, 'utf8'));
  });
  const seen: string[] = [];
  for (let round = 0; round < 50; round++) await (await taken(path)).release();
  watcher.close();
  expect(seen.filter((text) => !text.includes(`"pid":${process.pid}`))).toEqual([]);
});

test('one from before the machine was started is taken over, whoever has the number now', async () => {
  const path = await pathOf();
  const before = Date.now() - uptime() * 1000 - 60_000;
  await writeFile(path, left(process.ppid, hostname(), before));
  expect((await taken(path)).leftBy).toMatchObject({ pid: process.ppid });
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
