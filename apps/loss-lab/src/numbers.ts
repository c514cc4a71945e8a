import { type NestedList, ValueError } from '@tapegrad/core';

/*
 * Numbers as one writes them on a command line: `.7`, `-3`, `1e-3`, `inf`, `nan`, the fraction `1/3` and the logarithm
 * `ln(.7)`; commas between the numbers of a row, semicolons between rows.
 */

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^[+-]?(inf|infinity|∞)$/i;
const fraction = /^([^/]+)\/([^/]+)$/;
const logarithm = /^ln\s*\((.*)\)$/i;

/** How rows of numbers are written, as an error tells it. */
const wantedNumbers = 'numbers such as 3, -.5, 1e-3, 1/3, ln(.7), inf or nan';

/**
 * The number that a text stands for: a decimal number, a fraction of two, `ln(…)` of one, an infinity or NaN.
 *
 * @param flag the option it was given for, named in the error
 * @throws ValueError when it is none of them
 */
export function readNumber(flag: string, text: string): number {
  const number = numberOf(text);
  if (number !== undefined) return number;
  throw new ValueError({ operation: flag, got: described(text), wanted: wantedNumbers, remedy: remedyFor(text) });
}

/**
 * Numbers of rank 0, 1 or 2: `2.5` is one number, `3,1,-3` one row, `3,1,-3;0,0,1` rows.
 *
 * @param flag the option they were given for, named in the errors
 * @param leastRank with 1, a single number is a row of one
 * @throws ValueError when one of them is no number, or the rows are not equally long
 */
export function readNumbers(flag: string, text: string, leastRank: 0 | 1 = 0): NestedList {
  const rows = halfWidth(text)
    .split(';')
    .map((row) => row.split(',').map((number) => readNumber(flag, number)));
  const odd = rows.findIndex((row) => row.length !== rows[0].length);
  if (odd !== -1) {
    throw new ValueError({
      operation: flag,
      got: `row 0 has ${counted(rows[0].length)}, row ${odd} has ${rows[odd].length}`,
      wanted: 'rows of one length',
      remedy: 'Put a semicolon between rows, and a comma between the numbers of a row',
    });
  }
  if (rows.length > 1) return rows;
  return rows[0].length === 1 && leastRank === 0 ? rows[0][0] : rows[0];
}

/** The text with the full-width signs of an East Asian keyboard, as `，` `；` `．` `－` `（` and `３`, as their usual twins. */
function halfWidth(text: string): string {
  return text.normalize('NFKC').replaceAll('、', ',').replaceAll('。', '.');
}

function numberOf(text: string): number | undefined {
  const written = halfWidth(text).trim().replaceAll('−', '-');
  if (decimal.test(written)) return Number(written);
  if (infinite.test(written)) return written.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(written)) return Number.NaN;
  const [, above, below] = fraction.exec(written) ?? [];
  if (above !== undefined && decimal.test(above.trim()) && decimal.test(below.trim())) {
    return Number(above) / Number(below);
  }
  const inner = logarithm.exec(written)?.[1];
  // A logarithm of a logarithm is no way to write a number, and would let a text of brackets recurse without end.
  const power = inner === undefined || logarithm.test(inner.trim()) ? undefined : numberOf(inner);
  return power === undefined ? undefined : Math.log(power);
}

function described(text: string): string {
  if (text.trim() === '') return 'nothing where a number should be';
  return `${JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)} where a number should be`;
}

function remedyFor(text: string): string {
  if (text.trim() === '') return 'Put one comma between two numbers, and none behind the last';
  if (text.trimStart().startsWith('--')) return 'Give the option its numbers before the next option begins';
  if (/[[\]]/.test(text)) return 'Leave the brackets out: rows are kept apart by semicolons, `"3,1;0,2"`';
  if (/\d\s+[-+.\d]/.test(text)) return 'Put commas between numbers, and quotation marks around all of them';
  return 'Use a point for decimals, commas between numbers and semicolons between rows';
}

function counted(numbers: number): string {
  return numbers === 1 ? '1 number' : `${numbers} numbers`;
}
