import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { softsign } from './softsign.ts';

const x = [-4, -1.25, 0, 0.75, 6];

test.each(dataTypes)('gives the numbers of PyTorch, in %s', (dtype) => {
  const wanted = [-0.8, -0.5555555555555556, 0, 0.42857142857142855, 0.8571428571428571];
  expectClose(softsign(tensor(x, { dtype })), wanted, dtype === 'float64' ? 1e-15 : 1e-7);
  expectClose(softsign(tensor([1e30, -1e30, Infinity], { dtype })), [1, -1, Number.NaN], 0);
  expect(softsign(tensor([], { dtype })).shape).toEqual([0]);
});

test('has the slope 1 / (1 + |x|)², as in PyTorch', () => {
  const [slopes] = gradientsOf(softsign, [x]);
  const wanted = [0.04000000000000001, 0.19753086419753083, 1, 0.32653061224489793, 0.020408163265306117];
  expectClose(double(slopes), wanted, 1e-15);
  checkDerivatives(softsign, [[-3, -0.4, 0.5, 2]]);
});

test('reads views', () => {
  const view = tensor(uniform([2, 3]));
  expectSame(softsign(scattered(view)), softsign(view));
});

test('names itself in errors', () => {
  expect(messagesOf({ ended: () => softsign(ended()) }).ended).toMatch(/^TapeError: softsign: /);
});
