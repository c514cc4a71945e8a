import type { Formula } from '@tapegrad/core/formulas';
import type { ContributionDescription, NumbersDescription } from '../description/description.ts';
import type { Agreement } from './agreement.ts';

/*
 * The derivation of the gradients of a loss as data: numbers, strings and lists, which outlive the tape and can be sent to
 * another thread. Text, Markdown and JSON are made of this.
 */

/** A value of the forward pass: a leaf, or what an op made. */
export interface ValueExplanation {
  /** Its index on the tape. */
  readonly index: number;
  /** What it is called in the derivation: its own name, its number, or v and its index. */
  readonly label: Formula;
  /** What a leaf was named. */
  readonly name: string | null;
  /** The op's name; `parameter`, `watched` or `constant` for a leaf. */
  readonly operation: string;
  /** The layer that was at work. */
  readonly layer: string | null;
  /** For each input of the op, the index of the value it stands for. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The formula of the op in letters of its own, z = x·y; `null` for a leaf. */
  readonly general: Formula | null;
  /** The same with the names of the values, v3 = v1·v2. */
  readonly formula: Formula | null;
  /** Its right side with their numbers, 2·3; `null` where they are many. */
  readonly inNumbers: Formula | null;
  readonly value: NumbersDescription;
  /** Whether a gradient flows through it. */
  readonly needsGradient: boolean;
}

/** All entries of a local derivative: one row for each number of the output, one column for each of the input. */
export interface Jacobian {
  readonly rows: number;
  readonly columns: number;
  /** `entries[row][column]` = ∂output[row]/∂input[column], both in row-major order. */
  readonly entries: readonly (readonly number[])[];
}

/** What a step passes to one of its inputs, and why. */
export interface PassedExplanation {
  /** The name that the op has for the input. */
  readonly input: string;
  /** The value that receives it. */
  readonly to: number;
  /** ∂output/∂input as a formula. */
  readonly derivative: Formula;
  /** Its right side with numbers for names; `null` where they are many. */
  readonly derivativeInNumbers: Formula | null;
  /** ∂L/∂input from the cotangent, as a formula. */
  readonly product: Formula;
  /** Of an op that works element by element: ∂output/∂input at each element of the output. `null` for other ops, or too many. */
  readonly slopes: NumbersDescription | null;
  /** ∂output/∂input in numbers; `null` where there are more than the limit. */
  readonly jacobian: Jacobian | null;
  /** Whether the input was repeated to the shape of the output, so that the cotangents of its copies were added. */
  readonly wasBroadcast: boolean;
  /** ∂L/∂input through this step: the vector–Jacobian product. */
  readonly passed: NumbersDescription;
}

/** One step of the way back. */
export interface StepExplanation {
  /** The value whose op is differentiated, or the leaf where the walk ends. */
  readonly index: number;
  /** The letter of the cotangent that arrives: g, or h where the op has an input called g. */
  readonly cotangentLetter: string;
  /** What the derivative means, in a sentence; empty for a leaf. */
  readonly inWords: string;
  /** Whether formulas are written down for the op; of others only their own derivative is known. */
  readonly isKnown: boolean;
  /** What later steps passed here, in the order in which it was added; empty for the loss, where the walk begins. */
  readonly contributions: readonly ContributionDescription[];
  /** The product so far: ∂L/∂value, the sum of the contributions. */
  readonly cotangent: NumbersDescription;
  readonly passed: readonly PassedExplanation[];
  /** The same op in elementary steps, and how well both agree; empty for an op that is elementary itself. */
  readonly longForms: readonly LongFormExplanation[];
}

/** An op computed once more by elementary steps, from the same inputs and back from the same cotangent. */
export interface LongFormExplanation {
  readonly title: string;
  /** How far the values of both are apart. */
  readonly value: Agreement;
  /** How far the gradients are apart, for each input that receives one. */
  readonly gradients: Readonly<Record<string, Agreement>>;
  /** The derivation of the elementary steps. */
  readonly derivation: Explanation;
}

/** The gradient of one parameter or watched tensor, at the end of the walk. */
export interface GradientExplanation {
  readonly index: number;
  readonly label: Formula;
  /** The chain rule written out: ∂L/∂v3·∂v3/∂w, a sum where the value was used more than once. */
  readonly chain: Formula;
  /** The last products of the chain, with the formula of the op that passed each. */
  readonly shortForm: readonly { readonly from: number; readonly product: Formula }[];
  readonly gradient: NumbersDescription;
}

/** The derivation of the gradients of a loss. */
export interface Explanation {
  /** The index of the loss. */
  readonly output: number;
  /** What leads to the loss, in order of happening. */
  readonly values: readonly ValueExplanation[];
  /** The way back, from the loss on. */
  readonly steps: readonly StepExplanation[];
  readonly gradients: readonly GradientExplanation[];
}
