import { isGzip } from '../formats/gzip.ts';
import type { DataFile, DatasetDescription } from '../sources/description.ts';
import { fileContent, numberInWords } from '../sources/fileContent.ts';
import { type DownloadOptions, download } from './download.ts';
import { memorySink } from './sink.ts';

/** A file of a dataset that has come whole and unspoilt. */
export interface Downloaded {
  /** What was in it. */
  readonly content: Uint8Array;
  /** The bytes as they came: those that the publisher vouches for, where these are the gzipped ones. */
  readonly bytes: Uint8Array;
  readonly mirror: string;
}

/**
 * One of a dataset's files from the first mirror that has it, unpacked and checked.
 *
 * @throws DownloadError when no mirror could give it, with what each of them did
 * @throws the reason of `signal` when that is what ended it
 */
export async function downloadFile(
  file: DataFile,
  dataset: Pick<DatasetDescription, 'title' | 'files'>,
  options: DownloadOptions,
): Promise<Downloaded> {
  const open = async () =>
    memorySink(async (bytes) => ({ bytes, content: await fileContent(file, bytes, { dataset }) }));
  const wanted = {
    name: file.name,
    path: `${file.name}.gz`,
    bytes: file.bytes,
    // What does not compress grows a little in a gzip file, but never by as much as this.
    limit: file.bytes + 2 ** 16,
    remedy: remedyFor(dataset),
  };
  const { result, mirror } = await download(wanted, open, options);
  return { ...result, mirror };
}

/** What to do where a file of the dataset cannot be had. */
export function remedyFor({ title, files }: Pick<DatasetDescription, 'title' | 'files'>): string {
  const count = numberInWords(files.length);
  const where = title === 'MNIST' ? 'name it in TAPEGRAD_DATA' : 'name it as dataDirectory';
  return `Check the network, or put the ${count} files of ${title} in a folder and ${where}`;
}

/** The name and the bytes under which a file is kept: gzipped where its checksum is of that, otherwise unpacked. */
export function keptForm(file: DataFile, { content, bytes }: Pick<Downloaded, 'content' | 'bytes'>) {
  return file.gzip && isGzip(bytes) ? { name: keptName(file), bytes } : { name: keptName(file), bytes: content };
}

/** The name under which a file is kept. */
export function keptName(file: DataFile): string {
  return file.gzip ? `${file.name}.gz` : file.name;
}
