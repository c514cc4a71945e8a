import { explanationToText } from '@tapegrad/explain';
import type { Study } from '../study.ts';
import { gradientLine, gradientRows, inputRows, lossRows, type Row, remarks } from './rows.ts';
import { withoutSignOfZero } from './zeros.ts';

/**
 * For a terminal: what went in, the loss, and the gradients in all their digits; with `--derivation` the way back between them,
 * step by step.
 */
export function toText(study: Study): string {
  const { form, dtype, hasDerivation } = study.request;
  const sections = [
    headed(`${form.title}: ${form.computedBy} of @tapegrad/nn, in ${dtype}`, '=', [form.formula, gradientLine(study)]),
    headed('Inputs', '-', table(inputRows(study))),
    headed('Loss', '-', [...table(lossRows(study)), ...remarks(study)]),
    ...(hasDerivation ? [explanationToText(study.explanation).trimEnd()] : []),
    headed('The gradients in all digits', '-', table(gradientRows(study))),
    ...(hasDerivation ? [] : ['Step by step: --derivation. As a picture: --format svg.']),
  ];
  return withoutSignOfZero(`${sections.join('\n\n')}\n`);
}

/** A heading with a line below it, as the derivation has them. */
function headed(title: string, line: '=' | '-', lines: readonly string[]): string {
  return [title, line.repeat(title.length), ...lines].join('\n');
}

/** Rows whose columns stand below each other. */
function table(rows: readonly Row[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(([name, shape, value]) => `${name.padEnd(widths[0])}  ${shape.padEnd(widths[1])}  ${value}`);
}
