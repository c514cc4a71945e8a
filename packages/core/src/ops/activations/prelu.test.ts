import { expect, test } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { leakyRelu } from './leakyRelu.ts';
import { prelu } from './prelu.ts';

test.each(dataTypes)('lets a share through below 0, for each channel its own, in %s', (dtype) => {
  const weight = tensor([0.25, -0.5], { dtype });
  const rows = tensor(
    [
      [-2, 3],
      [0, -4],
    ],
    { dtype },
  );
  expect(prelu(rows, weight).toList()).toEqual([
    [-0.5, 3],
    [0, 2],
  ]);
  const images = tensor(
    [
      [
        [[-4], [1]],
        [[-Infinity], [Number.NaN]],
      ],
    ],
    { dtype },
  );
  expect(prelu(images, weight).toList()).toEqual([
    [
      [[-1], [1]],
      [[Infinity], [Number.NaN]],
    ],
  ]);
  expect(prelu(zeros([0, 2], { dtype }), weight).shape).toEqual([0, 2]);
});

test('has the gradients of PyTorch: at 0 the slope is the weight', () => {
  expect(
    gradientsOf(prelu, [
      [
        [-2, 3],
        [0, -4],
      ],
      [0.25, -0.5],
    ]),
  ).toEqual([
    [
      [0.25, 1],
      [0.25, -0.5],
    ],
    [-2, -4],
  ]);
  checkDerivatives(prelu, [uniform([2, 3, 2]), [0.3, -0.2, 1.5]]);
  checkDerivatives(prelu, [uniform([4]), [0.3]]);
});

test('with one weight is leakyRelu', () => {
  const x = double([-3, -0.5, 0, 2]);
  expectSame(prelu(x, double([0.01])), leakyRelu(x));
  const view = tensor(uniform([2, 3]));
  expectSame(prelu(scattered(view), double([0.1])), prelu(view, double([0.1])));
});

test('says what does not fit', () => {
  const messages = messagesOf({
    channels: () => prelu(zeros([2, 3, 4]), zeros([4])),
    row: () => prelu(zeros([3]), zeros([3])),
    scalar: () => prelu(zeros([2, 3]), 0.25),
    ended: () => prelu(ended(), [0.1]),
  });
  expect(messages.channels).toBe(
    'ShapeError: prelu: x is [2, 3, 4], weight is [4]; wanted a weight of shape [1] or [3], one for each channel. Give one number for all elements, or one for each index along axis 1.',
  );
  expect(messages.row).toContain('wanted a weight of shape [1]. ');
  expect(messages.scalar).toContain('weight is []');
  expect(messages.ended).toMatch(/^TapeError: prelu: /);
});
