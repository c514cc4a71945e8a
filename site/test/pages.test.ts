import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { renderFormula } from '../build/formulas.ts';
import { formatNumber } from '../chapters/format.ts';
import { chapters } from '../chapters/index.ts';
import { questions } from '../chapters/questions/index.ts';
import { startOf } from '../parts/chapterState.ts';
import { expectChinese } from './chinese.ts';

const pages = fileURLToPath(new URL('../pages/', import.meta.url));
const read = (path: string): string => (existsSync(pages + path) ? readFileSync(pages + path, 'utf8') : '');

const texts = [
  ...chapters.map((chapter) => ({ chapter, path: `book/${chapter.name}.md` })),
  ...questions.map((chapter) => ({ chapter, path: `questions/${chapter.name}.md` })),
];

/** A page without its script, its code and its formulas. */
const proseOf = (page: string): string =>
  page.replace(/<script[\s\S]*?<\/script>|```[\s\S]*?```|`[^`]*`|\$\$[\s\S]*?\$\$|\$[^$]+\$|<[^>]+>/g, '');

const namesIn = (page: string): string[] =>
  [...page.matchAll(/<LiveNumber of="([\w.]+)"|\\live\{([\w.]+)\}/g)].map(([, a, b]) => a ?? b);

const piecesIn = (page: string): string[] => [...page.matchAll(/<Live piece="(\w+)"/g)].map(([, name]) => name);

describe.each(texts.flatMap(({ chapter, path }) => [path, `zh/${path}`].map((path) => ({ chapter, path }))))(
  '$path',
  ({ chapter, path }) => {
    const page = read(path);

    test('shows every live piece of its chapter, and names numbers that there are', () => {
      expect(piecesIn(page).sort()).toEqual(Object.keys(chapter.pieces).sort());
      const numbers = Object.entries(chapter.pieces).flatMap(([name, piece]) => {
        const at = startOf(piece);
        return Object.keys({ ...at, ...piece.compute(at) }).map((number) => `${name}.${number}`);
      });
      expect(namesIn(page).filter((name) => !numbers.includes(name))).toEqual([]);
    });

    test('says no number of its own: each is live, or a fact that is computed here', () => {
      const said = proseOf(page).match(/−?\d+\.\d+/g) ?? [];
      expect(said.filter((number) => !chapter.facts.some(({ text }) => text === number))).toEqual([]);
      for (const { text, value } of chapter.facts) expect(formatNumber(value())).toBe(text);
    });

    test('begins no line with a number: Markdown would end the paragraph there', () => {
      expect(page.match(/^<LiveNumber.*/gm)).toBeNull();
    });

    test('has formulas that can be set', () => {
      for (const [, block, inline] of page.matchAll(/\$\$([\s\S]+?)\$\$|\$([^$]+)\$/g))
        renderFormula(block ?? inline, block !== undefined);
    });

    test('ends in the exercises, where there are any', () => {
      expect(page.includes('<Exercises />')).toBe(chapter.exercises.length > 0);
    });
  },
);

describe.each(texts)('$path', ({ path }) => {
  const [english, chinese] = [read(path), read(`zh/${path}`)];
  const shapeOf = (page: string): string[] =>
    page.split('\n').flatMap((line) => line.match(/^#+ |^<Live piece="\w+"|^\$\$|^<Exercises/)?.[0] ?? []);

  test('has the same sections, pieces and formulas in both languages', () => {
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
    expect(namesIn(chinese).sort()).toEqual(namesIn(english).sort());
  });

  test('is Chinese where it says so', () => {
    expect(proseOf(chinese)).toMatch(/\p{Script=Han}/u);
    for (const line of proseOf(chinese).split('\n')) expectChinese(line);
  });
});
