import type { NumbersDescription } from '../description/description.ts';
import { encodePlain } from '../json/encoding.ts';
import { onOneLine } from '../notation/lines.ts';
import { formatNumber, formatNumbers, isCut, summarise } from '../notation/numbers.ts';
import type { Agreement } from './agreement.ts';
import type { Explanation, LongFormExplanation, StepExplanation, ValueExplanation } from './explanation.ts';

/** The values of an explanation, by their indices on the tape. */
export type Values = ReadonlyMap<number, ValueExplanation>;

export function valuesOf({ values }: Explanation): Values {
  return new Map(values.map((value) => [value.index, value]));
}

/** What a value is called. */
export function nameOf(values: Values, index: number): string {
  return values.get(index)?.label.text ?? `v${index}`;
}

/** Numbers in no more than `width` columns, -0 as 0; of those that do not fit, a summary. */
export function numbersText(description: NumbersDescription, width: number): string {
  const numbers = { ...description, numbers: description.numbers.map(withoutSign) };
  if (!isCut(numbers, width)) return formatNumbers(numbers, width);
  const summary = ` (${numbers.dtype} [${numbers.shape.join(', ')}]: ${summarise(numbers)})`;
  return `${formatNumbers(numbers, Math.max(24, width - summary.length))}${summary}`;
}

/** The op with its inputs and options: `sum(x: v2) axes=[0]`. */
export function callText(values: Values, { operation, inputs, attributes }: ValueExplanation): string {
  const sources = Object.entries(inputs).map(([name, from]) => {
    const source = nameOf(values, from);
    return source === name ? name : `${name}: ${source.replace(/^\((.*)\)$/, '$1')}`;
  });
  const options = Object.entries(attributes).map(([name, value]) => ` ${name}=${optionText(value)}`);
  return `${operation}(${sources.join(', ')})${options.join('')}`;
}

function optionText(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(encodePlain(value));
}

/** 0 for -0, whose sign is of no use to a reader. */
export function withoutSign(number: number): number {
  return number === 0 ? 0 : number;
}

/** The longest chain of elementary steps that text and Markdown tell in full. */
export const mostTold = 16;

/** A name between backticks, which it cannot hold itself. */
export function inlineCode(name: string): string {
  return `\`${onOneLine(name).replaceAll('`', "'")}\``;
}

/** How many uses a value has, in words: `was used 2 times`. */
export function usesText(step: StepExplanation): string {
  return `was used ${step.contributions.length} times`;
}

/** `to the last bit`, or how far apart in units in the last place. */
function agreementText({ worst, ofLargest, count }: Agreement): string {
  if (count === 0) return 'no numbers to compare';
  if (worst === 0) return 'the same to the last bit';
  if (worst === Infinity) return 'NOT the same: infinity or NaN in one of them alone';
  const close = `${formatNumber(worst)} ${worst === 1 ? 'unit' : 'units'} in the last place apart at most`;
  return ofLargest >= worst ? close : `${close}, ${formatNumber(ofLargest)} in that of the largest number`;
}

/** Value and gradients of a long form, each with how well it agrees. */
export function agreementsOf(form: LongFormExplanation): readonly (readonly [what: string, how: string])[] {
  const gradients = Object.entries(form.gradients).map(
    ([input, agreement]) => [`∂L/∂${input}`, agreementText(agreement)] as const,
  );
  return [['value', agreementText(form.value)], ...gradients];
}

/** What a leaf is, in words. */
export function leafText({ operation }: ValueExplanation): string {
  if (operation === 'parameter') return 'a parameter';
  if (operation === 'watched') return 'a watched tensor';
  return operation === 'constant' ? 'a constant' : `made by ${operation}`;
}

/** Whether a value is called by its number, so that there is nothing more to say of it. */
export function isBareNumber({ label }: ValueExplanation): boolean {
  return /^[(\d]/.test(label.text);
}

/** Whether a value is a leaf: nothing made it. */
export function isLeaf({ formula }: ValueExplanation): boolean {
  return formula === null;
}
