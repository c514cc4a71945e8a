import { type DataType, type NestedList, Tape, Tensor, tensor } from '@tapegrad/core';
import { checkDataType, checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { limits } from '../syntax/limits.ts';
import type { Expression } from '../syntax/readExpression.ts';
import { asTensor } from './asTensor.ts';
import { budgetOf, checkNumbers } from './budget.ts';
import { evaluate } from './evaluate.ts';

export interface EvaluateOptions {
  /** The type of the numbers. Default: float64. */
  readonly dtype?: DataType;
  /** The tape that everything is recorded on. Default: that of the first value that stands on one. */
  readonly tape?: Tape;
  /** When all of it should be done, as `performance.now()` counts. Default: in five seconds. */
  readonly until?: number;
}

const evaluateOptions: OptionNames<EvaluateOptions> = { dtype: 'optional', tape: 'optional', until: 'optional' };

/**
 * What an expression gives for values of its names: each op is one step on the tape of the values.
 *
 * @param expression as `readExpression` gives it
 * @param values by name: tensors, which may be watched, or numbers
 * @example evaluateExpression(readExpression('x * exp(x)'), { x: 2 }) // 14.7781
 * @throws ExpressionError where a name has no value, a function is not known, an op refuses its operands (whose own error is the
 * `cause`), or it becomes too much: 300 ops, 10,000 numbers in one value, five seconds
 * @throws DataTypeError when `expression` is none
 */
export function evaluateExpression(
  expression: Expression,
  values: Readonly<Record<string, Tensor | NestedList>>,
  options: EvaluateOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('evaluateExpression', surplus);
  const {
    dtype = 'float64',
    tape,
    until = performance.now() + 1000 * limits.seconds,
  } = checkOptions('evaluateExpression', options, evaluateOptions);
  checkDataType('evaluateExpression', dtype);
  checkHas('evaluateExpression', 'expression', expression, ['text', 'tree'], {
    wanted: 'an expression that was read',
    remedy: "Read it first: `readExpression('x * exp(x)')`",
  });
  const { text, tree } = expression;
  const given = Object.entries(values).map(
    ([name, value]) => [name, value instanceof Tensor ? value : tensor(value, { dtype })] as const,
  );
  for (const [, { size }] of given) checkNumbers(text, tree, size);
  const home = tape ?? given.map(([, x]) => x.tape).find((owner) => owner instanceof Tape);
  if (home instanceof Tape) return evaluateOn(home, expression, given, dtype, until);
  // On a tape an op says how large its result will be before it computes it. The result outlives the tape.
  using own = new Tape();
  return tensor(evaluateOn(own, expression, given, dtype, until).toNdarray(), { dtype });
}

function evaluateOn(
  tape: Tape,
  { text, tree }: Expression,
  given: readonly (readonly [name: string, x: Tensor])[],
  dtype: DataType,
  until: number,
): Tensor {
  const onTape = given.map(([name, x]) => [name, x.tape === null ? tape.constant(x, name) : x] as const);
  const scope = {
    text,
    values: new Map(onTape),
    dtype,
    constant: (x: Tensor) => tape.constant(x),
    check: budgetOf(text, until),
  };
  return asTensor(evaluate(tree, scope), tree, scope);
}
