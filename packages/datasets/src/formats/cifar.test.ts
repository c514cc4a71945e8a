import { describe, expect, test } from 'vitest';
import { batches } from '../batches/batches.ts';
import { CifarError } from '../errors.ts';
import { cifarRecord, readCifar10 } from './cifar.ts';

/** Records whose pixel p of channel c has the value (record + 10 c + p) mod 256. */
function records(labels: readonly number[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((label, record) => [
      label,
      ...Array.from({ length: 3072 }, (_, at) => (record + 10 * Math.floor(at / 1024) + (at % 1024)) % 256),
    ]),
  );
}

describe('readCifar10', () => {
  test('gives images that look into the bytes, and labels', () => {
    const bytes = records([3, 9]);
    const { images, labels, classes } = readCifar10(bytes, { name: 'few' });
    expect(images.shape).toEqual([2, 3, 32, 32]);
    expect(images.data).toBe(bytes);
    expect([labels.get(0), labels.get(1), classes[9]]).toEqual([3, 9, 'truck']);
    expect(images.get(1, 2, 3, 4)).toBe(1 + 20 + 3 * 32 + 4);
    const [batch] = batches(readCifar10(bytes, { name: 'few' }), { batchSize: 2 });
    expect(batch.images.get(1, 2, 3, 4)).toBe(Math.fround((1 + 20 + 3 * 32 + 4) / 255));
  });

  test('takes no records for no images', () => {
    expect(readCifar10(new Uint8Array(0), { name: 'none' }).images.shape).toEqual([0, 3, 32, 32]);
  });

  test('refuses a part of a record, and a label that has no class', () => {
    expect(() => readCifar10(new Uint8Array(cifarRecord + 1), { name: 'odd' })).toThrowErrorMatchingInlineSnapshot(
      `[CifarError: odd: 3074 bytes; wanted a whole number of records of 3073 bytes. Take the binary version of CIFAR-10, and fetch it again.]`,
    );
    expect(() => readCifar10(records([1, 10]), { name: 'odd' })).toThrow(CifarError);
    expect(() => readCifar10(records([1, 10]), { name: 'odd' })).toThrow('label 1 is 10; wanted labels from 0 to 9');
  });
});
