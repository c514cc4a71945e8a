import type { NumbersDescription } from '../description/description.ts';
import { summarise } from '../notation/numbers.ts';
import type { Jacobian } from './explanation.ts';
import { rounded } from './numbersPutIn.ts';

/** The longest row, and the most rows, that are set as a matrix. */
const longest = 8;

/** Numbers as LaTeX: one of them bare, a vector, a matrix; of larger tensors what can be said of them. */
export function latexNumbers(description: NumbersDescription): string {
  const { shape, numbers, size, dtype } = description;
  if (size === 1 && numbers.length === 1 && shape.length === 0) return rounded(numbers[0]);
  const columns = shape.at(-1) ?? 1;
  const rows = columns === 0 ? 0 : size / columns;
  const isWhole = numbers.length === size && size > 0;
  if (!isWhole || shape.length > 2 || columns > longest || rows > longest) {
    return `\\text{${dtype} [${shape.join(', ')}]: ${summarise(description)}}`;
  }
  const row = (at: number): string =>
    numbers
      .slice(at * columns, (at + 1) * columns)
      .map(rounded)
      .join(' & ');
  return `\\begin{bmatrix} ${Array.from({ length: rows }, (_, at) => row(at)).join(' \\\\ ')} \\end{bmatrix}`;
}

/** A Jacobian as a Markdown table: a row for each number of the output, a column for each of the input. */
export function jacobianTable({ entries, columns }: Jacobian, output: string, input: string): string[] {
  const heads = Array.from({ length: columns }, (_, column) => `$${input}[${column}]$`);
  return [
    `| ∂ | ${heads.join(' | ')} |`,
    `|---|${heads.map(() => '---:').join('|')}|`,
    ...entries.map((row, at) => `| $${output}[${at}]$ | ${row.map((entry) => `$${rounded(entry)}$`).join(' | ')} |`),
  ];
}
