import { describe, expect, test } from 'vitest';
import { checkDerivatives } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { double } from '../../test/numbers.ts';
import {
  add,
  multiply,
  operands,
  Parameter,
  record,
  Tape,
  type Tensor,
  type TensorLike,
  tensor,
  transpose,
} from '../index.ts';

/** y = x³, as anyone may write an op of their own: the value, and beside it the derivative, written in ops. */
function cube(x: TensorLike): Tensor {
  const inputs = operands('cube', { x });
  return record({
    operation: 'cube',
    inputs,
    shape: inputs.x.shape,
    value: (y) => y.set(inputs.x.read().map((number) => number ** 3)),
    vjps: { x: (g) => multiply(g, multiply(3, multiply(inputs.x, inputs.x))) },
  });
}

describe("an op of one's own", () => {
  test('computes, with and without a tape', () => {
    expect(cube([1, 2]).toList()).toEqual([1, 8]);
    using tape = new Tape();
    expect(cube(tape.watch([1, 2])).tape).toBe(tape);
    expect(`${tape}`).toBe('%0 [2] watched\n%1 [2] cube(x: %0)');
  });

  test('is differentiated, and differentiated again', () => {
    checkDerivatives(cube, [[1, -2, 0.5]]);
  });

  test('may have an optional input, which is not written down where it is missing', () => {
    const scaled = (x: Tensor, scale?: Tensor): Tensor =>
      record({
        operation: 'scaled',
        inputs: { x, scale },
        attributes: { mode: 'test' },
        shape: x.shape,
        view: () => x.view,
        vjps: { x: (g) => g, scale: null },
      });
    using tape = new Tape();
    const x = tape.watch(1);
    scaled(x);
    scaled(x, tape.constant(2));
    expect(`${tape}`.split('\n').filter((row) => row.includes('scaled'))).toEqual([
      '%1 [] scaled(x: %0) mode="test"',
      '%3 [] scaled(x: %0, scale: %2) mode="test"',
    ]);
  });
});

describe('operands', () => {
  test('gives numbers the type of the tensors beside them', () => {
    expect(operands('test', { x: double([1]), y: 2 }).y.dtype).toBe('float64');
    expect(operands('test', { x: Float64Array.of(1), y: tensor([1]) }).x.dtype).toBe('float32');
  });

  test('without a tensor, takes float64 where there is a Float64Array', () => {
    expect(operands('test', { x: [1], y: Float64Array.of(2) }).x.dtype).toBe('float64');
    expect(operands('test', { x: [1], y: 2 }).x.dtype).toBe('float32');
  });

  test('leaves an optional input out', () => {
    expect(operands('test', { x: [1] }, { bias: undefined }).bias).toBeUndefined();
  });
});

test('off the tape, a view of a parameter is a copy, which does not change with it', () => {
  const w = new Parameter(
    'w',
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  const column = transpose(w);
  w.update((numbers) => numbers.fill(0));
  expect(column.toList()).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('every message', () => {
  expect(
    messagesOf({
      'mixed types': () => add(tensor([1]), double([1])),
      'mixed types with a parameter': () => multiply(new Parameter('w', double([1])), tensor([1])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "mixed types": "DataTypeError: add: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.",
      "mixed types with a parameter": "DataTypeError: multiply: x is float64, y is float32; wanted operands of one type. Convert one of them, for example \`cast(y, 'float64')\`.",
    }
  `);
});
