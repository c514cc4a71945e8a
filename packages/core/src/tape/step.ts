import type { Parameter } from '../tensor/parameter.ts';
import type { Attributes, Tensor, VJPs } from '../tensor/tensor.ts';

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
