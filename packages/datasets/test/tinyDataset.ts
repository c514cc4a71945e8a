import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { sha256 } from '../src/formats/checksum.ts';
import type { DatasetDescription } from '../src/sources/description.ts';
import { idxHalves } from '../src/sources/idxHalves.ts';
import { writeIdx } from './writeIdx.ts';
import { writeTar } from './writeTar.ts';

const counting = (length: number, modulus: number) => Array.from({ length }, (_, at) => (at * 7) % modulus);

/** The contents of four small IDX files, by their names. */
export const tinyContents: Readonly<Record<string, Uint8Array>> = {
  'tiny-train-images-idx3-ubyte': writeIdx(8, [6, 4, 4], counting(96, 251)),
  'tiny-train-labels-idx1-ubyte': writeIdx(8, [6], counting(6, 3)),
  'tiny-test-images-idx3-ubyte': writeIdx(8, [3, 4, 4], counting(48, 241)),
  'tiny-test-labels-idx1-ubyte': writeIdx(8, [3], counting(3, 3)),
};

/** The same as a publisher would serve them: what is asked for, and the bytes. */
export interface TinyDataset {
  readonly description: DatasetDescription;
  readonly served: Readonly<Record<string, Uint8Array>>;
}

/** A dataset small enough to be served by a test: in four gzip files, in a zip, or in a packed tar archive. */
export async function tinyDataset(kind: 'gzip' | 'zip' | 'tar.gz'): Promise<TinyDataset> {
  const packed = Object.fromEntries(
    Object.entries(tinyContents).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
  );
  const files = await Promise.all(
    Object.entries(tinyContents).map(async ([name, bytes]) => {
      const gzip = packed[`${name}.gz`];
      return {
        name,
        bytes: bytes.length,
        shape: name.includes('labels') ? [bytes.length - 8] : [(bytes.length - 16) / 16, 4, 4],
        ...(kind === 'gzip' ? { gzip: { bytes: gzip.length, sha256: await sha256(gzip) } } : {}),
      };
    }),
  );
  const [trainImages, trainLabels, testImages, testLabels] = files;
  const description = {
    name: `tiny-${kind.replace('.', '-')}`,
    title: 'Tiny',
    classes: ['a', 'b', 'c'],
    imageShape: [1, 4, 4],
    files,
    mirrors: ['https://tiny.example/'],
    layouts: ['tiny', 'Tiny/raw'],
    read: idxHalves({ trainImages, trainLabels, testImages, testLabels }, { title: 'Tiny', classes: ['a', 'b', 'c'] }),
  } as const satisfies DatasetDescription;
  if (kind === 'gzip') return { description, served: packed };
  const entries = Object.entries(packed).map(([name, content]) => ({
    name: `inside/${name}`,
    content: new Uint8Array(content),
  }));
  const bytes =
    kind === 'zip'
      ? zipSync(Object.fromEntries(entries.map(({ name, content }) => [name, content])))
      : new Uint8Array(gzipSync(writeTar([{ name: 'inside/', content: new Uint8Array(0), type: '5' }, ...entries])));
  const name = `tiny.${kind}`;
  const archive = {
    name,
    format: kind,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    prefix: 'inside/',
    suffix: '.gz',
  };
  return { description: { ...description, archive }, served: { [name]: bytes } };
}
