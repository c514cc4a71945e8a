// Makes the parser of `src/syntax/grammar.peggy`, in TypeScript, so that no page has to read a grammar. Does nothing where nothing
// has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const grammarFile = fileURLToPath(new URL('src/syntax/grammar.peggy', import.meta.url));
const target = fileURLToPath(new URL('src/syntax/parser.ts', import.meta.url));
const { version } = createRequire(import.meta.url)('peggy/package.json');

const grammar = readFileSync(grammarFile, 'utf8');
const own = readFileSync(fileURLToPath(import.meta.url));
const mark = `// Generated ${createHash('sha256').update(version).update(own).update(grammar).digest('hex')}`;

if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(mark)) {
  const { default: peggy } = await import('peggy');
  const parser = peggy.generate(grammar, {
    output: 'source',
    format: 'bare',
    allowedStartRules: ['Expression', 'Values'],
  });
  writeFileSync(
    target,
    `${mark}
// @ts-nocheck: this is JavaScript that peggy has written.
import type { Node } from './tree.ts';

/** What is thrown where a text does not follow the grammar. */
export interface ParserError {
  readonly expected: readonly { readonly type: string; readonly description?: string; readonly text?: string }[] | null;
  readonly found: string | null;
  readonly location: { readonly start: { readonly offset: number } };
}

const generated = ${parser.trim()};

export const parse: (text: string, options: { readonly startRule: 'Expression' | 'Values' }) => Node = generated.parse;
`,
  );
}
