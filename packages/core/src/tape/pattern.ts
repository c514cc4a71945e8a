import type { Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Whether `reader` alone needs the numbers of `x`, which are not there yet. */
export type IsOnlyReadBy = (x: Tensor, reader: Tensor) => boolean;

/** Whether the numbers of `x` are there, or will be because of what comes later. */
export type IsNeeded = (x: Tensor) => boolean;

/**
 * Ops that are computed faster together than one after the other. A pattern is found from its end: where the tape is
 * about to compute the output of an op of that name, it asks whether the ops before it are those of the pattern.
 */
export interface Pattern {
  /** The ops it stands for, as a profile names them: `conv2d, relu`. */
  readonly name: string;
  /** The op whose output it computes. */
  readonly last: string;
  /**
   * How to compute `output`, if it was made by the ops of the pattern. Where the bits are others than those of the ops one
   * after the other, it must depend on what was recorded alone, so that looking at a value changes no bit of another.
   */
  readonly match: (output: Tensor, isOnlyReadBy: IsOnlyReadBy, isNeeded: IsNeeded) => Match | null;
}

/** How the output of a pattern is computed. */
export interface Match {
  /** The outputs of the other ops of the pattern, which are not computed. */
  readonly inner: readonly Tensor[];
  /** The tensors whose numbers it takes. */
  readonly reads: readonly Tensor[];
  /** Writes every number of the output. */
  readonly value: (y: FloatArray, memory: Memory) => void;
}

/** Patterns by the op that they end with, each list in the order in which it is tried. */
export type PatternTable = ReadonlyMap<string, readonly Pattern[]>;

/** The table of a list of patterns. */
export function tableOf(patterns: readonly Pattern[]): PatternTable {
  const table = new Map<string, Pattern[]>();
  for (const pattern of patterns) table.set(pattern.last, [...(table.get(pattern.last) ?? []), pattern]);
  return table;
}

/** Each op is computed by itself. */
export const noPatterns: PatternTable = /* @__PURE__ */ tableOf([]);
