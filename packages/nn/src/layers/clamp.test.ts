import { Random, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { double } from '../../../core/test/numbers.ts';
import { Clamp } from './clamp.ts';

const context = { name: 'clamp1', random: new Random(1), dtype: 'float32' } as const;

test('keeps numbers between its bounds', () => {
  const layer = new Clamp({ min: -1, max: 1 });
  expect([layer.type, layer.kind]).toEqual(['Clamp', 'clamp']);
  expect(layer.build([4], context)).toEqual([4]);
  expect(layer.call(tensor([[-2, -1, 0.5, 3]])).toList()).toEqual([[-1, -1, 0.5, 1]]);
  expect(new Clamp({ min: 0 }).call(tensor([[-2, 7]])).toList()).toEqual([[0, 7]]);
});

test('passes gradients between the bounds alone', () => {
  using tape = new Tape();
  const x = tape.watch(double([[-2, 0.5, 3]]));
  const y = new Clamp({ min: -1, max: 1 }).call(x);
  expect(
    tape
      .gradients(y, { cotangent: [[1, 1, 1]] })
      .get(x)
      .toList(),
  ).toEqual([[0, 1, 0]]);
});
