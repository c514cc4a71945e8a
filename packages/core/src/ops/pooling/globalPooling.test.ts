import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { globalAxes } from './globalPooling.ts';

test('the spatial axes are all behind the channels', () => {
  expect(globalAxes('pool', [2, 3, 4])).toEqual([2]);
  expect(globalAxes('pool', [0, 3, 4, 5, 6])).toEqual([2, 3, 4]);
  expect(messagesOf({ 'no spatial axes': () => globalAxes('pool', [2, 3]) })).toMatchInlineSnapshot(`
    {
      "no spatial axes": "ShapeError: pool: x is [2, 3]; wanted [batch, channels, ...spatial], with at least one number in each channel. Call it on images, before they are flattened.",
    }
  `);
});
