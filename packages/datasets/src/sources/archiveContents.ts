import { type ByteSource, piecesOf } from '../archives/byteSource.ts';
import { inflatePieces } from '../archives/inflate.ts';
import { readTar } from '../archives/tar.ts';
import { readZip } from '../archives/zip.ts';
import { gunzipping } from '../formats/gzip.ts';
import type { ArchiveFile, DatasetDescription } from './description.ts';
import { fileContent } from './fileContent.ts';

/** What a file may have more than its content when it lies packed in an archive. */
const packing = 2 ** 16;

/**
 * The contents of a dataset's files, by their names, out of its archive, which must have been checked before.
 *
 * @param name what to call the archive in the messages of errors; its path, where it has one
 * @throws ArchiveError, GzipError, IdxError or ChecksumError when they are not in it as they should be
 */
export async function archiveContents(
  source: ByteSource,
  dataset: DatasetDescription,
  archive: ArchiveFile,
  name: string = archive.name,
): Promise<Map<string, Uint8Array>> {
  const entryOf = (file: { readonly name: string }): string => `${archive.prefix}${file.name}${archive.suffix}`;
  const wanted = new Map(dataset.files.map((file) => [entryOf(file), file.bytes + packing]));
  const entries = await (archive.format === 'zip'
    ? readZip(source, { name, wanted })
    : readTar(inflatePieces(piecesOf(source), gunzipping(source.size, { name, limit: unpackedLimit(dataset) })), {
        name,
        wanted,
      }));
  const contents = new Map<string, Uint8Array>();
  for (const file of dataset.files) {
    const bytes = entries.get(entryOf(file)) ?? new Uint8Array(0);
    const options = { dataset, name: `${name}: ${entryOf(file)}`, isTrusted: true };
    contents.set(file.name, await fileContent(file, bytes, options));
    // The packed bytes are of no more use.
    entries.delete(entryOf(file));
  }
  return contents;
}

/** All files, and room for notes and pictures beside them. */
function unpackedLimit({ files }: DatasetDescription): number {
  return files.reduce((total, { bytes }) => total + bytes + packing, 1 << 24);
}
