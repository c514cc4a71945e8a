import { formatShape } from '@tapegrad/core';
import type { PlacedInput } from './placed.ts';
import type { Counts, SummaryRow } from './row.ts';
import { written } from './working.ts';

/** How many columns of text a table may have. */
const limit = 120;
const headings = ['layer', 'type', 'output', 'parameters', 'MACs', 'FLOPs', 'field', 'jump', 'start'];
/** The first column of numbers, which stand at the right. */
const firstOfNumbers = 3;
/** What a layer of your own does not say. */
const unknown = 'unknown';

/** A row for each layer, and the totals; counts too long for the page are written short: `15.47 G`. */
export function table(inputs: readonly PlacedInput[], rows: readonly SummaryRow[], totals: Counts): string {
  const exact = layOut(inputs, rows, totals, (count) => count.toLocaleString('en'));
  const isTooWide = exact.split('\n').some((line) => line.length > limit);
  return isTooWide ? layOut(inputs, rows, totals, short) : exact;
}

function layOut(
  inputs: readonly PlacedInput[],
  rows: readonly SummaryRow[],
  totals: Counts,
  count: (number: number) => string,
): string {
  const work = (of: Counts): string[] => [of.multiplyAccumulates, of.flops].map(count);
  const totalWork = rows.every(({ isCostKnown }) => isCostKnown) ? work(totals) : work(totals).map((n) => `≥ ${n}`);
  const cells = [
    headings,
    ...inputs.map(({ name, shape }) => [name, '', formatShape(shape), '', '', '', '', '', '']),
    ...rows.map((row) => [
      row.name,
      row.type,
      formatShape(row.outputShape),
      count(row.parameters),
      ...(row.isCostKnown ? work(row) : [unknown, unknown]),
      row.isFieldKnown ? perAxis(row.receptiveField) : unknown,
      ...[row.jump, row.start].map(perAxis),
    ]),
    ['total', '', '', count(totals.parameters), ...totalWork, '', '', ''],
  ];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => (at >= firstOfNumbers ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `14`, or `14×10` where the axes differ. */
function perAxis(numbers: readonly number[]): string {
  const all = numbers.map((number) => written(Number(number.toFixed(2))));
  return new Set(all).size === 1 ? all[0] : all.join('×');
}

function short(count: number): string {
  const thousands = Math.min(4, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return thousands === 0
    ? `${count}`
    : `${(count / 1000 ** thousands).toPrecision(4)} ${['', 'k', 'M', 'G', 'T'][thousands]}`;
}
