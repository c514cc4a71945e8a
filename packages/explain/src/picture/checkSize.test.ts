import { multiply, sum, Tape, ValueError } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { describeTape } from '../description/describeTape.ts';
import { layoutTape } from './layout.ts';

/** A chain that uses one weight so many times. */
function unrolled(times: number) {
  using tape = new Tape();
  const weight = tape.watch([0.9], 'weight');
  let x = tape.constant([1]);
  for (let time = 0; time < times; time++) x = multiply(x, weight);
  return describeTape(tape, { output: sum(x) });
}

test('one weight along a short chain is drawn', () => {
  expect(layoutTape(unrolled(20)).edges).toHaveLength(41);
});

test('along a chain of 200 steps it is refused at once, with the way out', () => {
  const start = performance.now();
  const description = unrolled(200);
  expect(() => layoutTape(description)).toThrow(ValueError);
  expect(() => layoutTape(description)).toThrow(/lines pass 19900 ranks .* Unroll it fewer times/);
  expect(performance.now() - start).toBeLessThan(5000);
});
