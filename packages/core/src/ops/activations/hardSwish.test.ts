import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { hardSwish } from './hardSwish.ts';

const x = [-4, -3, -1.25, -0.5, 0, 0.75, 2.5, 3, 7.5];

test.each(dataTypes)('gives the numbers of PyTorch, in %s', (dtype) => {
  const wanted = [0, 0, -0.3645833333333333, -0.20833333333333334, 0, 0.46875, 2.2916666666666665, 3, 7.5];
  expectClose(hardSwish(tensor(x, { dtype })), wanted, dtype === 'float64' ? 1e-15 : 1e-6);
  expectClose(hardSwish(tensor([Infinity, -Infinity], { dtype })), [Infinity, Number.NaN], 0);
  expect(hardSwish(tensor([], { dtype })).shape).toEqual([0]);
});

test('has the slopes of PyTorch, at its kinks too', () => {
  const [slopes] = gradientsOf(hardSwish, [x]);
  const wanted = [0, 0, 0.08333333333333331, 0.33333333333333337, 0.5, 0.75, 1.3333333333333335, 1, 1];
  expectClose(double(slopes), wanted, 1e-15);
  checkDerivatives(hardSwish, [[-4, -2, 0.3, 2.9, 5]]);
});

test('reads views', () => {
  const view = tensor(uniform([2, 3], { low: -5, high: 5 }));
  expectSame(hardSwish(scattered(view)), hardSwish(view));
});

test('names itself in errors', () => {
  expect(messagesOf({ ended: () => hardSwish(ended()) }).ended).toMatch(/^TapeError: hardSwish: /);
});
