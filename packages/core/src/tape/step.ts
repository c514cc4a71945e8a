import type { Parameter } from '../tensor/parameter.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * The vector-Jacobian product of one op by one of its inputs: given the cotangent `g` of the output `y`, that is
 * ∂loss/∂y, it returns ∂loss/∂input = gᵀ·∂y/∂input. It is written in ops, so that it can be differentiated again. The
 * result may have the output's shape where the input was broadcast: the tape sums it back to the input's.
 */
export type VJP = (g: Tensor, y: Tensor) => Tensor;

/** One VJP for each input of an op; `null` says that the input has no gradient. */
export type VJPs<Names extends string = string> = { readonly [Name in Names]: VJP | null };

/** The options of an op, as the printed tape shows them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One row of the tape: an op that happened, or a leaf. */
export interface Step {
  readonly index: number;
  /** The op's name; `parameter`, `watched` or `constant` for a leaf. */
  readonly operation: string;
  /** What a leaf is called, if it has a name. */
  readonly name?: string | undefined;
  /** The layer that was at work, if a model said so. */
  readonly layer?: string | undefined;
  /** For each input, the index of the step that made it. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly attributes: Attributes;
  readonly vjps: VJPs;
  readonly output: Tensor;
  /** Whether a parameter or a watched tensor leads here. */
  readonly needsGradient: boolean;
  /** Of a parameter: which of its versions the tape saw. */
  readonly version?: { readonly parameter: Parameter; readonly version: number } | undefined;
}

/** What an op hands in to be written down. */
export interface Entry {
  readonly operation: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attributes: Attributes;
  readonly vjps: VJPs;
}
