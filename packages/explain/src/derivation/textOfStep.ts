import type { NumbersDescription } from '../description/description.ts';
import { formatNumber } from '../notation/numbers.ts';
import type { Explanation, Jacobian, PassedExplanation, StepExplanation, ValueExplanation } from './explanation.ts';
import {
  agreementsOf,
  callText,
  isBareNumber,
  isLeaf,
  leafText,
  nameOf,
  numbersText,
  usesText,
  type Values,
  withoutSign,
} from './wording.ts';

const width = 84;

/** One step of the way back, in lines. `tellChain` tells the elementary steps of a long form. */
export function textOfStep(
  step: StepExplanation,
  number: number,
  values: Values,
  tellChain: (explanation: Explanation) => string[],
): string[] {
  const value = values.get(step.index);
  if (!value) return [];
  const name = value.label.text;
  const lines = [...textOfArrival(step, name, values)];
  if (isLeaf(value)) return [`${number}. ${name} is ${leafText(value)}: here the walk ends.`, ...indented(lines)];
  lines.push(...bindings(value, values).map((line, at) => `${at === 0 ? 'with' : '    '} ${line}`));
  for (const passed of step.passed) lines.push(...textOfPassed(passed, step, values));
  if (step.inWords !== '') lines.push(step.inWords);
  lines.push(...textOfLongForms(step, tellChain));
  return [
    `${number}. Back through ${name} = ${callText(values, value)}`,
    ...indented([value.formula?.text ?? '', ...lines]),
  ];
}

function indented(lines: readonly string[], by = '   '): string[] {
  return lines.map((line) => (line === '' ? '' : `${by}${line}`));
}

function textOfArrival(step: StepExplanation, name: string, values: Values): string[] {
  const { contributions, cotangent } = step;
  const arrived = `${step.cotangentLetter} = ∂L/∂${name} = ${numbersText(cotangent, width)}`;
  if (contributions.length === 0) return [`${arrived}   (here the walk begins)`];
  if (contributions.length === 1) return [`${arrived}   (from ${nameOf(values, contributions[0].from)})`];
  return [
    `${name} ${usesText(step)}, so what comes back is added:`,
    ...contributions.map(
      ({ from, input, cotangent }) =>
        `  from ${nameOf(values, from)}, its ${input}: ${numbersText(cotangent, width - 20)}`,
    ),
    arrived,
  ];
}

/** The values that the formulas of the step speak of, with their numbers. */
function bindings(value: ValueExplanation, values: Values): string[] {
  const spokenOf = new Set([...Object.values(value.inputs), value.index]);
  return [...spokenOf].flatMap((index) => {
    const source = values.get(index);
    if (!source || isBareNumber(source)) return [];
    return [`${source.label.text} = ${numbersText(source.value, width - 16)}`];
  });
}

function textOfPassed(passed: PassedExplanation, step: StepExplanation, values: Values): string[] {
  const receiver = nameOf(values, passed.to);
  const sum = passed.wasBroadcast ? ', added up over the copies that were made of it' : '';
  return [
    `to ${receiver}${receiver === passed.input ? '' : `, its ${passed.input}`}:`,
    `  ${passed.derivative.text}`,
    ...indented(localNumbers(passed), '    '),
    `  ${passed.product.text}${sum}`,
    ...indented(productInNumbers(passed, step), '    '),
    `    = ${numbersText(passed.passed, width - 12)}`,
  ];
}

/** The local derivative in numbers: the slopes, the matrix, or why there is neither. */
function localNumbers({ derivative, derivativeInNumbers, slopes, jacobian, passed }: PassedExplanation): string[] {
  if (slopes) {
    const numbers = slopesText(slopes);
    const putIn = derivativeInNumbers ? [`= ${derivativeInNumbers.text}`] : [];
    const result = `= ${numbers}${slopes.size > 1 ? ', element by element' : ''}`;
    if (derivative.text.endsWith(` = ${numbers}`)) return [];
    return derivativeInNumbers?.text === numbers ? [result] : [...putIn, result];
  }
  if (!jacobian) return [`(its Jacobian, with a column for each of ${passed.size} numbers, is too large to be shown)`];
  if (jacobian.entries.length === 0 || jacobian.columns === 0) return ['= [] (there are no numbers)'];
  return matrixText(jacobian).map((row, index) => `${index === 0 ? '=' : ' '} ${row}`);
}

/** Slopes; one number where all are the same. */
function slopesText(slopes: NumbersDescription): string {
  const same = sameNumber(slopes);
  return same === null ? numbersText(slopes, width - 12) : formatNumber(withoutSign(same));
}

/** The product with the numbers put in, where these are few. */
function productInNumbers({ slopes, jacobian, passed }: PassedExplanation, step: StepExplanation): string[] {
  const { cotangent, cotangentLetter } = step;
  const g = cotangent.size <= 8 && cotangent.shape.length <= 2 ? numbersText(cotangent, width / 2) : cotangentLetter;
  if (slopes) {
    const isClear = slopes.size === 0 || sameNumber(slopes) === 1 || cotangent.size > 8;
    return isClear ? [] : [`= ${g}·${bracketed(slopesText(slopes))}`];
  }
  if (!jacobian || passed.size === 0 || cotangent.size === 0) return [];
  return [jacobian.rows === 1 ? `= ${g}·${matrixText(jacobian)[0]}` : `= ${g}·(that matrix)`];
}

/** The number that all are, if they are. */
function sameNumber({ size, numbers }: NumbersDescription): number | null {
  const isSame = size > 0 && numbers.length === size && numbers.every((number) => Object.is(number, numbers[0]));
  return isSame ? numbers[0] : null;
}

function bracketed(number: string): string {
  return number.startsWith('-') ? `(${number})` : number;
}

/** The rows of a matrix, with its columns below each other. */
function matrixText({ entries, columns }: Jacobian): string[] {
  const cells = entries.map((row) => row.map((entry) => formatNumber(withoutSign(entry))));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => `[ ${row.map((cell, column) => cell.padStart(widths[column])).join('  ')} ]`);
}

function textOfLongForms({ longForms }: StepExplanation, tellChain: (explanation: Explanation) => string[]): string[] {
  return longForms.flatMap((form, index) => {
    const told = index === 0 ? tellChain(form.derivation) : [];
    const head = `${index === 0 ? 'The same in elementary steps' : 'Another way'}, ${form.title}:`;
    const agreements = agreementsOf(form).map(([what, how]) => `  ${what}: ${how}`);
    return [head, ...indented(told, '  | '), ...agreements];
  });
}
