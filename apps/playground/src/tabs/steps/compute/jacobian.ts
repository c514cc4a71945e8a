import { type Tape, type Tensor, tensor } from '@tapegrad/core';
import { allocateFloats } from '@tapegrad/core/authors';
import { numbersOf } from './rows.ts';

/**
 * The local Jacobian ∂output/∂input of one step by each of its inputs: a row for each number of the output, found by sending
 * a cotangent of a single 1 through the step's own derivative. Exact, but for the rounding of that derivative.
 *
 * @param inputs by the names that the step knows; those that it has no derivative by are left out
 */
export function localJacobians(
  tape: Tape,
  output: Tensor,
  inputs: Readonly<Record<string, Tensor>>,
): Record<string, number[][]> {
  const jacobians: Record<string, number[][]> = {};
  for (let index = 0; index < output.size; index++) {
    const unit = allocateFloats(output.dtype, output.size);
    unit[index] = 1;
    const [first] = tape.stepBackward(output, {
      cotangent: tensor(unit, { shape: output.shape }),
      withRespectTo: Object.values(inputs),
      nonFinite: 'allow',
    });
    for (const name in first.passed) {
      jacobians[name] ??= [];
      jacobians[name].push(numbersOf(first.passed[name]));
    }
  }
  return jacobians;
}

/** The parts of a Jacobian that stay within a row of the batch; all the others are 0. */
export function blocksOf(jacobian: readonly (readonly number[])[], rows: number): number[][][] {
  const height = jacobian.length / rows;
  const width = jacobian[0].length / rows;
  return Array.from({ length: rows }, (_, row) =>
    jacobian.slice(row * height, (row + 1) * height).map((line) => line.slice(row * width, (row + 1) * width)),
  );
}
