import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeIdx } from '../../test/writeIdx.ts';
import { ChecksumError, GzipError, IdxError } from '../errors.ts';
import { sha256 } from '../formats/checksum.ts';
import { fileContent } from './fileContent.ts';
import { mnist, mnistFromFiles } from './mnist.ts';
import { mnistFiles, mnistMirrors } from './mnistFiles.ts';

const folder = process.env.TAPEGRAD_DATA;
const bytes = writeIdx(8, [3], [1, 2, 3]);
const file = { name: 'few-labels', bytes: bytes.length, sha256: await sha256(bytes), shape: [3] };
const mnistContent = (data: typeof file, content: Uint8Array) => fileContent(data, content, { dataset: mnist });

describe('fileContent', () => {
  test('passes the true content, gzipped or not', async () => {
    expect(await mnistContent(file, bytes)).toEqual(bytes);
    expect(await mnistContent(file, gzipSync(bytes))).toEqual(bytes);
  });

  test('tells apart what can be wrong', async () => {
    await expect(mnistContent(file, gzipSync(bytes).subarray(0, 20))).rejects.toThrow(GzipError);
    await expect(mnistContent(file, gzipSync(new Uint8Array(100)))).rejects.toThrow(GzipError);
    await expect(mnistContent(file, bytes.subarray(0, 9))).rejects.toThrow(IdxError);
    await expect(mnistContent(file, writeIdx(8, [3], [1, 2, 4]))).rejects.toThrow(ChecksumError);
    await expect(mnistContent(file, writeIdx(8, [2], [1, 2]))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[IdxError: few-labels: an array of shape [2]; wanted shape [3], as MNIST has it. Check that the four files of MNIST are not mixed up with others.]`,
    );
  });
});

test('the lengths agree with the shapes', () => {
  for (const { bytes: length, shape } of Object.values(mnistFiles)) {
    expect(length).toBe(4 + 4 * shape.length + shape.reduce((product: number, each) => product * each, 1));
  }
});

test('all mirrors are asked over https', () => {
  expect(mnistMirrors.filter((mirror) => !/^https:.*\/$/.test(mirror))).toEqual([]);
});

test('mnistFromFiles names what is missing', async () => {
  const files = { 'train-images-idx3-ubyte': bytes, 't10k-labels-idx1-ubyte': bytes };
  await expect(mnistFromFiles(files)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MissingFileError: mnistFromFiles: train-labels-idx1-ubyte, t10k-images-idx3-ubyte missing; wanted all four files of MNIST. Pass the bytes of each file by its name, without .gz.]`,
  );
});

test.skipIf(!folder)(
  'mnistFromFiles reads MNIST (skipped: set TAPEGRAD_DATA to the folder of the MNIST files)',
  async () => {
    const names = Object.values(mnistFiles).map(({ name }) => name);
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder ?? '', `${name}.gz`))]));
    const { train, test: held } = await mnistFromFiles(files);
    expect(train.images.shape).toEqual([60_000, 1, 28, 28]);
    expect(held.images.shape).toEqual([10_000, 1, 28, 28]);
    expect([...train.labels.data.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...held.labels.data.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    // The first digit of MNIST begins in its sixth row.
    expect(train.images.get(0, 0, 5, 12)).toBe(3);
  },
);
