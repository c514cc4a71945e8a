import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type ByteSource, piecesOf } from '../archives/byteSource.ts';
import { ChecksumError } from '../errors.ts';

/**
 * Opens a file as a source of bytes for as long as `use` takes.
 *
 * @throws Error of the file system, and what `use` throws
 */
export async function withFile<Result>(path: string, use: (source: ByteSource) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r');
  try {
    const found = await file.stat();
    if (!found.isFile()) throw Object.assign(new Error(`${path} is no file`), { code: 'no usual file' });
    return await use({
      size: found.size,
      async slice(from, to) {
        const bytes = new Uint8Array(Math.max(0, Math.min(to, found.size) - from));
        let length = 0;
        while (length < bytes.length) {
          const { bytesRead } = await file.read(bytes, length, bytes.length - length, from + length);
          if (bytesRead === 0) break;
          length += bytesRead;
        }
        return bytes.subarray(0, length);
      },
    });
  } finally {
    await file.close();
  }
}

/**
 * Passes when the source holds exactly the bytes meant. Reads it piece by piece: it need not fit in memory.
 *
 * @throws ChecksumError when its length or its SHA-256 is another
 */
export async function checkSource(
  source: ByteSource,
  { name, bytes, sha256 }: { readonly name: string; readonly bytes: number; readonly sha256: string },
): Promise<void> {
  checkLength(source.size, bytes, name);
  const hash = createHash('sha256');
  for await (const piece of piecesOf(source)) hash.update(piece);
  checkDigest(hash.digest('hex'), sha256, name);
}

/** @throws ChecksumError when a file has another length than it should */
export function checkLength(got: number, wanted: number, name: string): void {
  if (got === wanted) return;
  throw new ChecksumError({
    operation: name,
    got: `${got} bytes`,
    wanted: `${wanted} bytes`,
    remedy: 'Fetch the file again, or check that it belongs to this dataset',
  });
}

/** @throws ChecksumError when a file has another SHA-256 than it should */
export function checkDigest(got: string, wanted: string, name: string): void {
  if (got === wanted) return;
  throw new ChecksumError({
    operation: name,
    got: `the content has the SHA-256 ${got}`,
    wanted,
    remedy: 'Fetch the file again, or check that it belongs to this dataset',
  });
}
