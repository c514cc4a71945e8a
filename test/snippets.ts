import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const readDocument = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A block of code of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The block right behind it, if that shows what it prints. */
  readonly output: string | undefined;
}

/** The blocks of a document that say in which language they are. */
export function blocksOf(markdown: string): Block[] {
  const found = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }));
  return found.map(({ language, text }, index) => ({
    language,
    text,
    output: found[index + 1]?.language === 'text' ? found[index + 1].text : undefined,
  }));
}

/** Every document of the project, by its path from the root. */
export function allDocuments(): string[] {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  const paths = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  return paths.filter((path) => existsSync(join(root, path)));
}
