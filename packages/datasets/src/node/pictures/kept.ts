import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ndarrayOf } from '@tapegrad/core/authors';
import { writeWhole } from '@tapegrad/core/node';
import type { ImageDataset } from '../../dataset/dataset.ts';
import type { PictureFile } from '../../pictures/collection/classify.ts';

/** A dataset of pictures as it is kept, and what was said when it was read. */
export interface KeptPictures {
  readonly images: ImageDataset;
  readonly warning: string;
}

/** What a file of kept pictures begins with. A change of what is kept, or of how pictures are decoded, changes the number. */
const signature = 'tapegrad pictures 2\n';
const digestLength = 32;

interface Header {
  readonly shape: readonly [number, number, number, number];
  readonly classes: readonly string[];
  readonly warning: string;
}

/** Where pictures are kept that are as `identity` says, which is anything that changes when they do. */
export function keptPath(cache: string, identity: unknown): string {
  const key = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  return join(cache, 'pictures', `${key}.bin`);
}

/** The SHA-256 of a file, piece by piece. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece);
  return hash.digest('hex');
}

/** What changes when one of the files does: their names, lengths and times. */
export async function filesDigest(files: readonly PictureFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < files.length; at += 1024) {
    const some = files.slice(at, at + 1024);
    const seen = await Promise.all(some.map(({ name }) => stat(name)));
    for (const [index, { size, mtimeMs }] of seen.entries()) {
      hash.update(`${JSON.stringify(some[index].name)} ${some[index].label} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** The pictures that are kept under a path; `undefined` where there are none, or they are broken. */
export async function readKept(path: string, name: string): Promise<KeptPictures | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const start = signature.length + digestLength;
  if (!bytes || bytes.length < start + 4 || bytes.toString('latin1', 0, signature.length) !== signature)
    return undefined;
  const digest = createHash('sha256').update(bytes.subarray(start)).digest();
  if (!digest.equals(bytes.subarray(signature.length, start))) return undefined;
  const headerEnd = start + 4 + bytes.readUInt32LE(start);
  const { shape, classes, warning }: Header = JSON.parse(bytes.toString('utf8', start + 4, headerEnd));
  const labels = new Uint8Array(bytes.buffer, bytes.byteOffset + headerEnd, shape[0]);
  const pixels = new Uint8Array(bytes.buffer, bytes.byteOffset + headerEnd + shape[0]);
  const images = { name, images: ndarrayOf(pixels, shape), labels: ndarrayOf(labels, [shape[0]]), classes };
  return { images, warning };
}

/** Keeps pictures under a path, where they are whole or not at all. @throws Error of the file system */
export async function keepPictures(path: string, { images: dataset, warning }: KeptPictures): Promise<void> {
  const { images, labels, classes } = dataset;
  const [count, channels, height, width] = images.shape;
  const header: Header = { shape: [count, channels, height, width], classes, warning };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const content = Buffer.concat([length, text, labels.data, images.data]);
  const digest = createHash('sha256').update(content).digest();
  await writeWhole(path, Buffer.concat([Buffer.from(signature, 'latin1'), digest, content]));
}
