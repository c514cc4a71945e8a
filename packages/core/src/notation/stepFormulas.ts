import type { Formula } from './formula.ts';

/** How a step depends on one of its inputs. L is the loss, whatever comes behind the step. */
export interface InputFormulas {
  /** ∂output/∂input, through this step alone. */
  readonly derivative: Formula;
  /** The vector–Jacobian product: ∂L/∂input from the cotangent of the output. */
  readonly product: Formula;
}

/** What a textbook says about one step. */
export interface StepFormulas {
  /** The letter of the output. */
  readonly output: string;
  /** The letter of the cotangent that arrives, ∂L/∂output. */
  readonly cotangent: string;
  /** The output from the inputs. */
  readonly value: Formula;
  /** Whether each number of the output depends on the numbers of the inputs at its own index alone. */
  readonly isElementwise: boolean;
  /** By the name of the input; `null` where it has no gradient. */
  readonly inputs: Readonly<Record<string, InputFormulas | null>>;
  /** What the derivative means, in a sentence. */
  readonly inWords: string;
}

/** What the formulas of a step may depend on. */
export interface StepFacts {
  readonly operation: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The shape of the output. */
  readonly shape: readonly number[];
  /** The shapes of the inputs, by name, in their order. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** The inputs that have a VJP. */
  readonly withGradient: readonly string[];
}

/**
 * The formulas of ops, by the operation's name on the tape. The entries are functions, and so nothing is computed where
 * they are not asked for, and a bundler leaves out the table of an op whose page shows no formulas.
 */
export type FormulaTable = Readonly<Record<string, (facts: StepFacts) => StepFormulas>>;
