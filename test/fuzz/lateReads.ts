import {
  configureEngine,
  multiply,
  Parameter,
  relu,
  reshape,
  square,
  sum,
  Tape,
  TapegradError,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import fc from 'fast-check';
import type { Target } from './targets.ts';

interface Program {
  /** Which ops follow one another. */
  readonly ops: readonly number[];
  /** After how many of them the numbers are read, the parameter changed and the user's own array spoilt. */
  readonly read: number;
  readonly change: number;
  readonly spoil: number;
  readonly fusion: boolean;
}

const programs: fc.Arbitrary<Program> = fc.record({
  ops: fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }),
  read: fc.nat(6),
  change: fc.nat(7),
  spoil: fc.nat(6),
  fusion: fc.boolean(),
});

/**
 * Short programs of one parameter, in the middle of which the parameter changes and the array of a constant is used for
 * something else. Each value is that of the time at which its op was called, or a typed error.
 */
export const lateReadsTarget: Target = {
  name: 'values that are read late',
  inputs: programs,
  read: (input) => {
    const { ops, read, change, spoil, fusion } = input as Program;
    configureEngine({ fusion });
    const w = new Parameter('w', tensor([2, 3]));
    const given = Float32Array.of(5, 7);
    using tape = new Tape();
    const made: { readonly y: Tensor; readonly value: readonly number[] }[] = [];
    let y: Tensor = tape.watch(w);
    let value: readonly number[] = [2, 3];
    let refusal: unknown;
    // What was read in time stays as it was; what was not is refused once the parameter has changed.
    const check = (): void => {
      for (const each of made) {
        try {
          const seen = each.y.toList();
          if (String(seen) !== String(each.value)) throw new Error(`${seen} for ${each.value}`);
        } catch (error) {
          if (!(error instanceof TapegradError)) throw error;
          refusal = error;
        }
      }
    };
    try {
      for (const [index, op] of ops.entries()) {
        if (index === read) check();
        if (index === change) w.update((numbers) => numbers.fill(100));
        const factor = [...given];
        [y, value] = step(op, y, value, given, factor);
        made.push({ y, value });
        if (index === spoil) given.fill(77);
      }
      if (change >= ops.length && change % 2 === 0) tape.gradients(sum(y)).get(w).toList();
      w.update((numbers) => numbers.fill(-100));
      check();
    } catch (error) {
      if (!(error instanceof TapegradError)) throw error;
      refusal = error;
    } finally {
      configureEngine({ fusion: true });
    }
    if (refusal) throw refusal;
  },
};

/** One more op, and what it should give, in float32. */
function step(
  op: number,
  y: Tensor,
  value: readonly number[],
  given: Float32Array,
  factor: readonly number[],
): [Tensor, readonly number[]] {
  const rounded = (of: (x: number, index: number) => number): number[] =>
    value.map((x, index) => Math.fround(of(x, index)));
  if (op === 0) return [multiply(y, given), rounded((x, index) => x * factor[index])];
  if (op === 1) return [square(y), rounded((x) => x * x)];
  if (op === 2) return [relu(y), rounded((x) => Math.max(0, x))];
  if (op === 3) return [reshape(y, [2]), value];
  return [multiply(y, 0.5), rounded((x) => x / 2)];
}
