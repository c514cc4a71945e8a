import { Tape, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { describe, expect, test } from 'vitest';
import { samples } from '../../test/operations.ts';
import { formulasOf } from '../formulas/formulasOf.ts';
import { explain } from './explain.ts';
import { jacobianOf } from './jacobian.ts';

/** ∂f[i]/∂x[j] by central differences in float64. */
function differences(f: (x: Tensor) => Tensor, x: Tensor): number[][] {
  const step = 1e-5;
  const columns = Array.from({ length: x.size }, (_, index) => {
    const [after, before] = [step, -step].map((distance) => {
      const moved = x.toFlatArray();
      moved[index] += distance;
      return f(tensor(moved, { shape: x.shape })).toFlatArray();
    });
    return Array.from(after, (number, row) => (number - before[row]) / (2 * step));
  });
  const rows = columns[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, row) => columns.map((column) => column[row]));
}

/** Through several steps the Jacobian is their product: dense matrices, multiplied by plain loops. */
function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) =>
    Array.from({ length: b[0]?.length ?? 0 }, (_, column) =>
      row.reduce((sum, factor, index) => sum + factor * b[index][column], 0),
    ),
  );
}

describe('the product of the Jacobians of all steps, summed over all paths, is what differences say', () => {
  // float32 in between is too coarse for differences, and the row for padding gets no gradient on purpose.
  const { cast: _, embedding: _padded, ...precise } = samples;
  test.each(Object.entries(precise))('%s', (_name, { inputs, call }) => {
    using tape = new Tape();
    const watched = inputs.map((x) => tape.watch(x));
    const output = call(...watched);
    const last = tape.indexOf(output) ?? 0;
    const total = new Map<number, number[][]>([
      [
        last,
        Array.from({ length: output.size }, (_, i) => Array.from({ length: output.size }, (_, j) => Number(i === j))),
      ],
    ]);
    for (let index = last; index >= 0; index--) {
      const [step, soFar] = [tape.steps[index], total.get(index)];
      if (!soFar) continue;
      for (const [input, from] of Object.entries(step.inputs)) {
        if (!step.vjps[input] || !tape.steps[from].needsGradient) continue;
        const part = product(soFar, jacobianOf(tape, step, input).entries);
        const before = total.get(from);
        total.set(from, before ? before.map((row, i) => row.map((entry, j) => entry + part[i][j])) : part);
      }
    }
    watched.forEach((x, index) => {
      const expected = differences(
        (moved) => call(...inputs.map((other, at) => (at === index ? moved : other))),
        inputs[index],
      );
      const own = total.get(tape.indexOf(x) ?? -1) ?? expected.map((row) => row.map(() => 0));
      expected.forEach((row, i) => {
        row.forEach((slope, j) => {
          expect(Math.abs(own[i][j] - slope) / Math.max(1, Math.abs(slope))).toBeLessThan(1e-6);
        });
      });
    });
  });
});

describe('of an op that works element by element, the Jacobian of the slopes is the one row by row', () => {
  test.each(Object.entries(samples))('%s', (_, { inputs, call }) => {
    using tape = new Tape();
    const output = call(...inputs.map((x) => tape.watch(x)));
    const count = tape.steps.length;
    const cotangent = tensor(new Float64Array(output.size).fill(1), { shape: output.shape });
    for (const { index, passed } of explain(output, { cotangent, jacobianLimit: 4096, longFormLimit: 0 }).steps) {
      const step = tape.steps[index];
      for (const { input, slopes, jacobian, to } of passed) {
        expect(jacobian).toEqual(jacobianOf(tape, step, input));
        expect(jacobian?.rows).toBe(step.output.size);
        expect(jacobian?.columns).toBe(sizeOf(tape.steps[to].output.shape));
        expect(slopes !== null).toBe(formulasOf(step, tape.steps).isElementwise);
      }
    }
    expect(tape.steps.length).toBe(count);
  });
});
