import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { conv1d, conv2d, conv3d, maxPool2d, zeros } from '../../index.ts';
import { channelsFirst, looksChannelsLast } from './channelsLast.ts';

test('channels are brought to the front by transpose, never by reshape alone', () => {
  expect(channelsFirst([8, 32, 32, 3], true)).toBe('transpose(x, [0, 3, 1, 2])');
  expect(channelsFirst([8, 50, 2], true)).toBe('transpose(x, [0, 2, 1])');
  expect(channelsFirst([32, 30, 3], false)).toBe('reshape(transpose(x, [2, 0, 1]), [1, 3, 32, 30])');
});

test('few channels behind longer axes look like the last ones of a single image', () => {
  expect(looksChannelsLast([32, 32, 3], 2)).toBe(true);
  expect(looksChannelsLast([3, 32, 32], 2)).toBe(false);
  expect(looksChannelsLast([8, 32, 32, 3], 2)).toBe(false);
});

test('ops advise so', () => {
  const remedies = messagesOf({
    batch: () => conv2d(zeros([2, 32, 32, 3]), zeros([4, 3, 5, 5])),
    image: () => conv2d(zeros([32, 30, 3]), zeros([4, 3, 5, 5])),
    'pooled image': () => maxPool2d(zeros([32, 30, 3]), { kernelSize: 2 }),
    signals: () => conv1d(zeros([2, 50, 3]), zeros([4, 3, 5])),
    volumes: () => conv3d(zeros([2, 8, 9, 10, 1]), zeros([4, 1, 2, 2, 2])),
    'other channels': () => conv2d(zeros([2, 5, 32, 32]), zeros([4, 3, 5, 5])),
  });
  expect(Object.fromEntries(Object.entries(remedies).map(([name, text]) => [name, text.split('. ').at(-1)]))).toEqual({
    batch: 'Channels come first, behind the batch axis: `transpose(x, [0, 3, 1, 2])`.',
    image: 'Channels come first, behind a batch axis: `reshape(transpose(x, [2, 0, 1]), [1, 3, 32, 30])`.',
    'pooled image': 'Channels come first, behind a batch axis: `reshape(transpose(x, [2, 0, 1]), [1, 3, 32, 30])`.',
    signals: 'Channels come first, behind the batch axis: `transpose(x, [0, 2, 1])`.',
    volumes: 'Channels come first, behind the batch axis: `transpose(x, [0, 4, 1, 2, 3])`.',
    'other channels': 'Check that x is [batch, channels, height, width], and the number of groups.',
  });
});
