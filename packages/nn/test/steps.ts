import { type DataType, Parameter, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { expectClose } from '../../core/test/expect.ts';
import type { GradientSource } from '../src/index.ts';
import { between } from './between.ts';

/** Gradients made up, for an optimiser to take as those of a loss. */
export function madeUp(gradients: ReadonlyMap<Tensor, Tensor>): GradientSource {
  return {
    has: (x) => gradients.has(x),
    get: (x) => gradients.get(x) ?? expect.fail(`there is no gradient of ${x}`),
  };
}

/** What one number meets: where it starts, and its gradient at each step, `null` where it has none. */
export interface Course {
  readonly start: number;
  readonly gradients: readonly (number | null)[];
}

/** Away from 0, where Adam jumps: the sign of the smallest gradient decides which way it takes a whole step. */
const slope = fc.tuple(between(0.5, 3), fc.constantFrom(-1, 1)).map(([size, sign]) => sign * size);

export const courses: fc.Arbitrary<Course> = fc.record({
  start: between(-3, 3),
  gradients: fc.array(fc.option(slope, { freq: 4 }), { minLength: 1, maxLength: 8 }),
});

/** A setting that is off, or between 0 and `max`. */
export const factor = (max: number): fc.Arbitrary<number> => fc.oneof(fc.constant(0), between(0, max));

/**
 * Expects an optimiser to move a number like `formula`, which gives the number after each of some gradients in a row. A
 * second number, which always has a gradient, stands beside it.
 */
export function expectCourse(
  { start, gradients }: Course,
  optimiserOf: (parameters: readonly Parameter[]) => { step(gradients: GradientSource): void },
  formula: (start: number, gradients: readonly number[]) => number[],
  dtype: DataType,
): void {
  const [x, always] = ['x', 'always'].map((name) => new Parameter(name, tensor([start], { dtype })));
  const optimiser = optimiserOf([x, always]);
  const tolerance = dtype === 'float64' ? 1e-12 : 1e-5;
  const met: number[] = [];
  for (const gradient of gradients) {
    const own: [Tensor, Tensor][] = gradient === null ? [] : [[x, tensor([gradient], { dtype })]];
    if (gradient !== null) met.push(gradient);
    const before = x.toList();
    optimiser.step(madeUp(new Map([...own, [always, tensor([1], { dtype })]])));
    if (gradient === null) expect(x.toList()).toEqual(before);
    else expectClose(x, [formula(start, met)[met.length - 1]], tolerance);
  }
  const steps = gradients.length;
  expectClose(always, [formula(start, new Array<number>(steps).fill(1))[steps - 1]], tolerance);
}
