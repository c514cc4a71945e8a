import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { celu } from './celu.ts';
import { elu } from './elu.ts';

const x = [-4, -1.25, -0.5, 0, 0.75, 7.5];

test.each(dataTypes)('gives the numbers of PyTorch, in %s', (dtype) => {
  const wanted = [-1.9952587050133617, -0.9836733507184164, -0.4531731173050454, 0, 0.75, 7.5];
  expectClose(celu(tensor(x, { dtype }), { alpha: 2.5 }), wanted, dtype === 'float64' ? 1e-15 : 1e-6);
  expectClose(celu(tensor([-Infinity, Infinity], { dtype }), { alpha: 2.5 }), [-2.5, Infinity], 0);
  expect(celu(tensor([], { dtype })).shape).toEqual([0]);
});

test('is elu for an alpha of 1', () => {
  expectSame(celu(double(x)), elu(double(x)));
});

test('has the slopes of PyTorch: 1 at 0, without a kink', () => {
  const [slopes] = gradientsOf((x) => celu(x, { alpha: 2.5 }), [x]);
  expectClose(double(slopes), [0.20189651799465538, 0.6065306597126334, 0.8187307530779818, 1, 1, 1], 1e-15);
  checkDerivatives((x) => celu(x, { alpha: 0.3 }), [[-1, -0.2, 0.4]]);
});

test('reads views', () => {
  const view = tensor(uniform([2, 3]));
  expectSame(celu(scattered(view), { alpha: 2 }), celu(view, { alpha: 2 }));
});

test('says what does not fit', () => {
  const messages = messagesOf({ alpha: () => celu([1], { alpha: 0 }), ended: () => celu(ended()) });
  expect(messages.alpha).toBe(
    'ValueError: celu: alpha is 0; wanted a finite number greater than 0. Leave it out for 1.',
  );
  expect(messages.ended).toMatch(/^TapeError: celu: /);
});
