import { expect, test } from 'vitest';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { gradcheck } from '../../check/gradcheck.ts';
import { tensor } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { relu6 } from './relu6.ts';

const { NaN: nan } = Number;

test.each(dataTypes)('is x between 0 and 6, in %s', (dtype) => {
  const x = [-Infinity, -4, 0, 0.75, 6, 7.5, Infinity, nan];
  expect(relu6(tensor(x, { dtype })).toList()).toEqual([0, 0, 0, 0.75, 6, 6, 6, nan]);
  expect(relu6(tensor([], { dtype })).shape).toEqual([0]);
});

test.each(dataTypes)('has slope 0 at its kinks and 1 a hair inside, as in PyTorch, in %s', (dtype) => {
  const hair = dtype === 'float32' ? [2 ** -140, 6 - 2 ** -21] : [2 ** -1060, 6 - 2 ** -50];
  const x = tensor([-4, 0, hair[0], 0.75, hair[1], 6, 7.5], { dtype });
  expect(gradientsOf(relu6, [x])).toEqual([[0, 0, 1, 1, 1, 0, 0]]);
});

test('has the derivative of its formula', () => {
  checkDerivatives((x) => multiply(relu6(x), x), [[-2, 0.5, 5.5, 8]]);
  expect(gradcheck(relu6, [[6]]).kinks).toHaveLength(3);
});

test('reads views', () => {
  const x = tensor(uniform([2, 3, 4], { low: -3, high: 9 }));
  expectSame(relu6(scattered(x)), relu6(x));
});

test('names itself in errors', () => {
  expect(messagesOf({ ended: () => relu6(ended()) }).ended).toMatch(/^TapeError: relu6: /);
});
