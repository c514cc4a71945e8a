import { Parameter, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { dataTypes } from '../../../core/test/numbers.ts';
import { ParameterMemory, type Remembered } from './memory.ts';

test.each(dataTypes)('a step has the arrays that it asks for, of the length of the parameter, in %s', (dtype) => {
  const memory = new ParameterMemory(new Parameter('x', tensor([[1, 2, 3]], { dtype })));
  const type = dtype === 'float32' ? Float32Array : Float64Array;
  const look = (): Remembered => memory.prepare({ total: 0.5 });
  expect(look()).toEqual({ step: 1, arrays: { total: type.of(0.5, 0.5, 0.5) }, beginning: new Set(['total']) });
  look().arrays.total[1] = 7;
  memory.commit();
  expect(memory.prepare({ v: 0, total: 0.5 })).toEqual({
    step: 2,
    arrays: { total: type.of(0.5, 7, 0.5), v: new type(3) },
    beginning: new Set(['v']),
  });
});

test('a step that is not taken leaves nothing behind', () => {
  const memory = new ParameterMemory(new Parameter('x', tensor([1])));
  memory.prepare({ v: 0 });
  memory.discard();
  expect(memory.state()).toEqual({ steps: 0, arrays: {} });
  expect(memory.prepare({ v: 0 }).beginning).toEqual(new Set(['v']));
});

test('copies what it gives and takes', () => {
  const parameter = new Parameter('x', tensor([1]));
  const memory = new ParameterMemory(parameter, { steps: 2, arrays: {} });
  const { v } = memory.prepare({ v: 7 }).arrays;
  memory.commit();
  const state = memory.state();
  const copy = new ParameterMemory(parameter, state);
  v[0] = 8;
  copy.prepare({ v: 0 }).arrays.v[0] = 9;
  expect(state).toEqual({ steps: 3, arrays: { v: Float32Array.of(7) } });
  expect([copy, memory].map((each) => each.state())).toEqual([
    { steps: 3, arrays: { v: Float32Array.of(9) } },
    { steps: 3, arrays: { v: Float32Array.of(8) } },
  ]);
});
