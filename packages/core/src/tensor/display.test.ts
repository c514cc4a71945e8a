import assert from 'node:assert';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ended } from '../../test/gradients.ts';
import { scattered } from '../../test/numbers.ts';
import { add, exp, multiply, ones, Parameter, sum, Tape, Tensor, tensor, zeros } from '../index.ts';

const deno = (x: object): string => (x as Record<symbol, () => string>)[Symbol.for('Deno.customInspect')]();

describe('console.log shows', () => {
  test('type, shape and numbers of a tensor, a row to a line', () => {
    expect(inspect(tensor([0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY]))).toBe(
      'Tensor float32 [4] [0.1, -0, NaN, -Infinity]',
    );
    const x = tensor([
      [1, 2.5],
      [1 / 3, 4],
    ]);
    expect(inspect({ x })).toBe('{\n  x: Tensor float32 [2, 2]\n  [[1, 2.5],\n   [0.33333334, 4]]\n}');
    expect(inspect(tensor(1 / 3, { dtype: 'float64' }))).toBe('Tensor float64 [] 0.3333333333333333');
    expect(inspect(zeros([2, 0]))).toBe('Tensor float32 [2, 0]\n[[],\n []]');
    expect(deno(x)).toBe(inspect(x));
  });

  test('the edges of a large one', () => {
    const text = inspect(
      tensor(
        Float32Array.from({ length: 200 }, (_, index) => index),
        { shape: [10, 20] },
      ),
    );
    expect(text.split('\n')).toEqual([
      'Tensor float32 [10, 20]',
      '[[0, 1, 2, …, 17, 18, 19],',
      ' [20, 21, 22, …, 37, 38, 39],',
      ' [40, 41, 42, …, 57, 58, 59],',
      ' …,',
      ' [140, 141, 142, …, 157, 158, 159],',
      ' [160, 161, 162, …, 177, 178, 179],',
      ' [180, 181, 182, …, 197, 198, 199]]',
    ]);
    expect(inspect(zeros([100_000, 2])).length).toBeLessThan(200);
  });

  test('what a tape will compute, and why there are no numbers where there are none', () => {
    expect(inspect(ended())).toBe('Tensor float32 [2] (its tape has ended)');
    using tape = new Tape();
    const w = new Parameter('w', tensor([1, 2]));
    const [y, late] = [exp(tape.watch([0])), multiply(tape.constant([1, 1]), w)];
    expect(inspect(y)).toBe('Tensor float32 [1] [1]');
    w.assign(tensor([3, 4]));
    for (const text of [inspect(late), String(late)]) expect(text).toContain('after the parameter w, from which');
  });

  test('a parameter, a tape and gradients', () => {
    const w = new Parameter('dense.weight', tensor([2]));
    expect(inspect(w)).toBe('Parameter dense.weight float32 [1] [2]');
    const tape = new Tape();
    const loss = sum(multiply(tape.watch([1, 2], 'x'), w));
    const gradients = tape.gradients(loss);
    expect(inspect(gradients)).toBe('Gradients\n∂/∂%1: float32 [1] [3]\n∂/∂%0: float32 [2] [2,2]');
    expect(inspect(tape)).toBe(`Tape of 4 steps\n${tape}`);
    expect([deno(tape), deno(gradients)]).toEqual([inspect(tape), inspect(gradients)]);
    tape.release();
    expect(inspect(tape)).toBe('Tape (ended)');
    expect(inspect(gradients)).toContain('(its tape has ended)');
  });

  test('the ends of a long tape', () => {
    using tape = new Tape();
    let x = tape.watch([0]);
    for (let step = 0; step < 100; step++) x = exp(x);
    const rows = inspect(tape).split('\n');
    expect(rows.length).toBe(62);
    expect(rows[31]).toBe('… 41 more; all of them: console.log(String(tape))');
  });
});

describe('JSON.stringify', () => {
  test('writes a tensor as nested lists, from which it can be made again', () => {
    const x = scattered(
      tensor([
        [0.1, 2],
        [3, 4],
      ]),
    );
    expect(tensor(JSON.parse(JSON.stringify({ x })).x)).toEqual(x);
    expect(JSON.stringify(tensor(5))).toBe('5');
  });

  test('writes NaN and the infinities by their names, for null would not tell which', () => {
    const text = JSON.stringify(tensor([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));
    expect(text).toBe('["NaN","Infinity","-Infinity"]');
    expect(() => tensor(JSON.parse(text))).toThrow("the text 'NaN' in a list; wanted numbers");
  });

  test('writes the rows of a tape, and gradients by the index of their tensor', () => {
    using tape = new Tape();
    const gradients = tape.gradients(sum(exp(tape.watch([0, 0]))));
    expect(JSON.stringify(tape)).toBe(JSON.stringify(String(tape).split('\n')));
    expect(JSON.stringify(gradients)).toBe('{"0":[1,1]}');
  });

  test('refuses a tensor whose tape has ended', () => {
    expect(() => JSON.stringify(ended())).toThrow('whose tape has ended');
  });
});

/** Whether Vitest's toEqual and Node's deepStrictEqual call two values equal; they must agree. */
function areEqual(a: unknown, b: unknown): boolean {
  const holds = [() => expect(a).toEqual(b), () => expect(a).toStrictEqual(b), () => assert.deepStrictEqual(a, b)].map(
    (check) => {
      try {
        check();
        return true;
      } catch (error) {
        if (
          error instanceof Error &&
          /Assertion|ERR_ASSERTION/.test(`${error.name} ${'code' in error ? error.code : ''}`)
        )
          return false;
        throw error;
      }
    },
  );
  expect(new Set(holds).size).toBe(1);
  return holds[0];
}

describe('deep equality', () => {
  test('tells tensors by shape, type and numbers', () => {
    const x = tensor([1, 2]);
    expect(areEqual(x, tensor([1, 2]))).toBe(true);
    expect(areEqual(x, tensor([1, 3]))).toBe(false);
    expect(areEqual(x, tensor([[1, 2]]))).toBe(false);
    expect(areEqual(x, tensor([1, 2], { dtype: 'float64' }))).toBe(false);
    expect(areEqual(tensor([Number.NaN]), tensor([Number.NaN]))).toBe(true);
    expect(areEqual({ deep: [ones([2000])] }, { deep: [ones([2000])] })).toBe(true);
    expect(areEqual({ deep: [ones([2])] }, { deep: [zeros([2])] })).toBe(false);
    expect(x).not.toEqual({ shape: [2], dtype: 'float32' });
  });

  test('wherever they lie, computed or not, on any tape', () => {
    using tape = new Tape();
    using other = new Tape();
    const x = scattered(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    const sums = [add(tape.constant(x), 1), add(other.watch(x), 1), add(x, 1)];
    for (const sum of sums) expect(areEqual(sum, sums[0])).toBe(true);
    expect(areEqual(add(tape.constant(x), 2), add(other.watch(x), 1))).toBe(false);
  });

  test('never calls tensors equal whose numbers are gone', () => {
    expect(() => expect(ended()).toEqual(ended())).toThrow('whose tape has ended');
    expect(() => assert.deepStrictEqual(ended(), ended())).toThrow('whose tape has ended');
  });

  test('tells parameters, tapes and gradients by theirs', () => {
    const parameter = (name: string, numbers: number[]) => new Parameter(name, tensor(numbers));
    expect(areEqual(parameter('w', [1]), parameter('w', [1]))).toBe(true);
    expect(areEqual(parameter('w', [1]), parameter('w', [2]))).toBe(false);
    expect(areEqual(parameter('w', [1]), parameter('v', [1]))).toBe(false);
    const kept = Object.assign(parameter('w', [1]), { trainable: false });
    expect(areEqual(parameter('w', [1]), kept)).toBe(false);

    const recorded = (factor: number) => {
      const tape = new Tape();
      return { tape, gradients: tape.gradients(sum(multiply(tape.watch([1, 2]), factor))) };
    };
    const [two, alsoTwo, three] = [recorded(2), recorded(2), recorded(3)];
    expect(areEqual(two.tape, alsoTwo.tape)).toBe(true);
    expect(areEqual(two.tape, three.tape)).toBe(false);
    expect(areEqual(two.gradients, alsoTwo.gradients)).toBe(true);
    expect(areEqual(two.gradients, three.gradients)).toBe(false);
    for (const { tape } of [two, alsoTwo, three]) tape.release();
  });

  test('lets a test runner show what differs: it prints a copy that has own properties alone', () => {
    const copy: Tensor = Object.assign(Object.create(Tensor.prototype), { ...tensor([1, 2]) });
    expect(JSON.stringify(copy)).toBe('[1,2]');
  });
});
