import { checkEntryName } from './entryName.ts';
import { readTarHeader, type TarHeader, tarBlock, tarError } from './tarHeader.ts';

/** An entry of a tar archive with its content. */
export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Which entries are read. */
export interface TarChoice {
  /** The archive's name, for the messages of errors. */
  readonly name: string;
  /** How many bytes the entry may have; `undefined` for one that is not wanted. */
  readonly limitOf: (header: TarHeader) => number | undefined;
  /** How many entries there may be. */
  readonly mostEntries: number;
}

/**
 * The entries of a tar archive that are wanted, one after the other, out of its bytes as they come. All others are passed over
 * without being kept. Nothing is written anywhere, and links are not followed.
 *
 * @throws ArchiveError when the archive is damaged, or names a path outside of itself
 * @throws whatever `pieces` throws
 */
export async function* tarEntries(
  pieces: AsyncIterable<Uint8Array>,
  { name, limitOf, mostEntries }: TarChoice,
): AsyncGenerator<TarEntry, void, undefined> {
  const bytes = byteReader(pieces, name);
  try {
    for (let entries = 0; ; entries++) {
      const block = await bytes.takeOrEnd(tarBlock);
      const header = block && readTarHeader(block, name);
      if (!header) {
        // What follows is filling; it is read so that whoever unpacks it comes to their checksum.
        await bytes.skipAll();
        return;
      }
      if (entries >= mostEntries) throw tarError(name, `more than ${mostEntries} entries`);
      checkEntryName(header.name, name);
      const limit = header.isFile ? limitOf(header) : undefined;
      const filling = (tarBlock - (header.bytes % tarBlock)) % tarBlock;
      if (limit === undefined) {
        await bytes.skip(header.bytes + filling);
        continue;
      }
      if (header.bytes > limit) {
        throw tarError(`${name}: ${header.name}`, `${header.bytes} bytes`, `at most ${limit} bytes`);
      }
      const content = await bytes.take(header.bytes);
      await bytes.skip(filling);
      yield { name: header.name, content };
    }
  } finally {
    await bytes.stop();
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
    async skipAll(): Promise<void> {
      for (;;) if ((await next(2 ** 20, () => undefined)) < 2 ** 20) return;
    },
    async stop(): Promise<void> {
      await iterator.return?.();
    },
  };
}
