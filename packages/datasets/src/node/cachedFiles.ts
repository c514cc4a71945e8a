import { join } from 'node:path';
import { TapegradError } from '@tapegrad/core';
import { writeWhole } from '@tapegrad/core/node';
import { type Downloaded, keptForm, keptName } from '../download/datasetFile.ts';
import { MissingFileError } from '../errors.ts';
import type { DataFile, DatasetDescription } from '../sources/description.ts';
import { fileContent } from '../sources/fileContent.ts';
import { readArchive } from './keptArchive.ts';
import { readBounded } from './readBounded.ts';

/** The contents of the files that lie in the cache unbroken, and a sentence about each that is broken. */
export async function readCache(
  cache: string,
  dataset: DatasetDescription,
): Promise<{ contents: Map<string, Uint8Array>; broken: readonly string[] }> {
  const { archive } = dataset;
  const broken: string[] = [];
  /** What `read` gives, unless the file is broken, which is told, or not there, which is the usual case. */
  const ifWhole = async <Content>(path: string, read: () => Promise<Content>): Promise<Content | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof TapegradError)) throw error;
      if (!(error instanceof MissingFileError)) {
        broken.push(`The cached file ${path} is broken and not used: ${error.got}.`);
      }
      return undefined;
    }
  };
  if (archive) {
    const path = join(cache, archive.name);
    const contents = await ifWhole(path, () => readArchive(path, dataset, archive));
    return { contents: contents ?? new Map(), broken };
  }
  const contents = new Map<string, Uint8Array>();
  for (const file of dataset.files) {
    const path = join(cache, keptName(file));
    const content = await ifWhole(path, async () =>
      fileContent(file, await readBounded(path, file, dataset), { dataset, name: path }),
    );
    if (content) contents.set(file.name, content);
  }
  return { contents, broken };
}

/**
 * Keeps a file in the cache. A cache that cannot be written to costs the next run a download, and is no reason to stop
 * this one.
 *
 * @returns a sentence about what went wrong, if anything did
 */
export async function keepInCache(cache: string, file: DataFile, downloaded: Downloaded): Promise<string | undefined> {
  const { name, bytes } = keptForm(file, downloaded);
  const path = join(cache, name);
  try {
    await writeWhole(path, bytes);
    return undefined;
  } catch (error) {
    return `The download could not be kept as ${path}: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
