import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, removeAbandoned, unfinishedName } from '@tapegrad/core/node';
import { arraySource } from '../archives/byteSource.ts';
import { remedyFor } from '../download/datasetFile.ts';
import { type DownloadOptions, download } from '../download/download.ts';
import { memorySink, type Sink } from '../download/sink.ts';
import { checkSha256 } from '../formats/checksum.ts';
import { archiveContents } from '../sources/archiveContents.ts';
import type { ArchiveFile, DatasetDescription } from '../sources/description.ts';
import { checkDigest, checkLength, checkSource, withFile } from './fileSource.ts';
import { unreadable } from './readBounded.ts';

/**
 * The contents of a dataset's files, by their names, out of its archive on the disk, which is checked first.
 *
 * @throws MissingFileError when the archive cannot be read
 * @throws ChecksumError, ArchiveError, GzipError or IdxError when it is not the one meant
 */
export async function readArchive(
  path: string,
  dataset: DatasetDescription,
  archive: ArchiveFile,
): Promise<Map<string, Uint8Array>> {
  try {
    return await withFile(path, async (source) => {
      await checkSource(source, { name: path, bytes: archive.bytes, sha256: archive.sha256 });
      return archiveContents(source, dataset, archive, path);
    });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw unreadable(path, error, dataset.title);
    throw error;
  }
}

/**
 * Downloads a dataset's archive to a path on the disk, where it is whole or not at all, and gives its contents. Where
 * the path cannot be written to, the archive is held in memory instead.
 *
 * @param tell hears of a path that cannot be written to
 * @throws DownloadError when no mirror could give it
 */
export async function downloadArchive(
  path: string,
  dataset: DatasetDescription,
  archive: ArchiveFile,
  options: DownloadOptions,
  tell: (sentence: string) => void,
): Promise<{ contents: Map<string, Uint8Array>; mirror: string }> {
  await removeAbandoned(dirname(path));
  const wanted = { ...archive, path: archive.name, limit: archive.bytes, remedy: remedyFor(dataset) };
  let isTold = false;
  const openSink = async (): Promise<Sink<Map<string, Uint8Array>>> => {
    try {
      return await diskSink(path, archive, () => readArchive(path, dataset, archive));
    } catch (error) {
      if (!isTold)
        tell(`The download could not be kept as ${path}: ${error instanceof Error ? error.message : error}.`);
      isTold = true;
      return memorySink(async (bytes) => {
        await checkSha256(bytes, { name: archive.name, sha256: archive.sha256 });
        return archiveContents(arraySource(bytes), dataset, archive);
      });
    }
  };
  const { result, mirror } = await download(wanted, openSink, options);
  return { contents: result, mirror };
}

/** Writes what comes under a name of its own beside that path, and renames it when it is whole and the one meant. */
async function diskSink<Result>(
  path: string,
  { name, bytes, sha256 }: ArchiveFile,
  read: () => Promise<Result>,
): Promise<Sink<Result>> {
  await makeFolder(dirname(path));
  const temporary = unfinishedName(path);
  const file: FileHandle = await open(temporary, 'wx');
  const hash = createHash('sha256');
  let length = 0;
  return {
    async take(piece) {
      hash.update(piece);
      length += piece.length;
      await file.writeFile(piece);
    },
    async finish() {
      checkLength(length, bytes, name);
      checkDigest(hash.digest('hex'), sha256, name);
      await file.sync();
      await file.close();
      await rename(temporary, path);
      return read();
    },
    async abandon() {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
