import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { documents, readDocument, readGuide, readTranslation, translated } from '../build/links.ts';
import { sideMenu } from '../build/menu.ts';
import { expectChinese } from './chinese.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A page with its blocks of code counted, as translations write them. */
function readEnglish(name: string): string {
  let count = 0;
  return readFileSync(`${root}docs/${name}.md`, 'utf8').replace(
    /^```.*\n[\s\S]*?^```$/gm,
    () => `<!-- block ${++count} -->`,
  );
}

const readChinese = (name: string): string => readFileSync(`${root}site/translations/zh/${name}.md`, 'utf8');

const sectionsOf = (page: string): string[] => page.split(/^(?=#+ )/m);

const headingOf = (section: string): string => section.split('\n', 1)[0];

/** Text without the code within its lines, without its blocks, and without where its links lead. */
const proseOf = (text: string): string => text.replace(/`[^`\n]+`|<!--.*?-->|\]\([^)]*\)/g, '');

const each = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found);

const once = (found: string[]): string[] => [...new Set(found)].sort();

/** What has to be the same in every section of both languages: sentences may be put in another order, and words said twice. */
const parts: Readonly<Record<string, (section: string) => readonly unknown[]>> = {
  'level of the heading': (section) => each(headingOf(section), /^#+/g),
  'blocks of code': (section) => each(section, /<!-- block \d+ -->/g),
  'rows of tables, by their cells': (section) =>
    each(section, /^\|.*$/gm).map((row) => row.replace(/`[^`]*`/g, '').split('|').length - 2),
  'points of lists': (section) => each(section, /^ *(?:-|\d+\.) /gm),
  // Where a link within the page leads is called by the words of a heading.
  links: (section) =>
    each(section, /\]\([^)]*\)/g)
      .map((link) => link.replace(/#.*[^)]/, '#'))
      .sort(),
  'code in the text': (section) => once(each(section, /`[^`\n]+`/g)),
};

const numbersIn = (text: string): string[] => once(each(text, /\d+(?:[.,]\d+)*/g));

/** The menu of the guide in Chinese. */
const menu = Object.values(sideMenu('zh')).flatMap((part) =>
  (Array.isArray(part) ? part : part.items).flatMap(({ items = [] }) => items),
);

test('what is translated is a page of the guide', () => {
  expect(translated.filter((name) => !documents.some((document) => document === name))).toEqual([]);
});

describe.each(translated)('site/translations/zh/%s.md', (name) => {
  const [english, chinese] = [sectionsOf(readEnglish(name)), sectionsOf(readChinese(name))];
  const sectionAt = (index: number): string =>
    `site/translations/zh/${name}.md has to say what docs/${name}.md says: "${headingOf(chinese[index])}", "${headingOf(english[index])}"`;

  test('has the sections of the English page', () => {
    expect(chinese.length, `${name}: ${chinese.map(headingOf).join(', ')}`).toBe(english.length);
  });

  test.each(Object.entries(parts))('has the same %s', (part, partsOf) => {
    const length = Math.min(chinese.length, english.length);
    for (let index = 0; index < length; index++)
      expect(partsOf(chinese[index]), `${part}: ${sectionAt(index)}`).toEqual(partsOf(english[index]));
  });

  test('has the same numbers', () => {
    const length = Math.min(chinese.length, english.length);
    for (let index = 0; index < length; index++) {
      const [said, known] = [numbersIn(proseOf(chinese[index])), numbersIn(english[index])];
      const missing = numbersIn(proseOf(english[index])).filter((number) => !said.includes(number));
      const others = said.filter((number) => !known.includes(number));
      expect({ missing, others }, `numbers: ${sectionAt(index)}`).toEqual({ missing: [], others: [] });
    }
  });

  test('is Chinese, and so is its name in the menu', () => {
    for (const line of proseOf(readChinese(name)).split('\n')) expectChinese(line);
    for (const section of chinese) expect(proseOf(section)).toMatch(/\p{Script=Han}/u);
    expect(menu.find(({ link }) => link === `/zh/guide/${name}`)?.text).toMatch(/\p{Script=Han}/u);
  });

  test('leads to Chinese pages, and says which there are in English alone', () => {
    const links = readTranslation(name).matchAll(/\]\((\.\/|\/guide\/)([\w-]+)\.md[^)]*\)(（英文）)?/g);
    for (const [link, folder, neighbour, remark] of links)
      expect([folder, remark], link).toEqual(
        translated.includes(neighbour) ? ['./', undefined] : ['/guide/', '（英文）'],
      );
  });

  test('is what the search reads', () => {
    expect(readGuide(`zh/guide/${name}.md`)).toBe(readTranslation(name));
    expect(readGuide(`guide/${name}.md`)).toBe(readDocument(name));
  });
});
