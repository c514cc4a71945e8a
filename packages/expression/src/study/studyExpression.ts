import { type DataType, type NestedList, onWarning, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { describeTape, type Explanation, explain, type TapeDescription } from '@tapegrad/explain';
import { evaluateExpression } from '../evaluation/evaluateExpression.ts';
import { limits } from '../syntax/limits.ts';
import type { Expression } from '../syntax/readExpression.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { type HessianOfAll, hessianOf } from './hessianOf.ts';

export interface StudyOptions {
  /** The type of the numbers. Default: float64. */
  readonly dtype?: DataType;
  /** The names to differentiate by. Default: all. */
  readonly by?: readonly string[];
  /** Whether the second derivatives are computed, where there are at most 12 numbers to differentiate by. Default: false. */
  readonly second?: boolean;
}

const studyOptions: OptionNames<StudyOptions> = { dtype: 'optional', by: 'optional list', second: 'optional flag' };

/** A name of the expression with its numbers, and the gradient by it. */
export interface StudiedName {
  readonly name: string;
  readonly shape: readonly number[];
  readonly value: NestedList;
  /** `null` where nothing was asked, or nothing leads from it: a class index, an option. */
  readonly gradient: NestedList | null;
}

/** All that is to be seen of an expression, as numbers and strings: it can be sent to another thread. */
export interface ExpressionStudy {
  readonly text: string;
  readonly dtype: DataType;
  readonly names: readonly StudiedName[];
  readonly shape: readonly number[];
  readonly value: NestedList;
  /** Whether there are several numbers, of which the sum is differentiated. */
  readonly isSum: boolean;
  /** The tape: each step with its value, its cotangent, what it received from whom and what it passes on. */
  readonly tape: TapeDescription;
  /** The way back as a derivation, with local Jacobians; `null` where nothing is to be differentiated by. */
  readonly derivation: Explanation | null;
  /** What the comparison with central differences says; `null` where nothing is to be differentiated by. */
  readonly agreement: Agreement | null;
  /** `null` where they were not asked for, or there are too many numbers. */
  readonly second: HessianOfAll | null;
  /** What the library warned of. */
  readonly warnings: readonly string[];
}

/**
 * An expression on a tape of its own, walked forward and back: values, cotangents, local Jacobians, what each step receives from whom, a
 * comparison with central differences and, where it is asked for, second derivatives.
 *
 * Of several numbers the sum is differentiated. What is NaN or infinite is shown, not refused.
 *
 * @param expression as `readExpression` gives it
 * @param values of the names in it
 * @example studyExpression(readExpression('x * exp(x)'), { x: 2 }).names[0].gradient // 22.1672
 * @throws ExpressionError as `evaluateExpression` does
 */
export function studyExpression(
  expression: Expression,
  values: Readonly<Record<string, NestedList>>,
  options: StudyOptions = {},
  ...surplus: []
): ExpressionStudy {
  checkSurplus('studyExpression', surplus);
  const { dtype = 'float64', by, second = false } = checkOptions('studyExpression', options, studyOptions);
  const warnings: string[] = [];
  const endListening = onWarning(({ operation, message }) => void warnings.push(`${operation}: ${message}`));
  try {
    using tape = new Tape();
    const until = performance.now() + 1000 * limits.seconds;
    const isAsked = (name: string): boolean => by === undefined || by.includes(name);
    const inputs = Object.fromEntries(
      Object.entries(values).map(([name, numbers]) => {
        const x = tensor(numbers, { dtype });
        return [name, isAsked(name) ? tape.watch(x, name) : tape.constant(x, name)];
      }),
    );
    const y = onTape(tape, evaluateExpression(expression, inputs, { dtype, tape, until }));
    const output = y.size === 1 ? y : sum(y);
    const walk = walkBack(tape, output);
    const gradients = new Map(
      Object.entries(inputs).map(([name, x]) => [name, walk === null ? null : gradientAt(tape, walk.tape, x)]),
    );
    const wanted = Object.keys(inputs).filter((name) => gradients.get(name) !== null);
    const isAllFinite = [y.toList(), ...wanted.map((name) => gradients.get(name) ?? 0)].every(areFinite);
    const problem = { expression, values, wanted, until };
    return {
      text: expression.text,
      dtype,
      names: Object.entries(inputs).map(([name, x]) => ({
        name,
        shape: [...x.shape],
        value: x.toList(),
        gradient: gradients.get(name) ?? null,
      })),
      shape: [...y.shape],
      value: y.toList(),
      isSum: y.size !== 1,
      tape: walk?.tape ?? describeTape(tape),
      derivation: walk?.derivation ?? null,
      agreement: wanted.length > 0 ? agreementOf(problem, isAllFinite) : null,
      second: second && wanted.length > 0 ? hessianOf(problem) : null,
      warnings: [...new Set(warnings)],
    };
  } finally {
    endListening();
  }
}

/** A value that no op made, such as a single number, on the tape all the same. */
const onTape = (tape: Tape, y: Tensor): Tensor => (y.tape === tape ? y : tape.constant(y));

/** The tape walked back from its output; `null` where nothing that is watched leads there. */
function walkBack(tape: Tape, output: Tensor): { tape: TapeDescription; derivation: Explanation } | null {
  const index = tape.indexOf(output);
  if (index === undefined || !tape.steps[index].needsGradient) return null;
  const cotangent = tensor(new Float64Array(1).fill(1), { shape: output.shape, dtype: output.dtype });
  return {
    tape: describeTape(tape, { output, cotangent, limit: limits.numbers }),
    // Elementary steps are to be read: of large arrays nobody would.
    derivation: explain(output, { cotangent, longFormLimit: 100 }),
  };
}

/** The gradient that arrived at a watched tensor; `null` where none does. */
function gradientAt(tape: Tape, description: TapeDescription, x: Tensor): NestedList | null {
  const step = description.steps[tape.indexOf(x) ?? -1];
  if (!step?.cotangent || step.operation !== 'watched') return null;
  return tensor(step.cotangent.numbers as number[], { shape: x.shape, dtype: x.dtype }).toList();
}

const areFinite = (numbers: NestedList): boolean =>
  typeof numbers === 'number' ? Number.isFinite(numbers) : numbers.every(areFinite);
