// Writes docs/errors.md: every error and warning that tapegrad gives on purpose, read from the source.
// With --check it only tells whether the page is as the source has it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/errors.md');

const sources = readdirSync(join(root, 'packages'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  .filter((path) => path.includes('/src/'))
  .sort();

const codes = new Map();
const entries = [];
for (const path of sources) {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    collectCode(node);
    collectEntry(node, path, file);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** `override readonly code = 'SHAPE'` in a class. */
function collectCode(node) {
  if (!ts.isClassDeclaration(node) || !node.name) return;
  const code = node.members.find((member) => ts.isPropertyDeclaration(member) && member.name.getText() === 'code');
  if (code?.initializer) codes.set(node.name.text, code.initializer.getText().replace(/^'|'$/g, ''));
}

/** `new ShapeError({ … })`, or `warn({ … })`. */
function collectEntry(node, path, file) {
  const isError = ts.isNewExpression(node) && /Error$/.test(node.expression.getText());
  const isWarning = ts.isCallExpression(node) && node.expression.getText() === 'warn';
  const details = (isError || isWarning) && node.arguments?.[0];
  if (!details || !ts.isObjectLiteralExpression(details)) return;
  const texts = Object.fromEntries(
    details.properties.map((property) => [property.name?.getText(), textOf(property.initializer ?? property.name)]),
  );
  if (isError && texts.got === undefined) return;
  entries.push({
    kind: isError ? node.expression.getText() : texts.code,
    isError,
    path,
    texts,
    at: node.getStart(file),
  });
}

/** The text of a string or template, with ‹what is put in› where something is. */
function textOf(node) {
  if (!node) return '…';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ expression, literal }) => `‹${plain(expression)}›${literal.text}`);
    return node.head.text + rest.join('');
  }
  if (ts.isConditionalExpression(node)) return `${textOf(node.whenTrue)} / ${textOf(node.whenFalse)}`;
  return `‹${plain(node)}›`;
}

function plain(node) {
  return node
    .getText()
    .replace(/\s+/g, ' ')
    .replace(/^formatShape\((.*)\)$/, '$1')
    .slice(0, 60);
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

const kinds = [...new Set(entries.filter(({ isError }) => isError).map(({ kind }) => kind))].sort();
const lines = [
  '# Errors and warnings',
  '',
  'Made from the source by `npx pnpm run docs`; do not edit. What stands between ‹ and › is put in when it happens.',
  '',
  'Every error is a `TapegradError` with a `code`, and the fields `operation`, `got`, `wanted` and `remedy`, of which its message is',
  'made: *operation: got; wanted wanted. remedy.* Warnings go to the console, once for each code and operation; `silence(code)` ends that.',
  '',
  '## Warnings',
  '',
  '| code | in | text |',
  '| --- | --- | --- |',
  ...entries
    .filter(({ isError }) => !isError)
    .map(({ kind, path, texts }) => `| \`${kind}\` | ${path} | ${cell(texts.message)} |`),
  '',
  ...kinds.flatMap((kind) => [
    `## ${kind}`,
    '',
    `Code \`${codes.get(kind) ?? '?'}\`.`,
    '',
    '| operation | got | wanted | what to do |',
    '| --- | --- | --- | --- |',
    ...entries
      .filter((entry) => entry.kind === kind)
      .map(
        ({ texts }) =>
          `| ${['operation', 'got', 'wanted', 'remedy'].map((field) => cell(texts[field] ?? '…')).join(' | ')} |`,
      ),
    '',
  ]),
];
const text = `${lines.join('\n').trimEnd()}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/errors.md is not as the source has it: run `npx pnpm run docs`');
  process.exitCode = 1;
}
