import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { add, Parameter, Tape, tensor, transpose } from '../index.ts';

describe('a parameter', () => {
  test('has a name, and a copy of its first numbers', () => {
    const initial = tensor([1, 2], { dtype: 'float64' });
    const weight = new Parameter('conv1.weight', initial);
    weight.update((numbers) => numbers.fill(0));
    expect(weight.name).toBe('conv1.weight');
    expect(weight.dtype).toBe('float64');
    expect(weight.toList()).toEqual([0, 0]);
    expect(initial.toList()).toEqual([1, 2]);
  });

  test('shows whether it is trainable by the functions that all parameters have: with its own, each step takes longer', () => {
    const shown = ['v', 'w'].map((name) =>
      Object.getOwnPropertyDescriptor(new Parameter(name, tensor([1])), 'trainable'),
    );
    expect(shown[0]?.get).toBeInstanceOf(Function);
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[1]?.get).toBe(shown[0]?.get);
    expect(shown[1]?.set).toBe(shown[0]?.set);
  });

  test('counts its changes', () => {
    const weight = new Parameter('w', tensor([1]));
    expect(weight.version).toBe(0);
    weight.update(() => {});
    weight.assign(tensor([2]));
    expect(weight.version).toBe(2);
  });

  test('takes the numbers of any tensor of its shape, rounded to its own type', () => {
    const weight = new Parameter(
      'w',
      tensor([
        [0, 0],
        [0, 0],
      ]),
    );
    weight.assign(
      transpose(
        tensor(
          [
            [0.1, 1],
            [2, 3],
          ],
          { dtype: 'float64' },
        ),
      ),
    );
    expect(weight.dtype).toBe('float32');
    expect(weight.toList()).toEqual([
      [Math.fround(0.1), 2],
      [1, 3],
    ]);
  });

  test('takes a view of its own numbers', () => {
    using tape = new Tape();
    const weight = new Parameter(
      'w',
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    weight.assign(transpose(tape.watch(weight)));
    expect(weight.toList()).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test('outlives every tape', () => {
    const weight = new Parameter('w', tensor([1]));
    {
      using tape = new Tape();
      add(tape.constant([1]), weight);
    }
    expect(weight.toList()).toEqual([1]);
  });
});

test('every message, and none of them changes the parameter', () => {
  const weight = new Parameter('dense.weight', tensor([1, 2]));
  using tape = new Tape();
  const value = tape.constant([3, 4]);
  tape.release();
  expect(
    messagesOf({
      'another shape': () => weight.assign(tensor([[1, 2]])),
      'a value whose tape has ended': () => weight.assign(value),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a value whose tape has ended": "TapeError: tensor: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "another shape": "ShapeError: dense.weight.assign: a value of shape [1, 2]; wanted [2]. Check that the value belongs to this parameter.",
    }
  `);
  expect(weight.toList()).toEqual([1, 2]);
  expect(weight.version).toBe(0);
});
