import { type InterpolateOptions, interpolate, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Upsample } from './upsample.ts';

const context = { name: 'upsample1', random: new Random(1), dtype: 'float32' } as const;

test.each<[InterpolateOptions, number[], number[]]>([
  [{ scale: 2 }, [2, 3, 4], [2, 6, 8]],
  [{ size: 5, mode: 'linear' }, [2, 3], [2, 5]],
  [{ size: [4, 5], mode: 'bilinear', alignCorners: true }, [1, 3, 4], [1, 4, 5]],
  [{ scale: [1, 2, 1.5] }, [1, 3, 4, 2], [1, 3, 8, 3]],
])('is `interpolate` with %o, and knows its output beforehand', (options, inputShape, outputShape) => {
  const layer = new Upsample(options);
  expect([layer.type, layer.kind, layer.parameters]).toEqual(['Upsample', 'upsample', []]);
  expect(layer.build(inputShape, context)).toEqual(outputShape);
  const x = tensor(uniform([2, ...inputShape]));
  expectSame(layer.call(x), interpolate(x, options));
});

test('refuses, when it is built, what does not fit', () => {
  const messages = messagesOf({
    mode: () => new Upsample({ scale: 2, mode: 'bilinear' }).build([1, 4], context),
    nothing: () => new Upsample({}).build([1, 4], context),
    flat: () => new Upsample({ scale: 2 }).build([4], context),
  });
  expect(messages.mode).toMatch(/^ValueError: upsample1: mode is 'bilinear', for the spatial axes length; wanted /);
  expect(messages.nothing).toMatch(
    /^ValueError: upsample1: size is undefined, scale is undefined; wanted one of the two/,
  );
  expect(messages.flat).toMatch(/^ShapeError: upsample1: x is \[1, 4\]/);
});
