import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = 'https://github.com/tapegrad/tapegrad/blob/main';

/** The pages of `docs` that the site shows, in the order of its menu. */
export const documents = [
  'start',
  'training',
  'datasets',
  'tape',
  'looking-inside',
  'slips',
  'regression',
  'loss-lab',
  'mnist',
  'to-pytorch',
  'onnx',
  'from-keras',
  'install',
  'engine',
  'performance',
  'differences',
  'errors',
  'glossary',
  'dependencies',
] as const;

const textOf = (name: string): string => readFileSync(`${root}docs/${name}.md`, 'utf8');

/** Those of the pages that there are in Chinese. */
export const translated: readonly string[] = readdirSync(`${root}site/translations/zh`).map((file) =>
  file.replace('.md', ''),
);

/** A page of `docs` in Chinese. Its blocks of code are those of the original, of which `<!-- block 2 -->` is the second. */
export function readTranslation(name: string): string {
  const blocks = textOf(name).match(/^```.*\n[\s\S]*?^```$/gm) ?? [];
  const text = readFileSync(`${root}site/translations/zh/${name}.md`, 'utf8');
  const withBlocks = text.replace(/<!-- block (\d+) -->/g, (_, number) => blocks[Number(number) - 1]);
  return withLinks(name, withBlocks, '/guide/');
}

/** A page of `docs`, with links that hold where the site shows it: to its neighbours, and to the source for all other files. */
export const readDocument = (name: string): string => withLinks(name, textOf(name), './');

function withLinks(name: string, text: string, neighbours: string): string {
  return withoutTags(text).replace(
    /(!?)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g,
    (whole, _, target: string, hash = '') => {
      const path = posix.normalize(`docs/${target}`);
      const [, neighbour] = /^docs\/([\w-]+)\.md$/.exec(path) ?? [];
      if (documents.some((document) => document === neighbour)) return `](${neighbours}${neighbour}.md${hash})`;
      if (path.endsWith('.svg')) return `](../../../${path})`;
      if (!existsSync(root + path)) throw new Error(`docs/${name}.md links to ${target}, which is not there: ${whole}`);
      return `](${source}/${path}${hash})`;
    },
  );
}

/** The heading of a page of `docs`. */
export function titleOf(name: string): string {
  const [, title] = /^# (.+)$/m.exec(textOf(name)) ?? [];
  if (title === undefined) throw new Error(`docs/${name}.md has no heading`);
  return title;
}

/** Documents hold no HTML: a `<` in their text is a sign. Blocks of code and code within lines are left as they are. */
const withoutTags = (text: string): string =>
  text.replace(/^```.*\n[\s\S]*?^```$|`[^`\n]+`|<(?!!--)/gm, (found) => (found === '<' ? '&lt;' : found));
