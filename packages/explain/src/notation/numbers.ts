import { checkSurplus } from '@tapegrad/core/authors';
import type { NumbersDescription } from '../description/description.ts';

/** How many significant digits people get to see; JSON has all of them. */
const digits = 5;

/**
 * A number to read: five significant digits, whole numbers below a million in full. `-0`, `NaN`, `Infinity` stay what
 * they are.
 *
 * @example formatNumber(0.12345678) // "0.12346"
 */
export function formatNumber(x: number, ...surplus: []): string {
  checkSurplus('formatNumber', surplus);
  if (Object.is(x, -0)) return '-0';
  if (!Number.isFinite(x) || (Number.isInteger(x) && Math.abs(x) < 1e6)) return String(x);
  const [mantissa, exponent] = x.toPrecision(digits).split('e');
  // `Number` drops the zeros at the end.
  return exponent === undefined ? String(Number(mantissa)) : `${Number(mantissa)}e${Number(exponent)}`;
}

/**
 * The numbers of a tensor as lists within lists, in no more than `width` characters where that is possible at all: what
 * does not fit is cut, `[[1, 2, …], …]`.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor([1, 2], { dtype: 'float64' }), 'x'));
 * formatNumbers(describeTape(tape, { output: sum(y) }).steps[1].value, 40) // "[1, 4]"
 */
export function formatNumbers(description: NumbersDescription, width: number, ...surplus: []): string {
  checkSurplus('formatNumbers', surplus);
  const { numbers } = description;
  // Each number but the last takes at least three characters.
  for (let count = Math.min(numbers.length, Math.ceil(width / 3)); count > 0; count--) {
    const text = writeList(description, count, width);
    if (text.length <= width) return text;
  }
  return writeList(description, 0, width);
}

/** Whether {@link formatNumbers} has to leave numbers out. */
export function isCut(description: NumbersDescription, width: number): boolean {
  return formatNumbers(description, width).includes('…');
}

/**
 * What can be said of numbers that are too many to be shown: `432 numbers, -0.5 to 0.75`.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor([1, 2], { dtype: 'float64' }), 'x'));
 * summarise(describeTape(tape, { output: sum(y) }).steps[1].value) // "2 numbers, 1 to 4"
 */
export function summarise(description: NumbersDescription, ...surplus: []): string {
  checkSurplus('summarise', surplus);
  const { size } = description;
  if (size === 0) return 'no numbers';
  return `${size === 1 ? '1 number' : `${size} numbers`}, ${formatRange(description)}`;
}

/** From where to where numbers go: `-0.5 to 0.75`, `all 0`, or that NaN is among them. */
export function formatRange({ smallest, largest }: NumbersDescription): string {
  if (smallest === null || largest === null) return 'none';
  if (Number.isNaN(smallest)) return 'NaN among them';
  if (smallest === largest) return `all ${formatNumber(smallest)}`;
  return `${formatNumber(smallest)} to ${formatNumber(largest)}`;
}

/** The first `count` numbers; lists without any of them shrink to `…`. */
function writeList({ shape, size, numbers }: NumbersDescription, count: number, mostItems: number): string {
  if (count < 1 && size > 0) return '…';
  const write = (axis: number, start: number, length: number): string => {
    if (axis === shape.length) return formatNumber(numbers[start]);
    const each = length / shape[axis];
    const items: string[] = [];
    for (let i = 0; i < shape[axis]; i++) {
      const from = start + i * each;
      if ((size > 0 && from >= count) || items.length >= mostItems) {
        items.push('…');
        break;
      }
      items.push(write(axis + 1, from, each));
    }
    return `[${items.join(', ')}]`;
  };
  return write(0, 0, size);
}
