import { afterEach, expect, test } from 'vitest';
import {
  configureEngine,
  type DataType,
  profileOperations,
  square,
  sum,
  Tape,
  type Tensor,
  tensor,
} from '../src/index.ts';
import { expectClose } from './expect.ts';
import { uniform } from './numbers.ts';

/** Ops that a pattern of `fusion/` should compute together. */
export interface PatternCase {
  /** The pattern, by the name that a profile shows. */
  readonly pattern: string;
  /** The shapes of what goes in: the first is watched, and so are the others. */
  readonly shapes: readonly (readonly number[])[];
  /** The ops on these inputs. */
  readonly compute: (...inputs: Tensor[]) => Tensor;
  /** How far float32 may be from float64, relative to the largest number. Default: 1e-5. */
  readonly tolerance?: number;
}

/**
 * Holds a pattern against the ops that it stands for: it is used, and gives the values and gradients of the ops one after
 * the other, in both types; switched off, it is not used; and looking at the values between changes no bit.
 */
export function testPattern(title: string, { pattern, shapes, compute, tolerance = 1e-5 }: PatternCase): void {
  afterEach(() => configureEngine({ fusion: true }));

  const run = (dtype: DataType, fusion: boolean, looks = false) => {
    configureEngine({ fusion });
    const measured = profileOperations();
    using tape = new Tape();
    const inputs = shapes.map((shape, seed) => tape.watch(tensor(uniform(shape, { seed: seed + 1 }), { dtype })));
    const output = compute(...inputs);
    if (looks) for (const { output } of tape.steps) output.toList();
    const gradients = tape.gradients(sum(square(output)), { withRespectTo: inputs });
    const numbers = [output, ...inputs.map((x) => gradients.get(x))].map((x) => tensor(x.toNdarray()));
    return { numbers, operations: measured().operations.map(({ operation }) => operation) };
  };

  for (const dtype of ['float32', 'float64'] as const) {
    test(`${title}: the numbers of the ops one after the other, ${dtype}`, () => {
      const [together, apart] = [run(dtype, true), run(dtype, false)];
      expect(together.operations).toContain(pattern);
      expect(apart.operations).not.toContain(pattern);
      together.numbers.forEach((numbers, at) => {
        expectClose(numbers, apart.numbers[at], dtype === 'float64' ? 1e-12 : tolerance);
      });
    });
  }

  test(`${title}: looking at the values between changes no bit`, () => {
    const [seen, unseen] = [run('float32', true, true), run('float32', true)];
    expect(seen.numbers.map((x) => x.toList())).toEqual(unseen.numbers.map((x) => x.toList()));
  });
}
