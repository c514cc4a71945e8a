import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shapesWithAxes } from '../../test/arbitrary.ts';
import { expectClose } from '../../test/expect.ts';
import { positions, scattered, uniform } from '../../test/numbers.ts';
import { kernels } from '../authors/index.ts';
import { garbageCollected } from '../engine/memory.ts';
import { Tensor, tensor } from '../index.ts';
import { reduceView } from './reduce.ts';
import { reducedShape, sizeOf } from './shape.ts';
import { viewOf } from './strided.ts';

test('sums over any axes of any view, keeping them with length 1', () => {
  fc.assert(
    fc.property(shapesWithAxes(), ({ shape, axes }) => {
      const x = tensor(uniform(shape));
      const kept = reducedShape(shape, axes, true);
      const wanted = viewOf(new Float64Array(sizeOf(kept)), kept);
      for (const place of positions(shape)) {
        const target = place.map((index, axis) => (axes.includes(axis) ? 0 : index));
        wanted.set(...target, wanted.get(...target) + x.view.get(...place));
      }
      for (const view of [x.view, scattered(x).view]) {
        const sums = new Float64Array(sizeOf(kept));
        reduceView(view, axes, kernels.sum, sums, garbageCollected);
        expectClose(new Tensor(viewOf(sums, kept)), new Tensor(wanted), 1e-14);
      }
    }),
  );
});

test('over no axes still goes through the kernel, one number at a time', () => {
  const view = viewOf(Float32Array.of(-1, 2), [2]);
  const logs = new Float32Array(2);
  reduceView(view, [], kernels.logSumExp, logs, garbageCollected);
  expect([...logs]).toEqual([-1, 2]);
});

test('takes neighbouring axes together: one pass for them, one more for each group', () => {
  const calls: number[][] = [];
  const kernel: typeof kernels.sum = (x, y, outer, length, inner) => {
    calls.push([outer, length, inner]);
    kernels.sum(x, y, outer, length, inner);
  };
  reduceView(viewOf(new Float32Array(120), [2, 3, 4, 5]), [0, 2, 3], kernel, new Float32Array(3), garbageCollected);
  expect(calls).toEqual([
    [6, 20, 1],
    [1, 2, 3],
  ]);
});
