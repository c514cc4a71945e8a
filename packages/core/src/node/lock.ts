import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { unfinishedName } from './writeWhole.ts';

/** Who holds a lock. */
export interface LockHolder {
  /** The process, on the machine `host`; 0 where the file does not say. */
  readonly pid: number;
  readonly host: string;
  /** When it took the lock, in milliseconds since 1970. */
  readonly since: number;
}

/** A lock that is held. */
export interface Lock {
  /** The process that had left it behind, where one was killed before. */
  readonly leftBy: LockHolder | undefined;
  /** Gives the lock back. The end of the process does so too. */
  release(): Promise<void>;
}

interface Written extends LockHolder {
  /** Tells their lock from every other one. */
  readonly token: string;
}

/** For so many milliseconds a file that says nothing is one that somebody is writing; an older one was left behind. */
const patience = 10_000;

/** How often to look again while somebody else takes a lock over, and after how many milliseconds. */
const [attempts, pause] = [100, 20];

/** Clocks are read one after the other. */
const slack = 2000;

/**
 * Takes a lock, a small file that says who holds it, so that two programs do not write in the same folder.
 *
 * A lock whose process has ended is taken over: on the same machine, where that can be seen. That of another machine holds
 * until somebody removes the file.
 *
 * @returns the lock, or who holds it
 * @example
 * const taken = await takeLock(`${tmpdir()}/example-${process.pid}.lock`);
 * if ('lock' in taken) await taken.lock.release();
 * @throws Error of the file system where no file can be
 */
export async function takeLock(path: string): Promise<{ readonly lock: Lock } | { readonly holder: LockHolder }> {
  const own: Written = { pid: process.pid, host: hostname(), since: Date.now(), token: randomUUID() };
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await create(path, own)) return { lock: lockOf(path, own, undefined) };
    const found = await look(path);
    if (!found) continue;
    if (isAlive(found)) return { holder: found };
    if (await takeOver(path, found, own)) {
      await removeTurns(path);
      return { lock: lockOf(path, own, found) };
    }
    // Somebody else takes it over; then their lock is found the next time.
    await setTimeout(pause);
  }
  return { holder: (await look(path)) ?? nobody };
}

const nobody: Written = { pid: 0, host: '', since: 0, token: '' };

/**
 * Makes the file if there is none, whole at once: a process that is killed meanwhile leaves no lock that does not say whose
 * it is. For that it is written under another name, and given its own by a link, which replaces nothing.
 */
async function create(path: string, own: Written): Promise<boolean> {
  const temporary = unfinishedName(path);
  await writeFile(temporary, JSON.stringify(own), { flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    // Whoever has got the lock meanwhile has cleared the unfinished files away.
    if (isCode(error, 'ENOENT')) return false;
    return createWithoutLinks(path, own);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The same on a file system that has no links. */
function createWithoutLinks(path: string, own: Written): boolean {
  try {
    writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** What a lock says; `undefined` where there is none any more. One that says nothing is held while it is young. */
async function look(path: string): Promise<Written | undefined> {
  const seen = await stat(path).catch(() => undefined);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (!seen || text === undefined) return undefined;
  return parse(text) ?? { ...nobody, since: seen.mtimeMs };
}

function parse(text: string): Written | undefined {
  try {
    const { pid, host, since, token } = JSON.parse(text);
    const isRight = Number.isSafeInteger(pid) && pid > 0 && Number.isFinite(since);
    return isRight && typeof host === 'string' && typeof token === 'string' ? { pid, host, since, token } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, since }: LockHolder): boolean {
  if (pid === 0) return Date.now() - since < patience;
  if (host !== hostname()) return true;
  if (since < Date.now() - uptime() * 1000 - slack) return false;
  // A number is given out again: a lock from before this process began is not its own.
  if (pid === process.pid) return since >= Date.now() - process.uptime() * 1000 - slack;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/**
 * Puts a lock where one was left behind, and nowhere else. Those that want to take turns: the turn is a lock
 * itself, named after the one that was left behind, so that it can be left behind and taken over too. Nobody else removes a
 * lock whose process has ended, and no two locks have the same token: what is found in one's turn stays so.
 */
async function takeOver(path: string, left: Written, own: Written): Promise<boolean> {
  const turn = `${path}.${left.token}`;
  if (!(await create(turn, own))) {
    const other = await look(turn);
    if (!other || isAlive(other) || !(await takeOver(turn, other, own))) return false;
  }
  try {
    if ((await look(path))?.token !== left.token) return false;
    const temporary = unfinishedName(path);
    await writeFile(temporary, JSON.stringify(own), { flag: 'wx' });
    await rename(temporary, path);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

/** Removes the turns of processes that were killed after they had replaced a lock. They are about locks that are gone. */
async function removeTurns(path: string): Promise<void> {
  const isTurn = (name: string): boolean => name.startsWith(`${basename(path)}.`) && endsInToken.test(name);
  for (const name of (await readdir(dirname(path))).filter(isTurn))
    await rm(join(dirname(path), name), { force: true });
}

const endsInToken = /\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The locks of this process, by their files, with their tokens. */
const held = new Map<string, string>();

function releaseAll(): void {
  for (const [path, token] of held) {
    try {
      if (parse(readFileSync(path, 'utf8'))?.token === token) rmSync(path, { force: true });
    } catch {
      // It is gone, or will be noticed as left behind.
    }
  }
}

function lockOf(path: string, { token }: Written, leftBy: LockHolder | undefined): Lock {
  if (held.size === 0) process.on('exit', releaseAll);
  held.set(path, token);
  return {
    leftBy,
    release: async () => {
      if (held.get(path) !== token) return;
      held.delete(path);
      if (held.size === 0) process.off('exit', releaseAll);
      if ((await look(path))?.token === token) await rm(path, { force: true });
    },
  };
}
