import { join } from 'node:path';
import { TapegradError } from '@tapegrad/core';
import { MissingFileError } from '../errors.ts';
import { mnistContent } from '../mnist.ts';
import type { MnistFile } from '../mnist-files.ts';
import { readBounded } from './data-folder.ts';
import { writeWhole } from './keep.ts';

/** The contents of the files that lie in the cache unbroken, and a sentence about each that is broken. */
export async function readCache(
  cache: string,
  files: readonly MnistFile[],
): Promise<{ contents: Record<string, Uint8Array>; broken: readonly string[] }> {
  const contents: Record<string, Uint8Array> = {};
  const broken: string[] = [];
  for (const file of files) {
    const path = join(cache, file.name);
    try {
      contents[file.name] = await mnistContent(file, await readBounded(path, file), path);
    } catch (error) {
      if (!(error instanceof TapegradError)) throw error;
      // Not being there is the usual case, and no more than that.
      if (error instanceof MissingFileError) continue;
      broken.push(`The cached file ${path} is broken and not used: ${error.got}.`);
    }
  }
  return { contents, broken };
}

/**
 * Keeps a file's content in the cache, unpacked. A cache that cannot be written to costs the next run a download, and
 * is no reason to stop this one.
 *
 * @returns a sentence about what went wrong, if anything did
 */
export async function keepInCache(cache: string, file: MnistFile, content: Uint8Array): Promise<string | undefined> {
  const path = join(cache, file.name);
  try {
    await writeWhole(path, content);
    return undefined;
  } catch (error) {
    return `The download could not be kept as ${path}: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
