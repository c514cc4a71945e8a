import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { tensor, zeros } from '../../index.ts';
import { checkChannelled, perChannel, scaleAndShift } from './perChannel.ts';

test('one number for each channel broadcasts along axis 1', () => {
  expect(perChannel('norm', 'weight', zeros([3]), [2, 3]).shape).toEqual([3]);
  expect(perChannel('norm', 'weight', zeros([3]), [2, 3, 4, 5]).shape).toEqual([3, 1, 1]);
});

test('what is not given is neither multiplied nor added', () => {
  const [y, two] = [tensor([1, 2]), tensor([2])];
  expect(scaleAndShift(y, undefined, undefined)).toBe(y);
  expect(scaleAndShift(y, two, undefined).toList()).toEqual([2, 4]);
  expect(scaleAndShift(y, undefined, two).toList()).toEqual([3, 4]);
  expect(scaleAndShift(y, two, two).toList()).toEqual([4, 6]);
});

test('every message', () => {
  expect(
    messagesOf({
      'no channels': () => checkChannelled('norm', [3]),
      'too few': () => perChannel('norm', 'weight', zeros([2]), [2, 3, 4]),
      'another form': () => perChannel('norm', 'weight', zeros([3, 1]), [2, 3, 4]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "another form": "ShapeError: norm: weight is [3, 1], x is [2, 3, 4]; wanted weight of shape [3], one number for each channel. Check that x has its channels on axis 1.",
      "no channels": "ShapeError: norm: x is [3]; wanted [batch, channels, ...], with the channels on axis 1. Reshape it; a single input needs a batch axis of length 1.",
      "too few": "ShapeError: norm: weight is [2], x is [2, 3, 4]; wanted weight of shape [3], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
