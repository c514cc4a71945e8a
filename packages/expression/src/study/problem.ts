import { type NestedList, sum, type Tensor, tensor } from '@tapegrad/core';
import { evaluateExpression } from '../evaluation/evaluateExpression.ts';
import type { Expression } from '../syntax/readExpression.ts';

/** An expression as a function of some of its names, the others being as they are. */
export interface Problem {
  readonly expression: Expression;
  readonly values: Readonly<Record<string, NestedList>>;
  /** The names that the function is of. */
  readonly wanted: readonly string[];
  /** When all of it should be done. */
  readonly until: number;
}

/** The point at which the function is looked at, in float64. */
export const pointOf = ({ values, wanted }: Problem): Tensor[] =>
  wanted.map((name) => tensor(values[name], { dtype: 'float64' }));

/** The value at another point: one number, the sum where there are several. */
export function valueAt({ expression, values, wanted, until }: Problem, inputs: readonly Tensor[]): Tensor {
  const moved = Object.fromEntries(wanted.map((name, index) => [name, inputs[index]]));
  const y = evaluateExpression(expression, { ...values, ...moved }, { until });
  return y.rank === 0 ? y : sum(y);
}
