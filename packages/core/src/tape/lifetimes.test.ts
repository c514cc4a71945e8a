import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { machine } from '../engine/machine.ts';
import { StepMemory } from '../engine/memory.ts';
import { type Machine, state } from '../engine/state.ts';
import {
  add,
  configureEngine,
  exp,
  multiply,
  Parameter,
  record,
  reshape,
  square,
  sum,
  Tape,
  type Tensor,
  tensor,
} from '../index.ts';

beforeEach(() => {
  state.fillsFreed = true;
});
afterEach(() => {
  state.fillsFreed = false;
  configureEngine({ engine: undefined, fusion: true });
});

/** A deep row of ops, with views between and a value that is used twice. */
function deep(x: Tensor, depth: number): Tensor {
  let y = x;
  for (let n = 0; n < depth; n++) {
    const view = reshape(multiply(y, x), [x.size]);
    y = reshape(add(view, view), x.shape);
  }
  return y;
}

describe.each(['reference', 'simd', 'relaxed'] as const)('on the engine %s', (engine) => {
  describe.each(['float32', 'float64'] as const)('of %s', (dtype) => {
    test('gradients have the bits of a walk in which nothing is given back', () => {
      configureEngine({ engine });
      using tape = new Tape();
      const x = tape.watch(tensor(uniform([40, 5]), { dtype }));
      const middle = deep(x, 3);
      const loss = sum(square(deep(middle, 3)));
      const kept = tape.gradients(loss, { withRespectTo: [x, middle], differentiable: true });
      const got = tape.gradients(loss, { withRespectTo: [x, middle] });
      expect(got.get(middle).toList()).toEqual(kept.get(middle).toList());
      expect(got.get(x).toList()).toEqual(kept.get(x).toList());
      expect(sum(got.get(x)).item()).toBe(sum(kept.get(x)).item());
    });
  });
});

test('the walk back holds few cotangents at a time, however long it is', () => {
  configureEngine({ engine: 'relaxed' });
  const { heap } = machine() as Machine;
  /** How many bytes more a tape holds at most while it computes gradients than it held before. */
  const heldBy = (depth: number): number => {
    using tape = new Tape();
    const x = tape.watch(tensor(uniform([1000, 25]), { dtype: 'float32' }));
    const loss = sum(deep(x, depth));
    loss.item();
    const before = heap.tapes.bytes;
    let most = 0;
    const { allocate } = StepMemory.prototype;
    vi.spyOn(StepMemory.prototype, 'allocate').mockImplementation(function (this: StepMemory, dtype, length) {
      const array = allocate.call(this, dtype, length);
      most = Math.max(most, heap.tapes.bytes - before);
      return array;
    });
    tape.gradients(loss);
    vi.restoreAllMocks();
    return most;
  };
  expect(heldBy(2)).toBeGreaterThan(100_000);
  expect(heldBy(24) - heldBy(2)).toBeLessThan(100_000);
});

test('what was given back is computed again, or is the error of late reads', () => {
  const w = new Parameter('w', tensor([2, 3]));
  const passed: Tensor[] = [];
  /** x, with a derivative that keeps the cotangents that it passes on. */
  const same = (x: Tensor): Tensor =>
    record({
      operation: 'same',
      inputs: { x },
      shape: x.shape,
      value: (y) => y.set(x.read()),
      vjps: {
        x: (g) => {
          passed.push(multiply(g, w));
          return passed[passed.length - 1];
        },
      },
    });
  using tape = new Tape();
  const x = tape.watch(tensor([1, 4]));
  const gradient = tape.gradients(sum(exp(same(multiply(x, w))))).get(x);
  expect(passed[0].isComputed).toBe(false);
  const [first, second] = [Math.exp(2), Math.exp(12)].map(Math.fround);
  const close = passed[0].toList() as number[];
  expect(close[0] / (2 * first)).toBeCloseTo(1, 5);
  expect(close[1] / (3 * second)).toBeCloseTo(1, 5);
  passed[0].forgetNumbers();
  w.update((numbers) => numbers.fill(1));
  expect(() => passed[0].toList()).toThrow('after the parameter w, from which they come, was changed');
  expect((gradient.toList() as number[])[0] / (4 * first)).toBeCloseTo(1, 5);
});
