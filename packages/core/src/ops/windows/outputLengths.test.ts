import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { outputLengths } from './outputLengths.ts';
import type { AxisWindow } from './window.ts';

const along = (changes: Partial<AxisWindow> = {}): AxisWindow => {
  return { axis: 'width', kernel: 2, stride: 2, dilation: 1, before: 0, after: 0, ...changes };
};

describe('outputLengths', () => {
  const count = (length: number, changes: Partial<AxisWindow> = {}, ceilMode?: boolean): number =>
    outputLengths('maxPool1d', [1, 1, length], [along(changes)], ceilMode)[0];

  test('rounds down, or up in ceil mode', () => {
    expect([count(4), count(5), count(6)]).toEqual([2, 2, 3]);
    expect([count(4, {}, true), count(5, {}, true), count(6, {}, true)]).toEqual([2, 3, 3]);
    expect(count(7, { kernel: 3, dilation: 2, stride: 1 })).toBe(3);
  });

  test('leaves out a last window that would start in the padding behind', () => {
    expect(count(5, { before: 1, after: 1 }, true)).toBe(3);
    expect(count(3, { kernel: 1 }, true)).toBe(2);
  });

  test('in ceil mode, takes an input that is smaller than the window by less than a stride, as PyTorch does', () => {
    expect(count(2, { kernel: 3 }, true)).toBe(1);
    expect(count(3, { kernel: 3, stride: 3, dilation: 2 }, true)).toBe(1);
    expect(() => count(1, { kernel: 3 }, true)).toThrow('wanted an input at least as large as the window');
  });

  test('has one length for each axis behind batch and channels', () => {
    expect(outputLengths('conv3d', [9, 8, 4, 5, 6], [along(), along({ kernel: 3 }), along({ stride: 1 })])).toEqual([
      2, 2, 5,
    ]);
  });

  test('every message', () => {
    const narrow = along({ kernel: 3, stride: 1, dilation: 2 });
    expect(
      messagesOf({
        'an image smaller than the window': () =>
          outputLengths('conv2d', [1, 1, 9, 3], [along(), { ...narrow, before: 1 }]),
        'an empty image': () => outputLengths('conv1d', [1, 1, 0], [narrow]),
      }),
    ).toMatchInlineSnapshot(`
      {
        "an empty image": "ShapeError: conv1d: width 0 with padding 0 + 0 under a window of 5 (kernel 3, dilation 2); wanted an input at least as large as the window. Use a kernel of at most 1, or more padding.",
        "an image smaller than the window": "ShapeError: conv2d: width 3 with padding 1 + 0 under a window of 5 (kernel 3, dilation 2); wanted an input at least as large as the window. Use a kernel of at most 2, or more padding.",
      }
    `);
  });
});
