import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { ones, tensor, zeros } from '../../tensor/create.ts';
import { add } from '../elementwise/add.ts';
import { sum } from '../reductions/sum.ts';
import { flip } from './flip.ts';
import { slice } from './slice.ts';

test.each(dataTypes)('reads axes backwards, in %s', (dtype) => {
  const x = tensor(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    { dtype },
  );
  expect(flip(x, { axes: 0 }).toList()).toEqual([
    [4, 5, 6],
    [1, 2, 3],
  ]);
  expect(flip(x, { axes: -1 }).toList()).toEqual([
    [3, 2, 1],
    [6, 5, 4],
  ]);
  expect(flip(x, { axes: [0, 1] }).toList()).toEqual([
    [6, 5, 4],
    [3, 2, 1],
  ]);
  expect(flip(x, { axes: [] }).toList()).toEqual(x.toList());
  expect(flip(zeros([2, 0], { dtype }), { axes: 1 }).shape).toEqual([2, 0]);
});

test.each(dataTypes)('other ops read what was flipped, in %s', (dtype) => {
  const x = tensor(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    { dtype },
  );
  const flipped = flip(x, { axes: 1 });
  expect(add(flipped, ones([2, 3], { dtype })).toList()).toEqual([
    [4, 3, 2],
    [7, 6, 5],
  ]);
  expect(sum(flipped, { axes: 0 }).toList()).toEqual([9, 7, 5]);
  expect(slice(flipped, [null, [1, 3]]).toList()).toEqual([
    [2, 1],
    [5, 4],
  ]);
});

test('twice is x', () => {
  fc.assert(
    fc.property(tensors(), (x) => {
      const axes = [...x.shape.keys()];
      expectSame(flip(flip(x, { axes }), { axes }), x);
      expectSame(flip(scattered(x), { axes }), flip(x, { axes }));
    }),
  );
});

test('turns cotangents round', () => {
  expect(gradientsOf((x) => flip(x, { axes: 0 }), [[1, 2, 3]], [10, 20, 30])).toEqual([[30, 20, 10]]);
  checkDerivatives((x) => flip(x, { axes: [0, 2] }), [uniform([2, 3, 2])]);
});

test('says what does not fit', () => {
  const messages = messagesOf({ axis: () => flip([1, 2], { axes: 1 }), ended: () => flip(ended(), { axes: 0 }) });
  expect(messages.axis).toMatch(/^ShapeError: flip: /);
  expect(messages.ended).toMatch(/^TapeError: flip: /);
});
