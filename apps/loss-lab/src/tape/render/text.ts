import { formatShape, type NestedList } from '@tapegrad/core';
import { formatNumber, formatNumbers, type StepDescription, stepRow } from '@tapegrad/explain';
import type { Agreement, ExpressionStudy, HessianOfAll } from '@tapegrad/expression';
import { writtenNumbers } from '../../writtenNumbers.ts';
import { type Line, linesBack } from './linesBack.ts';

/** For a terminal: the values, the tape forward, the way back, the gradients in all their digits, and what differences say of them. */
export function tapeToText(study: ExpressionStudy, { short }: { readonly short: boolean }): string {
  const { text, dtype, names, tape, derivation, agreement, second } = study;
  const all = (list: NestedList): string => writtenNumbers(list, dtype);
  const given = names.map(({ name, shape, value }) => [name, formatShape(shape), all(value)]);
  const gradients = names.flatMap(({ name, shape, gradient }) =>
    gradient === null ? [] : [[name, formatShape(shape), all(gradient)]],
  );
  const gone = names.filter(({ gradient }) => gradient === null).map(({ name }) => name);
  const sections = [
    headed(`${text}, in ${dtype}`, '=', [
      ...table([...given, ['value', formatShape(study.shape), all(study.value)]]),
      ...(study.isSum ? ['These are several numbers; what follows differentiates their sum.'] : []),
    ]),
    ...(short ? [] : [headed('Forward', '-', tape.steps.flatMap(forward))]),
    ...(short || derivation === null ? [] : [headed('Back', '-', linesBack(tape, derivation).flatMap(block))]),
    ...(gradients.length > 0 || gone.length > 0
      ? [headed('Gradients', '-', [...table(gradients), ...gone.map((name) => `${name} receives none`)])]
      : []),
    ...(agreement === null ? [] : [said(agreement)]),
    ...(second === null ? [] : [headed('Second derivatives', '-', hessianLines(second))]),
  ];
  return `${sections.join('\n\n')}\n`;
}

const room = 84;

function forward(step: StepDescription): string[] {
  return [stepRow(step), `   ${formatNumbers(step.value, room)}`];
}

function block({ head, lines }: { readonly head: string; readonly lines: readonly Line[] }): string[] {
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return [
    head,
    ...lines.map(([key, numbers, note]) =>
      `   ${key.padEnd(widths[0])}  ${numbers.padEnd(widths[1])}  ${note}`.trimEnd(),
    ),
  ];
}

function said(agreement: Agreement): string {
  if (agreement.kind === 'skipped') return `The gradients were not compared with differences: ${agreement.message}`;
  if (agreement.kind === 'differs') return `The gradients do not agree with differences: ${agreement.message}`;
  const { comparisons, worstError, kinks } = agreement;
  const corners = kinks.length === 0 ? '' : `\nThere is a corner at ${kinks.join(', ')}, where no derivative exists.`;
  const worst = Number(worstError.toPrecision(1));
  return `The gradients agree with central differences: ${comparisons} directions, worst error ${worst}.${corners}`;
}

function hessianLines({ labels, entries }: HessianOfAll): string[] {
  const rows = [['', ...labels], ...entries.map((row, index) => [labels[index], ...row.map(formatNumber)])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column])).join('  '),
  );
}

/** A heading with a line below it. */
function headed(title: string, line: '=' | '-', lines: readonly string[]): string {
  return [title, line.repeat(title.length), ...lines].join('\n');
}

/** Rows whose columns stand below each other. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  return rows.map(([name, shape, value]) => `${name.padEnd(widths[0])}  ${shape.padEnd(widths[1])}  ${value}`);
}
