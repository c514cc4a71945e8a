import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { cifar100Classes, cifar100Record, readCifar100 } from './cifar100.ts';

/** Two records: groups 3 and 19, classes 99 and 0; their pixels are numbered. */
const bytes = Uint8Array.from({ length: 2 * cifar100Record }, (_, at) => (at % cifar100Record) % 251);
bytes.set([3, 99]);
bytes.set([19, 0], cifar100Record);

test('readCifar100 reads classes or their groups, and the pixels behind them', () => {
  const fine = readCifar100(bytes, { name: 'fine' });
  expect([...fine.labels.data].map((label) => fine.classes[label])).toEqual(['worm', 'apple']);
  const coarse = readCifar100(bytes, { name: 'coarse', labels: 'coarse' });
  expect([...coarse.labels.data].map((label) => coarse.classes[label])).toEqual(['food containers', 'vehicles 2']);
  expect(fine.images.shape).toEqual([2, 3, 32, 32]);
  expect([fine.images.get(1, 0, 0, 0), fine.images.get(0, 2, 31, 31)]).toEqual([2, 3073 % 251]);
});

test('its classes are a hundred, in the order of the alphabet', () => {
  expect(new Set(cifar100Classes).size).toBe(100);
  expect(cifar100Classes).toEqual([...cifar100Classes].sort());
});

test('readCifar100 refuses what is none', () => {
  expect(
    messagesOf({
      'a part of a record': () => readCifar100(bytes.subarray(1), { name: 'x' }),
      'a class of its own': () => readCifar100(bytes.with(1, 100), { name: 'x' }),
      'a group of its own': () => readCifar100(bytes.with(0, 20), { name: 'x', labels: 'coarse' }),
      'other labels': () => readCifar100(bytes, { name: 'x', labels: 'rough' as never }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a class of its own": "CifarError: x: label 0 is 100; wanted labels from 0 to 99. Take the binary version of CIFAR-100, and not CIFAR-10.",
      "a group of its own": "CifarError: x: label 0 is 20; wanted labels from 0 to 19. Take the binary version of CIFAR-100, and not CIFAR-10.",
      "a part of a record": "CifarError: x: 6147 bytes; wanted a whole number of records of 3074 bytes. Take the binary version of CIFAR-100, and fetch it again.",
      "other labels": "ValueError: readCifar100: labels is "rough"; wanted 'fine' or 'coarse'. Leave it out for the 100 classes.",
    }
  `);
});
