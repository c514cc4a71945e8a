import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tensorsOf } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { flip } from './flip.ts';
import { pad } from './pad.ts';
import { slice } from './slice.ts';

const modes = ['reflect', 'replicate', 'circular'] as const;

test.each(dataTypes)('puts numbers of x around it, in %s', (dtype) => {
  const x = tensor([1, 2, 3], { dtype });
  const padded = (mode: (typeof modes)[number]): unknown => pad(x, [[2, 2]], { mode }).toList();
  expect(padded('reflect')).toEqual([3, 2, 1, 2, 3, 2, 1]);
  expect(padded('replicate')).toEqual([1, 1, 1, 2, 3, 3, 3]);
  expect(padded('circular')).toEqual([2, 3, 1, 2, 3, 1, 2]);
  // The corners of an image, as PyTorch has them.
  const image = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { dtype },
  );
  expect(
    pad(
      image,
      [
        [1, 0],
        [0, 1],
      ],
      { mode: 'reflect' },
    ).toList(),
  ).toEqual([
    [3, 4, 3],
    [1, 2, 1],
    [3, 4, 3],
  ]);
  expect(
    pad(
      image,
      [
        [1, 0],
        [0, 1],
      ],
      { mode: 'circular' },
    ).toList(),
  ).toEqual([
    [3, 4, 3],
    [1, 2, 1],
    [3, 4, 3],
  ]);
  expect(
    pad(
      image,
      [
        [1, 0],
        [0, 1],
      ],
      { mode: 'replicate' },
    ).toList(),
  ).toEqual([
    [1, 2, 2],
    [1, 2, 2],
    [3, 4, 4],
  ]);
});

test('cuts off by negative counts, and goes round more than once', () => {
  expect(pad([1, 2, 3], [[-1, 2]], { mode: 'replicate' }).toList()).toEqual([2, 3, 3, 3]);
  expect(pad([1, 2, 3], [[-1, -1]], { mode: 'reflect' }).toList()).toEqual([2]);
  expect(pad([1, 2], [[5, 0]], { mode: 'circular' }).toList()).toEqual([2, 1, 2, 1, 2, 1, 2]);
});

test('x stands in the middle, and a mirror image is mirrored', () => {
  const cases = fc
    .tuple(fc.integer({ min: 3, max: 6 }), fc.nat(2), fc.nat(2))
    .chain(([length, before, after]) =>
      fc.tuple(tensorsOf([2, length], fc.double({ noNaN: true })), fc.constant([before, after] as const)),
    );
  fc.assert(
    fc.property(cases, fc.constantFrom(...modes), ([x, [before, after]], mode) => {
      const padded = pad(
        x,
        [
          [0, 0],
          [before, after],
        ],
        { mode },
      );
      expectSame(slice(padded, [null, [before, before + x.shape[1]]]), x);
      const turned = pad(
        flip(x, { axes: 1 }),
        [
          [0, 0],
          [after, before],
        ],
        { mode },
      );
      expectSame(flip(turned, { axes: 1 }), padded);
      expectSame(
        pad(
          scattered(x),
          [
            [0, 0],
            [before, after],
          ],
          { mode },
        ),
        padded,
      );
    }),
  );
});

test.each(modes)('%s has the derivatives of its formula', (mode) => {
  checkDerivatives(
    (x) =>
      pad(
        x,
        [
          [1, 2],
          [0, 0],
          [2, 1],
        ],
        { mode },
      ),
    [uniform([3, 2, 4])],
  );
});

test('of a number that was copied twice adds them', () => {
  const ones = [1, 10, 100, 1000, 10000];
  expect(gradientsOf((x) => pad(x, [[1, 1]], { mode: 'reflect' }), [[1, 2, 3]], ones)).toEqual([[10, 10101, 1000]]);
  expect(gradientsOf((x) => pad(x, [[1, 1]], { mode: 'replicate' }), [[1, 2, 3]], ones)).toEqual([[11, 100, 11000]]);
  expect(gradientsOf((x) => pad(x, [[1, 1]], { mode: 'circular' }), [[1, 2, 3]], ones)).toEqual([[10010, 100, 1001]]);
});

test('says what does not fit', () => {
  const messages = messagesOf({
    'a mirror too far': () =>
      pad(
        zeros([2, 3]),
        [
          [0, 0],
          [3, 0],
        ],
        { mode: 'reflect' },
      ),
    'nothing to repeat': () => pad([], [[1, 0]], { mode: 'replicate' }),
    'no such mode': () => pad([1], [[1, 0]], { mode: 'edge' as 'replicate' }),
    ended: () => pad(ended(), [[1, 1]], { mode: 'circular' }),
  });
  expect(messages['a mirror too far']).toBe(
    "ShapeError: pad: x is [2, 3], with 3 more by 'reflect' along axis 1; wanted fewer than there are along the axis. Put fewer, or take 'replicate' or 'circular'.",
  );
  expect(messages['nothing to repeat']).toContain("wanted at least one number along the axis. Take 'constant'");
  expect(messages['no such mode']).toContain("mode is 'edge'; wanted 'constant', 'reflect', 'replicate' or 'circular'");
  expect(messages.ended).toMatch(/^TapeError: pad: /);
});
