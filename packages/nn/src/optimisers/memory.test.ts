import { Parameter, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { dataTypes } from '../../../core/test/numbers.ts';
import { ParameterMemory } from './memory.ts';

test.each(dataTypes)('makes an array of the length of the parameter when it is asked for, in %s', (dtype) => {
  const memory = new ParameterMemory(new Parameter('x', tensor([[1, 2, 3]], { dtype })));
  expect(memory.has('total')).toBe(false);
  const total = memory.array('total', 0.5);
  const type = dtype === 'float32' ? Float32Array : Float64Array;
  expect(total).toEqual(type.of(0.5, 0.5, 0.5));
  expect([memory.has('total'), memory.array('total')]).toEqual([true, total]);
  expect(memory.array('v')).toEqual(new type(3));
});

test('copies what it gives and takes', () => {
  const parameter = new Parameter('x', tensor([1]));
  const memory = new ParameterMemory(parameter);
  memory.steps = 3;
  memory.array('v', 7);
  const state = memory.state();
  const copy = new ParameterMemory(parameter, state);
  memory.array('v')[0] = 8;
  copy.array('v')[0] = 9;
  expect(state).toEqual({ steps: 3, arrays: { v: Float32Array.of(7) } });
  expect([copy.steps, copy.array('v')[0], memory.array('v')[0]]).toEqual([3, 9, 8]);
});
