import { checkOptions, checkSurplus, wrongKind } from '@tapegrad/core/authors';
import { checkEntryName } from './entryName.ts';
import { readTarHeader, type TarHeader, tarBlock, tarError } from './tarHeader.ts';
import type { ReadArchiveOptions } from './zip.ts';
import { readArchiveOptions } from './zip.ts';

/** No archive of a dataset has as many. */
const mostEntries = 10_000;

/**
 * Some entries of a tar archive, by their names, out of its bytes as they come. Only what is wanted is kept, in memory
 * and within its limit; reading ends with the last of them. Nothing is written anywhere, and links are not followed.
 *
 * @example
 * const empty = async function* () {
 *   yield new Uint8Array(1024);
 * };
 * await readTar(empty(), { name: 'empty.tar', wanted: new Map() }) // {}
 * @throws ArchiveError when the archive is damaged, names a path outside of itself, or lacks an entry that is wanted
 * @throws whatever `pieces` throws
 */
export async function readTar(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadArchiveOptions,
  ...surplus: []
): Promise<Map<string, Uint8Array>> {
  checkSurplus('readTar', surplus);
  const { name, wanted } = checkOptions('readTar', options, readArchiveOptions);
  if (typeof Object(pieces)[Symbol.asyncIterator] !== 'function') {
    throw wrongKind('readTar', 'pieces', pieces, {
      wanted: 'pieces of the archive, one after the other',
      remedy: 'Give a stream, `createReadStream(path)` or `response.body`',
    });
  }
  const contents = new Map<string, Uint8Array>();
  const bytes = byteReader(pieces, name);
  try {
    for (let entries = 0; contents.size < wanted.size; entries++) {
      const block = await bytes.takeOrEnd(tarBlock);
      const header = block && readTarHeader(block, name);
      if (!header) break;
      if (entries >= mostEntries) throw tarError(name, `more than ${mostEntries} entries`);
      const limit = limitOf(header);
      const filling = (tarBlock - (header.bytes % tarBlock)) % tarBlock;
      if (limit === undefined) {
        await bytes.skip(header.bytes + filling);
        continue;
      }
      if (header.bytes > limit) {
        throw tarError(`${name}: ${header.name}`, `${header.bytes} bytes`, `at most ${limit} bytes`);
      }
      contents.set(header.name, await bytes.take(header.bytes));
      await bytes.skip(filling);
    }
  } finally {
    await bytes.stop();
  }
  const missing = [...wanted.keys()].filter((each) => !contents.has(each));
  if (missing.length === 0) return contents;
  throw tarError(name, `no entry called ${missing.join(', ')}`, `the archive with ${[...wanted.keys()].join(', ')}`);

  /** How large the entry may be; `undefined` when it is not wanted. */
  function limitOf(header: TarHeader): number | undefined {
    checkEntryName(header.name, name);
    if (!header.isFile) return undefined;
    if (contents.has(header.name)) throw tarError(name, `two entries called ${header.name}`);
    return wanted.get(header.name);
  }
}

/** Reads given numbers of bytes from pieces of any length. */
function byteReader(pieces: AsyncIterable<Uint8Array>, name: string) {
  const iterator = pieces[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  /** Hands the next `count` bytes to `use`, in parts; gives back how many there were. */
  async function next(count: number, use: (part: Uint8Array, at: number) => void): Promise<number> {
    let at = 0;
    while (at < count) {
      if (rest.length === 0) {
        const { done, value } = await iterator.next();
        if (done) break;
        rest = value;
        continue;
      }
      const part = rest.subarray(0, count - at);
      use(part, at);
      at += part.length;
      rest = rest.subarray(part.length);
    }
    return at;
  }
  /** The next bytes, or `undefined` when not one of them is left. */
  async function takeOrEnd(count: number): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(count);
    const got = await next(count, (part, at) => bytes.set(part, at));
    if (got === count) return bytes;
    if (got === 0) return undefined;
    throw tarError(name, 'the archive ends inside an entry');
  }
  return {
    takeOrEnd,
    async take(count: number): Promise<Uint8Array> {
      const bytes = await takeOrEnd(count);
      if (!bytes) throw tarError(name, 'the archive ends before the content of an entry');
      return bytes;
    },
    async skip(count: number): Promise<void> {
      if ((await next(count, () => undefined)) < count) throw tarError(name, 'the archive ends inside an entry');
    },
    async stop(): Promise<void> {
      await iterator.return?.();
    },
  };
}
