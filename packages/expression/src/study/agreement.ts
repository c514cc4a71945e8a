import { GradientCheckError, gradcheck } from '@tapegrad/core';
import { ExpressionError } from '../errors/expressionError.ts';
import { type Problem, valueAt } from './problem.ts';

/** What the comparison of the gradient with central differences says. */
export type Agreement =
  | {
      readonly kind: 'agrees';
      readonly comparisons: number;
      readonly worstError: number;
      /** The names at which a corner was met, where no derivative exists. */
      readonly kinks: readonly string[];
    }
  | { readonly kind: 'differs'; readonly message: string }
  | { readonly kind: 'skipped'; readonly message: string };

/**
 * Compares the gradient with central differences, in float64. It is skipped where something is not finite, and where a step to the side
 * would leave the numbers that the ops take, or the time.
 */
export function agreementOf(problem: Problem, isAllFinite: boolean): Agreement {
  if (!isAllFinite) return { kind: 'skipped', message: 'the value or the gradient is not finite' };
  try {
    const { comparisons, worstError, kinks } = gradcheck(
      (...inputs) => valueAt(problem, inputs),
      problem.wanted.map((name) => problem.values[name]),
      { names: problem.wanted },
    );
    return { kind: 'agrees', comparisons, worstError, kinks: [...new Set(kinks.map(({ input }) => input))] };
  } catch (error) {
    if (error instanceof GradientCheckError) return { kind: 'differs', message: error.message };
    // A step to the side may lie outside of what a loss takes: probabilities that sum to more than 1.
    if (error instanceof ExpressionError) return { kind: 'skipped', message: error.message };
    throw error;
  }
}
