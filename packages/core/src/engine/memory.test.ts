import { afterEach, describe, expect, test, vi } from 'vitest';
import { SmallNet } from '../../test/net.ts';
import { uniform } from '../../test/numbers.ts';
import {
  add,
  avgPool2d,
  clamp,
  concat,
  exp,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  multiply,
  pad,
  reshape,
  slice,
  softmax,
  square,
  sum,
  Tape,
  type Tensor,
  tensor,
  transpose,
} from '../index.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import { engineInfo } from './machine.ts';
import { garbageCollected, StepMemory } from './memory.ts';

afterEach(() => vi.restoreAllMocks());

/** All arrays that are lent while `work` runs. */
function lentDuring(work: () => void): FloatArray[] {
  const allocate = vi.spyOn(StepMemory.prototype, 'allocate');
  work();
  const arrays = allocate.mock.results.flatMap(({ type, value }) => (type === 'return' ? [value] : []));
  allocate.mockRestore();
  return arrays;
}

describe('memory', () => {
  test('lends room of the type and length that is asked for, and zeros where they are', () => {
    for (const memory of [garbageCollected, new StepMemory()]) {
      expect(memory.allocate('float32', 3)).toBeInstanceOf(Float32Array);
      expect(memory.allocate('float64', 3)).toHaveLength(3);
      expect(memory.allocate('float32', 0)).toHaveLength(0);
      expect([...memory.zeros('float64', 2)]).toEqual([0, 0]);
    }
  });

  test('of a step is lent to the next one, and to nobody before that', () => {
    const [first, second] = [new StepMemory(), new StepMemory()];
    const array = first.allocate('float32', 12_345).fill(7);
    expect(second.allocate('float32', 12_345)).not.toBe(array);
    first.release();
    const again = second.zeros('float32', 12_345);
    expect(again).toBe(array);
    expect(again.every((number) => number === 0)).toBe(true);
    expect(second.allocate('float64', 12_345)).not.toBe(array);
    first.release();
    expect(second.allocate('float32', 12_345)).not.toBe(array);
  });
});

describe('a step of training', () => {
  const net = new SmallNet();
  const step = (): void => {
    using tape = new Tape();
    const gradients = tape.gradients(net.loss(tape));
    for (const parameter of net.parameters) {
      const change = gradients.get(parameter).toFlatArray();
      parameter.update((numbers) =>
        numbers.forEach((_, at) => {
          numbers[at] -= 0.1 * change[at];
        }),
      );
    }
  };

  test('takes the very same memory as the one before, 200 times over', () => {
    step();
    const first = new Set(lentDuring(step));
    expect(first.size).toBeGreaterThan(20);
    for (let count = 0; count < 200; count++) {
      for (const array of lentDuring(step)) if (!first.has(array)) expect.fail(`step ${count} took new memory`);
    }
  });

  test('that throws gives its memory back too', () => {
    step();
    const whole = new Set(lentDuring(step));
    const broken = lentDuring(() => {
      expect(() => {
        using tape = new Tape();
        net.loss(tape).item();
        throw new Error('interrupted');
      }).toThrow('interrupted');
    });
    expect(broken.length).toBeGreaterThan(5);
    expect(broken.every((array) => whole.has(array))).toBe(true);
    expect(lentDuring(step).every((array) => whole.has(array))).toBe(true);
  });
});

describe('no op counts on what its memory held before', () => {
  /** Most ops that take memory in a way of their own, in one value. */
  const f = (x: Tensor, y: Tensor): Tensor => {
    const joined = concat(
      [
        slice(x, [null, [0, 4, 2]]),
        pad(y, [
          [0, 0],
          [1, 0],
        ]),
      ],
      1,
    );
    const images = reshape(
      pad(concat([transpose(joined), transpose(joined)]), [
        [1, 1],
        [0, 2],
      ]),
      [2, 2, 3, -1],
    );
    const pooled = avgPool2d(images, { kernelSize: 2, padding: 1, countIncludePad: false });
    const rows = add(softmax(matmul(x, transpose(x))), logSoftmax(matmul(y, transpose(y))));
    const reduced = add(max(rows, { axes: 0 }), logSumExp(clamp(rows, { min: -1 }), { axes: 1 }));
    return add(sum(multiply(exp(reduced), 0.5)), sum(square(pooled)));
  };

  const run = (): unknown => {
    using tape = new Tape();
    const [x, y] = [tape.watch(uniform([3, 4])), tape.watch(uniform([3, 2], { seed: 2 }))];
    const value = f(x, y);
    const gradients = tape.gradients(value, { differentiable: true });
    const second = tape.gradients(sum(square(gradients.get(x))));
    return [value.item(), gradients.get(y).toList(), second.get(x).toList(), new SmallNet().loss(tape).item()];
  };

  test('full of NaN, it gives the same numbers', () => {
    const clean = run();
    for (const array of lentDuring(run)) array.fill(Number.NaN);
    expect(run()).toEqual(clean);
  });
});

describe('a thousand tapes', () => {
  const held = (): number => engineInfo().heldBytes['running tapes'] ?? 0;
  const numbers = tensor(uniform([40, 100], { seed: 3 }), { dtype: 'float32' });

  /** Records something of some size, and gives back what came out of it. */
  function work(tape: Tape): number {
    const x = tape.watch(numbers, 'x');
    const loss = sum(square(softmax(matmul(x, transpose(x)))));
    return loss.item() + sum(tape.gradients(loss).get(x)).item();
  }

  test('that are dropped without their end hold no more than a few, and compute the same', () => {
    const before = held();
    let one = 0;
    const results = Array.from({ length: 1000 }, (_, index) => {
      const result = work(new Tape());
      if (index === 0) one = held() - before;
      return result;
    });
    expect(new Set(results).size).toBe(1);
    expect(held() - before).toBeLessThanOrEqual(8 * one);
    // Whoever ends a tape after that has the engine's memory again, as far as the collector has been there.
    using tape = new Tape();
    expect(work(tape)).toBe(results[0]);
  });

  test('that end by an exception hold nothing', () => {
    const before = held();
    for (let count = 0; count < 1000; count++) {
      expect(() => {
        using tape = new Tape();
        work(tape);
        throw new Error('somewhere in a step');
      }).toThrow('somewhere in a step');
    }
    expect(held()).toBe(before);
  });
});
