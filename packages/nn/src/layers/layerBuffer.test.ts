import { ones, Tape, tensor, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { LayerBuffer } from './layerBuffer.ts';

test('keeps a copy of what it is given, in the type it began with', () => {
  const buffer = new LayerBuffer('norm.mean', zeros([2]));
  const before = buffer.value;
  {
    using tape = new Tape();
    buffer.assign(tape.constant(Float64Array.of(1, 0.1)));
  }
  expect([buffer.name, buffer.shape, buffer.value.dtype]).toEqual(['norm.mean', [2], 'float32']);
  expect(buffer.value.toList()).toEqual([1, Math.fround(0.1)]);
  expect(before.toList()).toEqual([0, 0]);
});

test('refuses another shape', () => {
  const buffer = new LayerBuffer('norm.mean', tensor([1, 2]));
  expect(messagesOf({ assign: () => buffer.assign(ones([3])) })).toMatchInlineSnapshot(`
    {
      "assign": "ShapeError: norm.mean.assign: a value of shape [3]; wanted [2]. Check that the value belongs to this buffer.",
    }
  `);
  expect(buffer.value.toList()).toEqual([1, 2]);
});
