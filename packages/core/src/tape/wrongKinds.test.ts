import { expect, test } from 'vitest';
import { wrongKinds } from '../../../../test/wrongKinds.ts';
import { messagesOf } from '../../test/messages.ts';
import { Parameter, square, Tape, TapegradError, type Tensor, tensor } from '../index.ts';

/** As JavaScript gives it, which no compiler looks at. */
const given = (wrong: unknown): Tensor => wrong as Tensor;

test('a cotangent may be numbers in any form', () => {
  const gradientFor = (cotangent: Tensor | Float32Array | number[]): unknown => {
    using tape = new Tape();
    const x = tape.watch([1, 2]);
    return tape.gradients(square(x), { cotangent }).get(x).toList();
  };
  for (const cotangent of [tensor([1, 10]), Float32Array.of(1, 10), [1, 10]])
    expect(gradientFor(cotangent)).toEqual([2, 40]);
});

test.each(Object.entries(wrongKinds))(
  '%s, wherever a tape or a parameter takes something, ends in words',
  (_, make) => {
    using tape = new Tape();
    const x = tape.watch([1, 2]);
    const y = square(x);
    const gradients = tape.gradients(y, { cotangent: [1, 1] });
    const attempts = [
      () => tape.watch(given(make())),
      () => tape.constant(given(make())),
      () => tape.gradients(given(make())),
      () => tape.gradients(y, { cotangent: given(make()) }),
      () => tape.gradients(y, { cotangent: [1, 1], withRespectTo: make() as Tensor[] }),
      () => tape.gradients(y, { cotangent: [1, 1], withRespectTo: [given(make())] }),
      () => [...tape.stepBackward(given(make()))],
      () => gradients.get(given(make())),
      () => gradients.has(given(make())),
      () => new Parameter('w', given(make())),
      () => new Parameter(make() as string, tensor([1])),
      () => new Parameter('w', tensor([1])).assign(given(make())),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch (error) {
        expect(error).toBeInstanceOf(TapegradError);
      }
    }
  },
);

test('every message', () => {
  using tape = new Tape();
  const x = tape.watch([1, 2]);
  const y = square(x);
  expect(
    messagesOf({
      'a loss that is a number': () => tape.gradients(given(3)),
      'a name among options': () => tape.watch([1], { name: 'x' } as unknown as string),
      'a constant whose name is a number': () => tape.constant([1], 5 as unknown as string),
      'a cotangent that is text': () => tape.gradients(y, { cotangent: given('abc') }),
      'one tensor where a list is wanted': () =>
        tape.gradients(y, { cotangent: [1, 1], withRespectTo: given(x) as unknown as Tensor[] }),
      'numbers where a parameter is wanted': () => tape.gradients(y, { cotangent: [1, 1] }).get(given([1, 2])),
      'typed arrays in a list': () => tensor([new Float32Array(2)] as unknown as number[]),
      'no operand': () => square(given(undefined)),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a constant whose name is a number": "ValueError: constant: name is the number 5; wanted a text. Name it by a text.",
      "a cotangent that is text": "DataTypeError: gradients: cotangent is the text 'abc'; wanted a tensor, an ndarray, a typed array, or numbers in lists. Give numbers, or what an op returned.",
      "a loss that is a number": "DataTypeError: gradients: the loss is the number 3; wanted a tensor. Compute it from tensors of this tape.",
      "a name among options": "ValueError: watched: name is an object; wanted a text. Name it by a text.",
      "no operand": "DataTypeError: square: x is undefined; wanted a tensor, an ndarray, a typed array, or numbers in lists. Give it; this input has no default.",
      "numbers where a parameter is wanted": "DataTypeError: gradients.get: x is a list of 2; wanted a tensor. Give the parameter, or what \`tape.watch(numbers)\` returned.",
      "one tensor where a list is wanted": "DataTypeError: gradients: withRespectTo is a tensor of shape [2]; wanted a list of tensors. Put what to differentiate by into a list: \`withRespectTo: [x]\`.",
      "typed arrays in a list": "DataTypeError: tensor: a Float32Array of 2 in a list; wanted numbers. Make lists of them, \`parts.map((part) => [...part])\`, or one flat array: \`tensor(flat, { shape })\`.",
    }
  `);
});
