import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';

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

/** How long it may take to write a lock, in milliseconds: an empty one that is older was left behind. */
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
 * @throws Error of the file system where no file can be
 */
export async function takeLock(path: string): Promise<{ readonly lock: Lock } | { readonly holder: LockHolder }> {
  const own: Written = { pid: process.pid, host: hostname(), since: Date.now(), token: randomUUID() };
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await create(path, own)) return { lock: lockOf(path, own, undefined) };
    const found = await look(path);
    if (!found) continue;
    if (isAlive(found)) return { holder: found };
    if (await takeOver(path, found, own)) return { lock: lockOf(path, own, found) };
    // Somebody else takes it over; then their lock is found the next time.
    await setTimeout(pause);
  }
  return { holder: (await look(path)) ?? nobody };
}

const nobody: Written = { pid: 0, host: '', since: 0, token: '' };

async function create(path: string, own: Written): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(own));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

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
  // A number is given out again: a lock from before this process began is not its own.
  if (pid === process.pid) return since >= Date.now() - process.uptime() * 1000 - slack;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Puts a lock in the stead of one that was left behind, and of no other: of those that want to, one may at a time, the one
 * that makes the file `….takeover`. Nobody else removes a lock whose process has ended.
 */
async function takeOver(path: string, { token }: Written, own: Written): Promise<boolean> {
  const turn = `${path}.takeover`;
  if (!(await create(turn, own))) {
    await removeOld(turn);
    return false;
  }
  try {
    if ((await look(path))?.token !== token) return false;
    await rm(path, { force: true });
    return await create(path, own);
  } finally {
    await rm(turn, { force: true });
  }
}

/** Removes what a process has left that was killed in its turn, which takes no longer than a few calls of the file system. */
async function removeOld(turn: string): Promise<void> {
  const seen = await stat(turn).catch(() => undefined);
  if (seen && Date.now() - seen.mtimeMs > patience) await rm(turn, { force: true });
}

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
