import { ChecksumError, IdxError } from '../errors.ts';
import { checkSha256 } from '../formats/checksum.ts';
import { gunzipIfNeeded, isGzip } from '../formats/gzip.ts';
import { readIdx } from '../formats/idx.ts';
import type { DataFile, DatasetDescription } from './description.ts';

/** What {@link fileContent} needs beside the bytes. */
export interface FileContentOptions {
  readonly dataset: Pick<DatasetDescription, 'title' | 'files'>;
  /** What to call the file in the messages of errors; its path, where it has one. Default: its name. */
  readonly name?: string;
  /**
   * Whether bytes pass whose checksum is known only of their gzip file, when they come unpacked. So they may in a folder
   * that the user has named, and in an archive that was checked as a whole. Default: false.
   */
  readonly isTrusted?: boolean;
}

/**
 * The content of one of a dataset's files, unpacked where it was gzipped, and checked down to the last byte.
 *
 * @throws GzipError, IdxError or ChecksumError when it is not what the dataset has under this name
 */
export async function fileContent(
  file: DataFile,
  bytes: Uint8Array,
  { dataset, name = file.name, isTrusted = false }: FileContentOptions,
): Promise<Uint8Array> {
  const content = await gunzipIfNeeded(bytes, { name, limit: file.bytes });
  // A hash alone would be enough; these tell more about what is wrong.
  if (file.shape) checkShape(content, file.shape, name, dataset);
  if (content.length !== file.bytes) {
    throw new ChecksumError({
      operation: name,
      got: `${content.length} bytes`,
      wanted: `${file.bytes} bytes, as ${dataset.title} has them`,
      remedy: 'Fetch the file again, or check that it belongs to this dataset',
    });
  }
  if (file.gzip && isGzip(bytes)) await checkSha256(bytes, { name, sha256: file.gzip.sha256 });
  else if (file.sha256) await checkSha256(content, { name, sha256: file.sha256 });
  else if (!isTrusted) {
    throw new ChecksumError({
      operation: name,
      got: 'a file without a known checksum',
      wanted: file.gzip ? 'the gzip file that the publisher vouches for' : 'a file that comes in a checked archive',
      remedy: 'Fetch the file as its publisher serves it',
    });
  }
  return content;
}

function checkShape(
  content: Uint8Array,
  wanted: readonly number[],
  name: string,
  { title, files }: FileContentOptions['dataset'],
): void {
  const { shape } = readIdx(content, { name });
  if (shape.join() === wanted.join()) return;
  throw new IdxError({
    operation: name,
    got: `an array of shape [${shape.join(', ')}]`,
    wanted: `shape [${wanted.join(', ')}], as ${title} has it`,
    remedy: `Check that the ${numberInWords(files.length)} files of ${title} are not mixed up with others`,
  });
}

/** Small numbers as words, for sentences. */
export function numberInWords(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
}
