// Writes docs/errors.md: every error and warning that tapegrad gives on purpose, read from the source.
// With --check it only tells whether the page is as the source has it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readErrors } from './errorSources.mjs';

const page = fileURLToPath(new URL('./errors.md', import.meta.url));
const fields = ['got', 'wanted', 'remedy'];
const { codes, entries } = readErrors();

/** Whether anything is left of a text without what is put in when it happens. */
const saysSomething = (text) => /\p{L}/u.test(text.replaceAll(/‹[^›]*›/g, ''));

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row(cells) {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/**
 * The rows of a kind of error. What several operations say in the same words is one row; what has no words but those that
 * are put in when it happens is none.
 */
function rowsOf(kind) {
  const operationsOf = new Map();
  for (const { texts } of entries.filter((entry) => entry.kind === kind)) {
    const said = fields.map((field) => texts[field] ?? '');
    if (!said.some(saysSomething)) continue;
    const operations = operationsOf.get(said.join('\n')) ?? { said, names: new Set() };
    operations.names.add(texts.operation);
    operationsOf.set(said.join('\n'), operations);
  }
  return [...operationsOf.values()].map(({ said, names }) => {
    const known = [...names].filter(saysSomething);
    return row([known.length > 0 ? shortened(known) : [...names][0], ...said]);
  });
}

/** No more names than a reader can take in. */
const shortened = (names) =>
  names.length > 12 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');

const kinds = [...new Set(entries.filter(({ isError }) => isError).map(({ kind }) => kind))].sort();
const warnings = entries.filter(({ isError, texts }) => !isError && saysSomething(texts.message));
const lines = [
  '# Errors and warnings',
  '',
  'Made from the source by `npx pnpm run docs`; do not edit. What stands between ‹ and › is put in when it happens, what stands',
  'in [ ] only where it applies.',
  '',
  'Every error is a `TapegradError` with a `code`, and the fields `operation`, `got`, `wanted` and `remedy`, of which its message is',
  'made: *operation: got; wanted wanted. remedy.* Warnings go to the console, once for each code and operation; `silence(code)` ends that.',
  '',
  '## Warnings',
  '',
  '| code | in | text |',
  '| --- | --- | --- |',
  ...new Set(warnings.map(({ kind, path, texts }) => row([`\`${kind}\``, path, texts.message]))),
  '',
  ...kinds.flatMap((kind) => {
    const rows = rowsOf(kind);
    const table = ['| operation | got | wanted | what to do |', '| --- | --- | --- | --- |', ...rows, ''];
    return [`## ${kind}`, '', `Code \`${codes.get(kind) ?? '?'}\`.`, '', ...(rows.length > 0 ? table : [])];
  }),
];
const text = `${lines.join('\n').trimEnd()}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/errors.md is not as the source has it: run `npx pnpm run docs`');
  process.exitCode = 1;
}
