import { explanationToMarkdown } from '@tapegrad/explain';
import type { Study } from '../study.ts';
import { gradientLine, gradientRows, inputRows, lossRows, type Row, remarks } from './rows.ts';
import { withoutSignOfZero } from './zeros.ts';

/** For a page: the same as the text with its derivation, with headings, tables and typeset formulas. */
export function toMarkdown(study: Study): string {
  const { form, dtype } = study.request;
  const sections = [
    `# ${form.title}`,
    `\`${form.computedBy}\` of \`@tapegrad/nn\`, in ${dtype}.`,
    fenced([form.formula, gradientLine(study)]),
    '## Inputs',
    table(['input', 'shape', 'value'], inputRows(study)),
    '## Loss',
    table(['', 'shape', 'value'], lossRows(study)),
    ...remarks(study),
    // One level down, for the page has a heading of its own.
    explanationToMarkdown(study.explanation).trim().replaceAll(/^#/gm, '##'),
    '## The gradients in all digits',
    table(['∂loss/∂', 'shape', 'value'], gradientRows(study)),
  ];
  return withoutSignOfZero(`${sections.join('\n\n')}\n`);
}

function fenced(lines: readonly string[]): string {
  return ['```text', ...lines, '```'].join('\n');
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const body = rows.map(([name, shape, value]) => line([name, shape, `\`${value}\``]));
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}
