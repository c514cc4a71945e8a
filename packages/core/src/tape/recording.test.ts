import { describe, expect, test } from 'vitest';
import { ended } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { add, exp, multiply, Parameter, square, sum, Tape, tensor, transpose } from '../index.ts';

const operations = (tape: Tape): string[] => tape.steps.map(({ operation }) => operation);

describe('watch and constant', () => {
  test('put numbers on the tape, in their own type, as leaves', () => {
    using tape = new Tape();
    const [x, c] = [tape.watch([1, 2], 'x'), tape.constant(Float64Array.of(3), 'c')];
    expect([x.dtype, c.dtype]).toEqual(['float32', 'float64']);
    expect(tape.steps.map(({ operation, name, needsGradient }) => ({ operation, name, needsGradient }))).toEqual([
      { operation: 'watched', name: 'x', needsGradient: true },
      { operation: 'constant', name: 'c', needsGradient: false },
    ]);
  });

  test('copy numbers, so that changing the source changes nothing', () => {
    using tape = new Tape();
    const numbers = Float32Array.of(1, 2);
    const x = tape.constant(numbers);
    numbers[0] = 9;
    expect(x.toList()).toEqual([1, 2]);
  });

  test('know a tensor again', () => {
    using tape = new Tape();
    const [x, c, w] = [tensor([1]), tensor([2]), new Parameter('w', tensor([3]))];
    expect(tape.watch(x)).toBe(tape.watch(x));
    expect(tape.watch(tape.watch(x))).toBe(tape.watch(x));
    expect(tape.constant(c)).toBe(tape.constant(c));
    expect(tape.watch(w)).toBe(tape.watch(w));
    expect(tape.steps).toHaveLength(3);
  });

  test('what the tape computed can be watched: the gradient of the logits', () => {
    using tape = new Tape();
    const x = tape.watch([1, 2]);
    const y = tape.watch(multiply(x, 3));
    const gradients = tape.gradients(sum(multiply(y, y)));
    expect(gradients.get(y).toList()).toEqual([6, 12]);
    expect(gradients.get(x).toList()).toEqual([18, 36]);
  });

  test('a constant stops the gradient, also of what the tape computed, and of parameters alone', () => {
    using tape = new Tape();
    const w = new Parameter('w', tensor([5]));
    const x = tape.watch([2]);
    const squared = multiply(x, x);
    const frozen = add(tape.constant(squared), tape.constant(multiply(w, 2)));
    const gradients = tape.gradients(sum(multiply(x, frozen)));
    expect(gradients.get(x).toList()).toEqual([14]);
    expect(gradients.has(w)).toBe(false);
    expect(gradients.has(squared)).toBe(false);
  });

  test('a parameter enters by its name, also by itself, and is frozen as a constant', () => {
    using tape = new Tape();
    const [w, frozen] = ['w', 'frozen'].map((name) => new Parameter(name, tensor([1, 2])));
    tape.constant(frozen, 'frozen');
    const loss = sum(multiply(multiply(tape.constant([3, 4]), w), frozen));
    expect(tape.steps.map(({ operation, name }) => name && `${operation} ${name}`).filter(Boolean)).toEqual([
      'constant frozen',
      'parameter w',
    ]);
    expect(tape.gradients(loss).has(frozen)).toBe(false);
  });

  test('a tensor that an op meets beside one of the tape becomes a constant', () => {
    using tape = new Tape();
    add(tape.watch([1]), tensor([2]));
    expect(operations(tape)).toEqual(['watched', 'constant', 'add']);
  });
});

describe('withoutRecording', () => {
  test('what is computed meanwhile belongs to the tape, but is a constant to it', () => {
    using tape = new Tape();
    const x = tape.watch([1]);
    const y = tape.withoutRecording(() => square(x));
    expect(y.tape).toBe(tape);
    expect(operations(tape)).toEqual(['watched']);
    multiply(y, x);
    expect(operations(tape)).toEqual(['watched', 'constant', 'multiply']);
  });

  test('the tape hears again after an error', () => {
    using tape = new Tape();
    const x = tape.watch([1]);
    expect(() =>
      tape.withoutRecording(() =>
        tape.withoutRecording(() => {
          throw new Error('stop');
        }),
      ),
    ).toThrow('stop');
    exp(x);
    expect(operations(tape)).toEqual(['watched', 'exp']);
  });

  test('a value of parameters alone still takes its own index', () => {
    using tape = new Tape();
    const w = new Parameter('w', tensor([[1, 2]]));
    const x = tape.watch([5]);
    const column = transpose(w);
    expect(tape.withoutRecording(() => tape.watch(column))).toBe(column);
    expect(
      tape
        .gradients(sum(multiply(column, x)))
        .get(w)
        .toList(),
    ).toEqual([[5, 5]]);
  });
});

describe('the end', () => {
  test('comes with the using block, by release, and no harm if twice', () => {
    const tape = new Tape();
    {
      using _same = tape;
      expect(tape.ended).toBe(false);
    }
    expect(tape.ended).toBe(true);
    tape.release();
    expect(tape.steps).toHaveLength(0);
  });

  test('leaves parameters and copies alive', () => {
    const w = new Parameter('w', tensor([1, 2]));
    const copies = (() => {
      using tape = new Tape();
      const y = multiply(w, tape.constant([3, 4]));
      return [y.toList(), [...y.toNdarray().data], sum(y).item()];
    })();
    expect(copies).toEqual([[3, 8], [3, 8], 11]);
    expect(w.toList()).toEqual([1, 2]);
  });
});

test('every message', () => {
  using tape = new Tape();
  using other = new Tape();
  const constant = tape.constant([1, 2], 'images');
  const done = new Tape();
  done.release();
  expect(
    messagesOf({
      'watching a constant': () => tape.watch(constant),
      'watching a tensor of another tape': () => tape.watch(other.watch([1])),
      'a constant of another tape': () => tape.constant(other.watch([1])),
      'a tensor whose tape has ended': () => tape.constant(ended()),
      'watching on a tape that has ended': () => done.watch([1]),
      'a constant on a tape that has ended': () => done.constant([1]),
      'an op on tensors of two tapes': () => add(constant, other.watch([1, 2])),
      'an op on a tensor whose tape has ended': () => add(constant, ended()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a constant of another tape": "TapeError: constant: a tensor of shape [1] that stands on another tape; wanted tensors of one tape. Record everything on one tape, or pass \`detach(x)\` to use its numbers as a constant.",
      "a constant on a tape that has ended": "TapeError: constant: a tape that has ended; wanted a tape that still runs. Open a new one with \`using tape = new Tape()\`.",
      "a tensor whose tape has ended": "TapeError: constant: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "an op on a tensor whose tape has ended": "TapeError: add: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "an op on tensors of two tapes": "TapeError: add: a tensor of shape [2] that stands on another tape; wanted tensors of one tape. Record everything on one tape, or pass \`detach(x)\` to use its numbers as a constant.",
      "watching a constant": "TapeError: watch: the step %0 constant, which this tape already holds as a constant; wanted a tensor that has not been used on this tape yet. Watch it first, then use what \`watch\` returns.",
      "watching a tensor of another tape": "TapeError: watch: a tensor of shape [1] that stands on another tape; wanted tensors of one tape. Record everything on one tape, or pass \`detach(x)\` to use its numbers as a constant.",
      "watching on a tape that has ended": "TapeError: watch: a tape that has ended; wanted a tape that still runs. Open a new one with \`using tape = new Tape()\`.",
    }
  `);
});
