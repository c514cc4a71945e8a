import { describe, expect, test } from 'vitest';
import { expectClose } from '../../test/expect.ts';
import { gradientsOf } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { SmallNet } from '../../test/net.ts';
import { double } from '../../test/numbers.ts';
import {
  add,
  detach,
  divide,
  exp,
  log,
  matmul,
  mean,
  multiply,
  Parameter,
  softmax,
  softmaxCrossEntropyRows,
  square,
  subtract,
  sum,
  Tape,
  tensor,
} from '../index.ts';

const parameter = (name: string, numbers: number | number[]): Parameter => new Parameter(name, double(numbers));

describe('gradients', () => {
  test('of a value that is used twice are added', () => {
    expect(gradientsOf((x) => multiply(x, exp(x)), [0])).toEqual([1]);
    expect(gradientsOf((x) => add(multiply(x, 2), multiply(x, 3)), [1])).toEqual([5]);
    expect(gradientsOf((x) => add(x, x), [1])).toEqual([2]);
  });

  test('of a value that was broadcast are summed over its copies', () => {
    const f = (x: Parameters<typeof add>[0], y: Parameters<typeof add>[0]) => multiply(x, y);
    expect(
      gradientsOf(f, [
        [[1], [2]],
        [3, 4, 5],
      ]),
    ).toEqual([
      [[12], [12]],
      [3, 3, 3],
    ]);
    expect(
      gradientsOf(f, [
        2,
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ).toEqual([
      10,
      [
        [2, 2],
        [2, 2],
      ],
    ]);
  });

  test('of parameters need no watching', () => {
    using tape = new Tape();
    const [w, b] = [parameter('w', [1, 2]), parameter('b', 3)];
    const loss = sum(square(add(multiply(w, tape.constant(double([3, 4]))), b)));
    const gradients = tape.gradients(loss);
    expect(gradients.size).toBe(2);
    expect(gradients.get(w).toList()).toEqual([36, 88]);
    expect(gradients.get(b).item()).toBe(34);
  });

  test('by an intermediate value: by the logits it is p - y', () => {
    using tape = new Tape();
    const logits = matmul(
      tape.constant(double([[1, 2]])),
      new Parameter(
        'w',
        double([
          [1, 0, -1],
          [0, 1, 2],
        ]),
      ),
    );
    const target = double([[0, 1, 0]]);
    const loss = sum(softmaxCrossEntropyRows(logits, target));
    const gradients = tape.gradients(loss, { withRespectTo: [logits] });
    expect(gradients.size).toBe(1);
    expectClose(gradients.get(logits), subtract(detach(softmax(logits)), target), 1e-15);
  });

  test('by a constant, when it is named', () => {
    using tape = new Tape();
    const images = tape.constant(double([3, 4]));
    const loss = sum(square(images));
    expect(
      tape
        .gradients(loss, { withRespectTo: [images] })
        .get(images)
        .toList(),
    ).toEqual([6, 8]);
  });

  test('are weighed by a cotangent: of two outputs by (1, 10)', () => {
    expect(gradientsOf((x) => square(x), [[3, 4]], [1, 10])).toEqual([[6, 80]]);
    using tape = new Tape();
    const x = tape.watch(double([3, 4]));
    const y = square(x);
    const own = tape.gradients(y, { cotangent: y });
    expect(own.get(x).toList()).toEqual([54, 128]);
  });

  test('of the loss by itself is 1, of the shape of the loss', () => {
    using tape = new Tape();
    const x = tape.watch([[5]]);
    expect(tape.gradients(x).get(x).toList()).toEqual([[1]]);
  });

  test('may be taken of several losses on one tape', () => {
    using tape = new Tape();
    const x = tape.watch(double(3));
    const [y, z] = [square(x), multiply(x, 5)];
    expect([tape.gradients(y).get(x).item(), tape.gradients(z).get(x).item()]).toEqual([6, 5]);
  });

  test('of many steps in a row do not overflow the stack', () => {
    using tape = new Tape();
    const x = tape.watch(double(1));
    let y = x;
    for (let count = 0; count < 12_000; count++) y = add(y, x);
    expect(tape.gradients(y).get(x).item()).toBe(12_001);
  });
});

describe('what the walk leaves out', () => {
  test('a first convolution owes its images no gradient', () => {
    using tape = new Tape();
    const net = new SmallNet();
    const loss = net.loss(tape);
    const before = tape.steps.length;
    tape.gradients(loss, { differentiable: true });
    const images = tape.steps.findIndex(({ name }) => name === 'images');
    const inputGradients = tape.steps.slice(before).filter(({ operation }) => operation === 'conv2dInputGradient');
    const filterGradients = tape.steps.slice(before).filter(({ operation }) => operation === 'conv2dFilterGradient');
    expect(inputGradients).toHaveLength(1);
    expect(filterGradients).toHaveLength(2);
    expect(filterGradients.filter(({ inputs }) => inputs.x === images)).toHaveLength(1);
  });

  test('what leads from constants alone, and what leads to another loss alone', () => {
    using tape = new Tape();
    const [w, other] = [parameter('w', 2), parameter('other', 3)];
    const x = tape.constant(double(5));
    const loss = multiply(w, exp(x));
    exp(multiply(other, x));
    const gradients = tape.gradients(loss);
    expect(gradients.has(w)).toBe(true);
    expect(gradients.has(other)).toBe(false);
  });

  test('nothing is written while it walks', () => {
    using tape = new Tape();
    const net = new SmallNet();
    const loss = net.loss(tape);
    const before = `${tape}`;
    const first = tape.gradients(loss).get(net.conv1).toList();
    expect(`${tape}`).toBe(before);
    expect(tape.gradients(loss).get(net.conv1).toList()).toEqual(first);
  });
});

describe('a loss that is not finite', () => {
  test('may be walked all the same, to see where it flows', () => {
    using tape = new Tape();
    const x = tape.watch(double([0, 1]));
    const loss = sum(log(x));
    expect(tape.gradients(loss, { nonFinite: 'allow' }).get(x).toList()).toEqual([Infinity, 1]);
  });

  test('the first step with NaN or infinity is found', () => {
    using tape = new Tape();
    const x = tape.watch([1]);
    expect(tape.firstNonFinite()).toBeUndefined();
    const y = log(subtract(x, 1));
    multiply(y, 0);
    expect(tape.firstNonFinite()?.operation).toBe('log');
  });
});

describe('every message', () => {
  const loss = (tape: Tape) => sum(square(tape.watch([1, 2])));

  test('of what cannot be differentiated', () => {
    using tape = new Tape();
    using other = new Tape();
    const x = tape.watch([1, 2]);
    expect(
      messagesOf({
        'a loss that never touched a tape': () => tape.gradients(sum(square(tensor([1, 2])))),
        'a loss of another tape': () => tape.gradients(loss(other)),
        'a loss that no parameter leads to': () => tape.gradients(sum(tape.constant([1, 2]))),
        'a loss of gradients that were not written down': () =>
          tape.gradients(sum(square(tape.gradients(sum(square(x))).get(x)))),
        'a loss that what is named does not lead to': () =>
          tape.gradients(loss(tape), { withRespectTo: [tape.watch([3])] }),
        'something unknown is named': () => tape.gradients(loss(tape), { withRespectTo: [tensor([1, 2])] }),
        'a loss of many numbers': () => tape.gradients(square(x)),
        'a loss of no numbers': () => tape.gradients(square(tape.watch([]))),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a loss of another tape": "TapeError: gradients: a tensor of shape [] that stands on another tape; wanted tensors of one tape. Record everything on one tape, or pass \`detach(x)\` to use its numbers as a constant.",
        "a loss of gradients that were not written down": "TapeError: gradients: the loss %7 sum, to which no parameter and no watched tensor leads; wanted a loss that depends on something to differentiate by. Compute it from parameters or from \`tape.watch(x)\`; gradients count only if they were taken with \`differentiable: true\`.",
        "a loss of many numbers": "ShapeError: gradients: a loss of shape [2] with 2 numbers; wanted one number. Reduce it with \`mean\` or \`sum\`, or pass a cotangent of its shape.",
        "a loss of no numbers": "ShapeError: gradients: a loss of shape [0] with 0 numbers; wanted one number. Reduce it with \`mean\` or \`sum\`, or pass a cotangent of its shape.",
        "a loss that never touched a tape": "TapeError: gradients: a loss of shape [] that this tape never heard of; wanted a loss computed from tensors of this tape. Bring the inputs onto it, \`model.call(tape.constant(images))\`, or the parameters, \`tape.watch(weight)\`.",
        "a loss that no parameter leads to": "TapeError: gradients: the loss %2 sum, to which no parameter and no watched tensor leads; wanted a loss that depends on something to differentiate by. Compute it from parameters or from \`tape.watch(x)\`; gradients count only if they were taken with \`differentiable: true\`.",
        "a loss that what is named does not lead to": "TapeError: gradients: the loss %10 sum, to which none of the tensors in withRespectTo leads; wanted a loss that depends on something to differentiate by. Compute it from parameters or from \`tape.watch(x)\`; gradients count only if they were taken with \`differentiable: true\`.",
        "something unknown is named": "TapeError: gradients: withRespectTo names a tensor of shape [2] that this tape never heard of; wanted tensors that the loss was computed from, on this tape. Watch it before it is used: \`const x = tape.watch(numbers)\`.",
      }
    `);
  });

  test('of cotangents that do not fit', () => {
    using tape = new Tape();
    using other = new Tape();
    const y = square(tape.watch([1, 2]));
    expect(
      messagesOf({
        'another shape': () => tape.gradients(y, { cotangent: tensor([[1, 1]]) }),
        'another type': () => tape.gradients(y, { cotangent: double([1, 1]) }),
        'another tape': () => tape.gradients(y, { cotangent: other.watch([1, 1]) }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "another shape": "ShapeError: gradients: a cotangent of shape [1, 2] for an output of shape [2]; wanted the same shape. Give one number for each number of the output.",
        "another tape": "TapeError: gradients: a tensor of shape [2] that stands on another tape; wanted tensors of one tape. Record everything on one tape, or pass \`detach(x)\` to use its numbers as a constant.",
        "another type": "DataTypeError: gradients: a cotangent of float64 for an output of float32; wanted the same type. Convert it with \`cast(cotangent, 'float32')\`.",
      }
    `);
  });

  test('of numbers that are not finite', () => {
    using tape = new Tape();
    const x = tape.watch([1, 0], 'x');
    const y = log(x);
    expect(
      messagesOf({
        'a loss of NaN': () => tape.gradients(mean(multiply(y, 0))),
        'an infinite loss': () => tape.gradients(mean(divide(1, x))),
        'an infinite output': () => tape.gradients(y, { cotangent: tensor([1, 1]) }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a loss of NaN": "NonFiniteError: gradients: the loss is NaN; the first step with NaN or infinity is %1 [2] log(x: %0); wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
        "an infinite loss": "NonFiniteError: gradients: the loss is Infinity; the first step with NaN or infinity is %8 [2] divide(x: %7, y: %0); wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
        "an infinite output": "NonFiniteError: gradients: the output holds NaN or infinity; the first step with NaN or infinity is %1 [2] log(x: %0); wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
      }
    `);
  });

  test('of a parameter that was changed, or a tape that has ended', () => {
    const weight = new Parameter('weight', tensor([1, 2]));
    const tape = new Tape();
    const y = sum(multiply(weight, tape.constant([3, 4])));
    weight.update((numbers) => numbers.fill(0));
    expect(
      messagesOf({
        'a parameter that was changed': () => tape.gradients(y),
        'a tape that has ended': () => {
          tape.release();
          tape.gradients(y);
        },
      }),
    ).toMatchInlineSnapshot(`
      {
        "a parameter that was changed": "TapeError: gradients: the parameter weight was changed after the tape had seen it; wanted parameters as they were when the loss was computed. Take all gradients before the optimiser steps, or record the loss again on a new tape.",
        "a tape that has ended": "TapeError: gradients: a tape that has ended; wanted a tape that still runs. Open a new one with \`using tape = new Tape()\`.",
      }
    `);
  });
});
