import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { multiply, record, square, sum, Tape, type Tensor, tensor } from '../index.ts';
import { walkBackward } from './walk.ts';

describe('walkBackward', () => {
  test('tells for each step what arrived, and what was passed on to whom', () => {
    using tape = new Tape();
    const x = tape.watch([1, 2], 'x');
    const loss = sum(multiply(square(x), x));
    const last = tape.steps[tape.steps.length - 1];
    const isWanted = tape.steps.map(({ needsGradient }) => needsGradient);
    expect(last.output).toBe(loss);
    const seen = tape.withoutRecording(() =>
      [...walkBackward(tape.steps, last, tensor(1), isWanted)].map(({ step, cotangent, passed }) => [
        `%${step.index} ${step.operation}`,
        cotangent.toList(),
        Object.fromEntries(Object.entries(passed).map(([name, gradient]) => [name, gradient.toList()])),
      ]),
    );
    expect(seen).toEqual([
      ['%3 sum', 1, { x: [1, 1] }],
      ['%2 multiply', [1, 1], { x: [1, 2], y: [1, 4] }],
      ['%1 multiply', [1, 2], { x: [1, 4], y: [1, 4] }],
      ['%0 watched', [3, 12], {}],
    ]);
  });

  test('goes nowhere that is not wanted', () => {
    using tape = new Tape();
    const x = tape.watch([1, 2]);
    sum(multiply(x, tape.constant([3, 4])));
    const last = tape.steps[tape.steps.length - 1];
    const walk = walkBackward(
      tape.steps,
      last,
      tensor(1),
      tape.steps.map(({ index }) => index !== 0),
    );
    expect([...walk].map(({ step }) => step.operation)).toEqual(['sum', 'multiply', 'constant']);
  });
});

test('a VJP of a shape that cannot be summed to the input is an error, not garbage', () => {
  const wrong = (x: Tensor): Tensor =>
    record({ operation: 'wrong', inputs: { x }, shape: x.shape, view: () => x.view, vjps: { x: (g) => sum(g) } });
  using tape = new Tape();
  expect(messagesOf({ 'the message': () => tape.gradients(sum(wrong(tape.watch([1, 2])))) })).toMatchInlineSnapshot(`
    {
      "the message": "ShapeError: wrong: the VJP by x returned [] for an input of shape [2]; wanted the shape of the input, or one that it broadcasts to. Mend the VJP; \`broadcastTo\` undoes a sum.",
    }
  `);
});
