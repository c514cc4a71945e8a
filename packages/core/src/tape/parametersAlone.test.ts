import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { double } from '../../test/numbers.ts';
import { add, detach, matmul, multiply, Parameter, square, sum, Tape, tensor, transpose } from '../index.ts';

const parameter = (name = 'w'): Parameter => new Parameter(name, double([1, -2]));

describe('a value of parameters alone', () => {
  test('an L2 penalty is recorded when it meets the tape', () => {
    const w = parameter();
    const penalty = multiply(sum(square(w)), 0.5);
    expect(penalty.item()).toBe(2.5);
    using tape = new Tape();
    const loss = add(sum(multiply(w, tape.constant(double([3, 4])))), penalty);
    expect(tape.gradients(loss).get(w).toList()).toEqual([4, 2]);
    expect(`\n${tape}`).toMatchInlineSnapshot(`
      "
      %0 [2] constant
      %1 [2] parameter w
      %2 [2] multiply(x: %1, y: %0)
      %3 [] sum(x: %2) axes=[0] keepDims=false
      %4 [2] multiply(x: %1, y: %1)
      %5 [] sum(x: %4) axes=[0] keepDims=false
      %6 [] constant 0.5
      %7 [] multiply(x: %5, y: %6)
      %8 [] add(x: %3, y: %7)"
    `);
  });

  test('may be the whole loss', () => {
    const w = parameter();
    using tape = new Tape();
    expect(
      tape
        .gradients(sum(square(w)))
        .get(w)
        .toList(),
    ).toEqual([2, -4]);
  });

  test('may be used twice, and is written down once', () => {
    const w = new Parameter('w', double([[1, 2]]));
    const column = transpose(w);
    using tape = new Tape();
    const x = tape.constant(double([[3], [5]]));
    const loss = sum(add(multiply(column, x), matmul(column, [[1]])));
    expect(tape.steps.filter(({ operation }) => operation === 'transpose')).toHaveLength(1);
    expect(tape.gradients(loss).get(w).toList()).toEqual([[4, 6]]);
  });

  test('may join two parameters', () => {
    const [a, b] = [parameter('a'), parameter('b')];
    using tape = new Tape();
    const gradients = tape.gradients(sum(multiply(a, b)));
    expect([gradients.get(a).toList(), gradients.get(b).toList()]).toEqual([
      [1, -2],
      [1, -2],
    ]);
  });

  test('may be what is differentiated by, and be differentiated twice', () => {
    const w = parameter();
    using tape = new Tape();
    const squares = square(w);
    const first = tape.gradients(sum(square(squares)), { withRespectTo: [squares, w], differentiable: true });
    expect(first.get(squares).toList()).toEqual([2, 8]);
    expect(first.get(w).toList()).toEqual([4, -32]);
    expect(
      tape
        .gradients(sum(first.get(w)))
        .get(w)
        .toList(),
    ).toEqual([12, 48]);
  });

  test('enters one tape after the other', () => {
    const w = parameter();
    const penalty = sum(square(w));
    for (const scale of [1, 2]) {
      using tape = new Tape();
      expect(
        tape
          .gradients(multiply(penalty, tape.constant(double(scale))))
          .get(w)
          .toList(),
      ).toEqual([2 * scale, -4 * scale]);
    }
  });
});

test('detached, it is a constant', () => {
  using tape = new Tape();
  const w = parameter();
  const loss = sum(multiply(tape.watch(w), detach(square(w))));
  expect(tape.gradients(loss).get(w).toList()).toEqual([1, 4]);
});

test('results of an evaluation are ordinary values among themselves', () => {
  const logits = matmul(double([[1, 1]]), transpose(new Parameter('w', double([[2, 3]]))));
  expect(sum(square(logits)).item()).toBe(25);
});

test('every message', () => {
  using tape = new Tape();
  const [w, v] = [parameter('dense.weight'), parameter('v')];
  const [stale, nested] = [square(w), sum(square(v))];
  const evaluation = multiply(parameter('conv.weight'), tensor([1, 2], { dtype: 'float64' }));
  for (const changed of [w, v]) changed.update((numbers) => numbers.fill(1));
  const x = tape.watch(double([1, 2]));
  expect(
    messagesOf({
      'a value older than its parameter': () => multiply(x, stale),
      'a value of such a value': () => tape.gradients(nested),
      'the result of an evaluation': () => multiply(x, evaluation),
      'what was computed from one': () => add(x, square(evaluation)),
      'a loss that is one': () => tape.gradients(sum(evaluation)),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a loss that is one": "TapeError: gradients: a loss of shape [] that this tape never heard of; wanted a loss computed from tensors of this tape. Bring the inputs onto it, \`model.call(tape.constant(images))\`, or the parameters, \`tape.watch(weight)\`.",
      "a value of such a value": "TapeError: sum: the result of multiply, computed from the parameter v before that was changed; wanted a value of the parameters as they are now. Compute it again in each step.",
      "a value older than its parameter": "TapeError: multiply: the result of multiply, computed from the parameter dense.weight before that was changed; wanted a value of the parameters as they are now. Compute it again in each step.",
      "the result of an evaluation": "TapeError: multiply: y was computed off the tape, from the parameter conv.weight and other numbers, so a gradient would be lost; wanted a value recorded on this tape, or a plain constant. Compute it from \`tape.constant(…)\` of those numbers, or pass \`detach(y)\` if a constant is meant.",
      "what was computed from one": "TapeError: add: y was computed off the tape, from the parameter conv.weight and other numbers, so a gradient would be lost; wanted a value recorded on this tape, or a plain constant. Compute it from \`tape.constant(…)\` of those numbers, or pass \`detach(y)\` if a constant is meant.",
    }
  `);
});
