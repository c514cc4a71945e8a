import { afterEach, describe, expect, test } from 'vitest';
import {
  configureEngine,
  conv2d,
  type DataType,
  exp,
  maxPool2d,
  multiply,
  Parameter,
  relu,
  reshape,
  square,
  sum,
  Tape,
  tensor,
  transpose,
} from '../index.ts';

const message = 'numbers asked for after the parameter w, from which they come, was changed';

function setUp(dtype: DataType) {
  const w = new Parameter('w', tensor([2], { shape: [1, 1, 1, 1], dtype }));
  const tape = new Tape();
  const x = tape.constant(tensor([3], { shape: [1, 1, 1, 1], dtype }));
  const change = () => w.update((numbers) => numbers.fill(100));
  return { w, tape, x, change };
}

afterEach(() => configureEngine({ fusion: true, engine: undefined }));

describe.each(['reference', 'simd', 'relaxed'] as const)('on the engine %s', (engine) => {
  describe.each(['float32', 'float64'] as const)('of %s', (dtype) => {
    test.each([true, false])('a value is that of its time, or an error; with fusion: %s', (fusion) => {
      configureEngine({ engine, fusion });
      const { w, tape, x, change } = setUp(dtype);
      const read = relu(conv2d(x, w));
      const late = relu(conv2d(x, w));
      const loss = sum(square(maxPool2d(read, { kernelSize: 1 })));
      const gradient = tape.gradients(loss).get(w);
      change();
      expect([loss.item(), gradient.item()]).toEqual([36, 36]);
      expect(() => late.item()).toThrow(message);
      expect(() => conv2d(x, w).item()).toThrow(message);
      tape.release();
    });

    test('watched parameters and views of them are not read late', () => {
      configureEngine({ engine });
      const { w, tape, x, change } = setUp(dtype);
      const watched = tape.watch(w);
      const views = [watched, reshape(watched, [1]), transpose(reshape(watched, [1, 1])), conv2d(x, watched)];
      change();
      for (const view of views) expect(() => view.item()).toThrow(message);
    });

    test('views that were read in time are not read again', () => {
      configureEngine({ engine });
      const { w, tape, change } = setUp(dtype);
      const view = reshape(tape.watch(w), [1]);
      const copied = multiply(view, 1);
      expect([view.item(), copied.item()]).toEqual([2, 2]);
      change();
      expect(() => view.item()).toThrow(message);
      expect(copied.item()).toBe(2);
    });

    test('a walk back that is left half-way goes no further', () => {
      configureEngine({ engine });
      const { w, tape, x, change } = setUp(dtype);
      const walk = tape.stepBackward(sum(multiply(multiply(x, w), w)));
      const first = walk.next().value;
      change();
      expect(first?.cotangent.item()).toBe(1);
      expect(() => [...walk].map(({ cotangent }) => cotangent.toList())).toThrow(message);
    });

    test('what no parameter leads to is computed at any time', () => {
      configureEngine({ engine });
      const { w, x, change } = setUp(dtype);
      const [free, bound] = [exp(x), exp(multiply(x, w))];
      change();
      expect(free.item()).toBeCloseTo(Math.exp(3), 4);
      expect(() => bound.item()).toThrow(message);
    });
  });
});
