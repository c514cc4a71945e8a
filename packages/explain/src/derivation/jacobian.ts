import { full, type Shape, type Step, type Tape, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { Jacobian } from './explanation.ts';

/**
 * The local derivative of a step by one of its inputs, all entries of it: ∂output[i]/∂input[j]. Row i is what the step's own
 * vector–Jacobian product makes of a cotangent that is 1 at index i and 0 elsewhere; where the input was broadcast, the
 * entries of its copies are added. Nothing is written on the tape.
 */
export function jacobianOf(tape: Tape, step: Step, input: string): Jacobian {
  const { output } = step;
  const shape = tape.steps[step.inputs[input]].output.shape;
  const entries = Array.from({ length: output.size }, (_, row) => {
    const unit = new Float64Array(output.size);
    unit[row] = 1;
    return backward(tape, step, input, tensor(unit, { dtype: output.dtype, shape: output.shape }), shape);
  });
  return { rows: output.size, columns: sizeOf(shape), entries };
}

/**
 * The slopes of an op that works element by element: ∂output/∂input at each element of the output, before anything is added for
 * an input that was broadcast. `null` where the op gives none of that shape.
 */
export function slopesOf(tape: Tape, step: Step, input: string): Tensor | null {
  const vjp = step.vjps[input];
  if (!vjp) return null;
  const { output } = step;
  const slopes = tape.withoutRecording(() => vjp(full(output.shape, 1, { dtype: output.dtype }), output));
  return slopes.shape.join() === output.shape.join() ? slopes : null;
}

/** The Jacobian of an op that works element by element: its slopes, each in the column of the number it belongs to. */
export function jacobianOfSlopes(slopes: Tensor, shape: Shape): Jacobian {
  const columns = sizeOf(shape);
  const columnOf = indicesWithin(slopes.shape, shape);
  const entries = Array.from(slopes.read(), (slope, row) => {
    const entry = new Array<number>(columns).fill(0);
    entry[columnOf[row]] = slope;
    return entry;
  });
  return { rows: slopes.size, columns, entries };
}

function backward(tape: Tape, step: Step, input: string, cotangent: Tensor, shape: Shape): number[] {
  const vjp = step.vjps[input];
  const sums = new Array<number>(sizeOf(shape)).fill(0);
  if (!vjp) return sums;
  const gradient = tape.withoutRecording(() => vjp(cotangent, step.output));
  const target = indicesWithin(gradient.shape, shape);
  gradient.read().forEach((number, at) => {
    sums[target[at]] += number;
  });
  return sums;
}

/** For each element of the larger shape, in row-major order, the index of the element of the smaller one that was repeated to it. */
function indicesWithin(larger: Shape, smaller: Shape): number[] {
  const added = larger.length - smaller.length;
  let indices = [0];
  larger.forEach((length, axis) => {
    const own = axis < added ? 1 : smaller[axis - added];
    indices = indices.flatMap((first) => Array.from({ length }, (_, index) => first * own + (own === 1 ? 0 : index)));
  });
  return indices;
}
