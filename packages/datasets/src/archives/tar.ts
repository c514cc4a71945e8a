import { checkOptions, checkSurplus, wrongKind } from '@tapegrad/core/authors';
import { tarEntries } from './tarEntries.ts';
import { type TarHeader, tarError } from './tarHeader.ts';
import type { ReadArchiveOptions } from './zip.ts';
import { checkWanted, readArchiveOptions } from './zip.ts';

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
  checkWanted('readTar', wanted);
  const contents = new Map<string, Uint8Array>();
  const limitOf = (header: TarHeader): number | undefined => {
    if (contents.has(header.name)) throw tarError(name, `two entries called ${header.name}`);
    return wanted.get(header.name);
  };
  if (wanted.size === 0) return contents;
  for await (const entry of tarEntries(pieces, { name, limitOf, mostEntries })) {
    contents.set(entry.name, entry.content);
    if (contents.size === wanted.size) break;
  }
  const missing = [...wanted.keys()].filter((each) => !contents.has(each));
  if (missing.length === 0) return contents;
  throw tarError(name, `no entry called ${missing.join(', ')}`, `the archive with ${[...wanted.keys()].join(', ')}`);
}
