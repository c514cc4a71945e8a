import { relu, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { ReLU } from './relu.ts';

test('is `relu` on inputs of any shape', () => {
  const layer = new ReLU();
  for (const shape of [[5], [2, 3, 4]]) {
    const x = tensor(uniform([6, ...shape]));
    expect(layer.build(shape)).toEqual(shape);
    expectSame(layer.call(x), relu(x));
  }
});

test('learns nothing', () => {
  expect(new ReLU().parameters).toEqual([]);
});
