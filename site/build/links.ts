import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Words } from '../chapters/model.ts';

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
  'cifar',
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

const isDocument = (name: string): boolean => documents.some((document) => document === name);

const textOf = (name: string): string => readFileSync(`${root}docs/${name}.md`, 'utf8');

/** Those of the pages that there are in Chinese. */
export const translated: readonly string[] = readdirSync(`${root}site/translations/zh`).map((file) =>
  file.replace('.md', ''),
);

const translationOf = (name: string): string => readFileSync(`${root}site/translations/zh/${name}.md`, 'utf8');

/** A page of `docs` in Chinese. Its blocks of code are those of the original, of which `<!-- block 2 -->` is the second. */
export function readTranslation(name: string): string {
  const blocks = textOf(name).match(/^```.*\n[\s\S]*?^```$/gm) ?? [];
  const withBlocks = translationOf(name).replace(/<!-- block (\d+) -->/g, (_, number) => blocks[Number(number) - 1]);
  return withLinks(name, withBlocks, 'zh');
}

/** A page of `docs`, with links that hold where the site shows it: to its neighbours, and to the source for all other files. */
export const readDocument = (name: string): string => withLinks(name, textOf(name), 'en');

/** What stands at a path of the site, where that is a page of the guide: such a page has no file of its own. */
export function readGuide(path: string): string | undefined {
  const [, chinese, name] = /^(zh\/)?guide\/([\w-]+)\.md$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  return chinese ? readTranslation(name) : readDocument(name);
}

function withLinks(name: string, text: string, language: keyof Words): string {
  return withoutTags(text).replace(
    /(!?)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g,
    (whole, _, target: string, hash = '') => {
      const path = posix.normalize(`docs/${target}`);
      const [, neighbour] = /^docs\/([\w-]+)\.md$/.exec(path) ?? [];
      if (neighbour && isDocument(neighbour)) return linkTo(neighbour, hash, language);
      if (path.endsWith('.svg')) return `](${language === 'zh' ? '../' : ''}../../../${path})`;
      if (!existsSync(root + path)) throw new Error(`docs/${name}.md links to ${target}, which is not there: ${whole}`);
      return `](${source}/${path}${hash})`;
    },
  );
}

/** The end of a link to a page of the guide. A page that there is in English alone says so to those who read Chinese. */
function linkTo(name: string, hash: string, language: keyof Words): string {
  if (language === 'zh' && !translated.includes(name)) return `](/guide/${name}.md${hash})（英文）`;
  return `](./${name}.md${hash})`;
}

/** The heading of a page of `docs`, in Chinese where there is one. Menus show no code as code. */
export function titleOf(name: string, language: keyof Words): string {
  const text = language === 'zh' && translated.includes(name) ? translationOf(name) : textOf(name);
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  if (title === undefined) throw new Error(`docs/${name}.md has no heading`);
  return title.replaceAll('`', '');
}

/** Documents hold no HTML: a `<` in their text is a sign. Blocks of code and code within lines are left as they are. */
const withoutTags = (text: string): string =>
  text.replace(/^```.*\n[\s\S]*?^```$|`[^`\n]+`|<(?!!--)/gm, (found) => (found === '<' ? '&lt;' : found));
