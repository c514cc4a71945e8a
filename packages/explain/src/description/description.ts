import type { DataType } from '@tapegrad/core';

/*
 * A recorded tape as data: numbers and strings alone, which outlive the tape and can be sent to another thread. Text, JSON,
 * DOT, Mermaid, the picture, the derivation and the web page are all made of this.
 */

/** The numbers of a tensor: all of them, or the first so many and what can be said of the rest. */
export interface NumbersDescription {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  /** How many there are; `numbers` holds no more than the limit that was asked for. */
  readonly size: number;
  /** In row-major order. */
  readonly numbers: readonly number[];
  /** Of all numbers; `null` of none, NaN where one is NaN. */
  readonly smallest: number | null;
  readonly largest: number | null;
}

/** What a step passes back to one of its inputs: ∂output/∂input through this step alone. */
export interface PassedDescription {
  /** The name of the input. */
  readonly input: string;
  /** The step that receives it. */
  readonly to: number;
  readonly cotangent: NumbersDescription;
}

/** What a step received from one of those that used it; its cotangent is the sum of these, added in this order. */
export interface ContributionDescription {
  /** The step that passed it. */
  readonly from: number;
  /** The name that step has for it. */
  readonly input: string;
  readonly cotangent: NumbersDescription;
}

/** One row of the tape. */
export interface StepDescription {
  readonly index: number;
  /** The op's name; `parameter`, `watched` or `constant` for a leaf. */
  readonly operation: string;
  /** What a leaf is called. */
  readonly name: string | null;
  /** The layer that was at work. */
  readonly layer: string | null;
  /** For each input, the step that made it. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether a parameter or a watched tensor leads here. */
  readonly needsGradient: boolean;
  readonly value: NumbersDescription;
  /** ∂output/∂value, the sum of all contributions; `null` where no gradient arrives. */
  readonly cotangent: NumbersDescription | null;
  readonly contributions: readonly ContributionDescription[];
  readonly passed: readonly PassedDescription[];
}

/** A recorded tape, and the way back from one of its steps. */
export interface TapeDescription {
  readonly steps: readonly StepDescription[];
  /** The step that was walked back from; `null` where only the recording is described. */
  readonly output: number | null;
}
