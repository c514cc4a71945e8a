import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { TapegradError } from '@tapegrad/core';
import { tarEntries } from '../../archives/tarEntries.ts';
import { tarError } from '../../archives/tarHeader.ts';
import { readZip } from '../../archives/zip.ts';
import { zipDirectory } from '../../archives/zipDirectory.ts';
import { ArchiveError, GzipError } from '../../errors.ts';
import type { PictureEntry } from '../../pictures/collection/classify.ts';
import { readFormats } from '../../pictures/collection/skippedPictures.ts';
import { withFile } from '../fileSource.ts';
import { missing } from './walk.ts';

/** Whether a path is called like an archive that is read. */
export const isArchive = (path: string): boolean => /\.(zip|tar|tar\.gz|tgz)$/i.test(path);

const mostEntries = 10_000_000;
/** The most bytes of one picture, and of all together. */
const mostFileBytes = 2 ** 26;
const mostBytes = 2 ** 32;
/** And of an archive with all else that is in it. */
const mostUnpacked = 2 ** 33;

/**
 * What lies in an archive of pictures. It is read in one go and its pictures are kept, packed as they are.
 *
 * @throws ArchiveError or GzipError when it is damaged, or has too much in it
 * @throws MissingFileError when it cannot be read
 */
export async function archiveEntries(path: string): Promise<readonly PictureEntry[]> {
  try {
    return /\.zip$/i.test(path) ? await zipEntries(path) : await entriesOfTar(path);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw missing(
        path,
        `it cannot be read (${'code' in error ? error.code : error})`,
        'an archive of pictures',
        error,
      );
    }
    throw error;
  }
}

async function entriesOfTar(path: string): Promise<PictureEntry[]> {
  const entries: PictureEntry[] = [];
  let bytes = 0;
  const limitOf = (header: { readonly name: string; readonly bytes: number }): number | undefined => {
    const own = withoutDot(header.name);
    if (readFormats.test(own)) {
      bytes += header.bytes;
      if (bytes > mostBytes)
        throw tarError(path, `pictures of more than ${mostBytes} bytes`, `at most ${mostBytes} bytes in all`);
      return mostFileBytes;
    }
    entries.push({ path: own, isFolder: false });
    return undefined;
  };
  for await (const { name, content } of tarEntries(piecesOf(path), { name: path, limitOf, mostEntries })) {
    entries.push({ path: withoutDot(name), isFolder: false, read: () => content });
  }
  return entries;
}

/** The bytes of a tar archive, unpacked where its name says that it is packed. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 2 ** 18 });
  if (/\.tar$/i.test(path)) {
    yield* file as AsyncIterable<Uint8Array>;
    return;
  }
  const unpacked = createGunzip({ chunkSize: 2 ** 18 });
  file.on('error', (error) => unpacked.destroy(error));
  let length = 0;
  try {
    for await (const piece of file.pipe(unpacked) as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > mostUnpacked)
        throw tarError(path, `more than ${mostUnpacked} bytes unpacked`, 'less in one archive');
      yield piece;
    }
  } catch (error) {
    if (error instanceof TapegradError || (error instanceof Error && 'syscall' in error)) throw error;
    throw new GzipError(
      {
        operation: path,
        got: `the archive cannot be unpacked (${error instanceof Error ? error.message : error})`,
        wanted: 'a whole and undamaged gzip file',
        remedy: 'Fetch it again',
      },
      { cause: error },
    );
  } finally {
    file.destroy();
  }
}

async function zipEntries(path: string): Promise<PictureEntry[]> {
  return withFile(path, async (source) => {
    const directory = await zipDirectory(source, path);
    const files = [...directory.values()].filter(({ name }) => !name.endsWith('/'));
    const wanted = files.filter(({ name }) => readFormats.test(name));
    const bytes = wanted.reduce((sum, entry) => sum + entry.bytes, 0);
    if (bytes > mostBytes) {
      throw new ArchiveError({
        operation: path,
        got: `pictures of ${bytes} bytes`,
        wanted: `at most ${mostBytes} bytes in all`,
        remedy: 'Make several archives of it',
      });
    }
    const contents = await readZip(source, {
      name: path,
      wanted: new Map(wanted.map(({ name }) => [name, mostFileBytes])),
    });
    return files.map(({ name }) => {
      const content = contents.get(name);
      return { path: withoutDot(name), isFolder: false, ...(content && { read: () => content }) };
    });
  });
}

const withoutDot = (name: string): string => name.replace(/^(\.\/)+/, '');
