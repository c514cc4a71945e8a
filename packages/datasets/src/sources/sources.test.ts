import { describe, expect, test } from 'vitest';
import { writeIdx } from '../../test/writeIdx.ts';
import { datasetNames, describeDataset } from './catalogue.ts';
import { idxHalves } from './idxHalves.ts';

describe.each(datasetNames)('the description of %s', (name) => {
  const description = describeDataset(name);

  test('agrees with itself', () => {
    expect(description.name).toBe(name);
    expect(description.mirrors.filter((mirror) => !/^https:.*\/$/.test(mirror))).toEqual([]);
    expect(new Set(description.classes).size).toBe(description.classes.length);
    for (const { bytes, shape } of description.files) {
      if (shape) expect(bytes).toBe(4 + 4 * shape.length + shape.reduce((product, each) => product * each, 1));
    }
  });

  test('vouches for every file with a SHA-256', () => {
    const { archive, files } = description;
    const sums = archive ? [archive.sha256] : files.map(({ sha256, gzip }) => gzip?.sha256 ?? sha256 ?? '');
    for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(sums).size).toBe(sums.length);
  });
});

test('the numbers of classes are those of the publishers', () => {
  const counts = Object.fromEntries(datasetNames.map((name) => [name, describeDataset(name).classes.length]));
  expect(counts).toEqual({
    ...{
      mnist: 10,
      'fashion-mnist': 10,
      kmnist: 10,
      'cifar-10': 10,
      'cifar-100': 100,
      'emnist-mnist': 10,
      'emnist-digits': 10,
    },
    ...{ 'emnist-balanced': 47, 'emnist-bymerge': 47, 'emnist-byclass': 62, 'emnist-letters': 26 },
  });
});

describe('idxHalves', () => {
  const file = (name: string) => ({ name, bytes: 0 });
  const files = { trainImages: file('a'), trainLabels: file('b'), testImages: file('c'), testLabels: file('d') };
  const images = writeIdx(8, [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const contents = (labels: readonly number[]) => {
    const bytes = writeIdx(8, [2], labels);
    return new Map([
      ['a', images],
      ['b', bytes],
      ['c', images],
      ['d', bytes],
    ]);
  };
  const read = idxHalves(files, { title: 'Letters', classes: ['a', 'b'], isTransposed: true, firstLabel: 1 });

  test('turns images that are stored column by column, and counts labels from 0', () => {
    const { train } = read(contents([1, 2]));
    expect(train.images.shape).toEqual([2, 1, 3, 2]);
    expect(train.images.get(0, 0, 2, 0)).toBe(3);
    expect(train.images.get(1, 0, 0, 1)).toBe(10);
    expect([...train.labels.data]).toEqual([0, 1]);
  });

  test('refuses labels before the first and after the last', () => {
    expect(() => read(contents([0, 1]))).toThrow('b: label 0 is 255; wanted labels from 0 to 1');
    expect(() => read(contents([1, 3]))).toThrow('b: label 1 is 2');
    expect(() => read(new Map())).toThrow('a: the file has 0 bytes');
  });
});
