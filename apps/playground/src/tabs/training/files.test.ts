import { gzipSync } from 'node:zlib';
import { ValueError } from '@tapegrad/core';
import { GzipError, IdxError } from '@tapegrad/datasets';
import { describe, expect, test } from 'vitest';
import { datasetFromFiles, type GivenFile } from './files.ts';

const classes = ['0', '1', '2'];

/** A file of unsigned bytes in the format IDX. */
function idx(shape: readonly number[], elements: readonly number[]): Uint8Array {
  const lengths = shape.flatMap((length) => [0, 0, length >> 8, length & 255]);
  return Uint8Array.from([0, 0, 8, shape.length, ...lengths, ...elements]);
}

const images = (count: number): Uint8Array =>
  idx(
    [count, 2, 2],
    Array.from({ length: 4 * count }, (_, i) => i),
  );
const labels = (...classes: number[]): Uint8Array => idx([classes.length], classes);

const good: readonly GivenFile[] = [
  { name: 't10k-labels-idx1-ubyte', bytes: labels(1) },
  { name: 'train-images-idx3-ubyte.gz', bytes: gzipSync(images(2)) },
  { name: 'train-labels.idx1-ubyte', bytes: labels(0, 2) },
  { name: 't10k-images-idx3-ubyte', bytes: images(1) },
];
const without = (part: string, ...instead: GivenFile[]): GivenFile[] => [
  ...good.filter(({ name }) => !name.startsWith(part)),
  ...instead,
];

describe('images from files', () => {
  test('four files in any order, gzipped or not, by their usual names', async () => {
    const { train, test: held, builtIn } = await datasetFromFiles(good, classes);
    expect(train.images.shape).toEqual([2, 1, 2, 2]);
    expect(train.images.get(1, 0, 1, 1)).toBe(7);
    expect([train.labels.get(0), train.labels.get(1)]).toEqual([0, 2]);
    expect(held.labels.get(0)).toBe(1);
    expect(builtIn).toBe(false);
  });

  test('one missing', async () => {
    await expect(datasetFromFiles(without('t10k-labels'), classes)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: files: train-images-idx3-ubyte.gz, train-labels.idx1-ubyte, t10k-images-idx3-ubyte; wanted also t10k-labels-idx1-ubyte. Choose all four files at once, gzipped or not.]`,
    );
    await expect(datasetFromFiles([], classes)).rejects.toThrow(ValueError);
  });

  test('broken or mixed up', async () => {
    const broken = { name: 'train-images.gz', bytes: gzipSync(images(2)).subarray(0, 20) };
    await expect(datasetFromFiles(without('train-images', broken), classes)).rejects.toThrow(GzipError);
    const page = { name: 'train-images', bytes: new TextEncoder().encode('<html>') };
    await expect(datasetFromFiles(without('train-images', page), classes)).rejects.toThrow(IdxError);
    const tooMany = { name: 'train-labels', bytes: labels(0, 1, 2) };
    await expect(datasetFromFiles(without('train-labels', tooMany), classes)).rejects.toThrow(/3 labels/);
    const unknown = { name: 'train-labels', bytes: labels(0, 9) };
    await expect(datasetFromFiles(without('train-labels', unknown), classes)).rejects.toThrow(/label 1 is 9/);
    const none = [
      { name: 'train-labels', bytes: labels() },
      { name: 'train-images', bytes: images(0) },
    ];
    await expect(datasetFromFiles(without('train', ...none), classes)).rejects.toThrow(/no images/);
  });
});
