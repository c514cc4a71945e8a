import { describe, expect, test } from 'vitest';
import { scattered } from '../../test/numbers.ts';
import { hasNonFinite, log, multiply, Tape, tensor } from '../index.ts';
import { firstNonFiniteBehind } from './nonFinite.ts';

describe('hasNonFinite', () => {
  test.each([[Number.NaN], [Infinity], [-Infinity]])('sees %d', (number) => {
    expect(hasNonFinite(tensor([1, number]))).toBe(true);
  });

  test('sees nothing in finite numbers, in none, nor between the numbers of a view', () => {
    expect(hasNonFinite(tensor([1, -0, 3e38]))).toBe(false);
    expect(hasNonFinite(tensor([]))).toBe(false);
    expect(
      hasNonFinite(
        scattered(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toBe(false);
  });
});

test('firstNonFiniteBehind passes over steps that lead elsewhere', () => {
  using tape = new Tape();
  const x = tape.watch([0, 1]);
  const elsewhere = log(x);
  const here = log(multiply(x, -1));
  const loss = multiply(here, 0);
  const [first, last] = [elsewhere, loss].map((y) => tape.steps.findLast(({ output }) => output === y));
  if (!first || !last) throw new Error('both are steps');
  expect(tape.firstNonFinite()).toBe(first);
  expect(firstNonFiniteBehind(last, tape.steps)?.output).toBe(here);
  expect(firstNonFiniteBehind(tape.steps[0], tape.steps)).toBeUndefined();
});
