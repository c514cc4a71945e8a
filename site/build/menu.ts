import type { DefaultTheme } from 'vitepress';
import type { Words } from '../chapters/model.ts';
import { chapterTitles, questionTitles } from '../chapters/titles.ts';
import { documents, titleOf, translated } from './links.ts';

const words = {
  start: { en: 'Start', zh: '入门' },
  guide: { en: 'Guide', zh: '指南' },
  book: { en: 'Book', zh: '教程' },
  contents: { en: 'Contents', zh: '目录' },
  questions: { en: 'Questions', zh: '问答' },
  worksheet: { en: 'Worksheets', zh: '练习卷' },
  reference: { en: 'Reference', zh: 'API 参考' },
  lab: { en: 'Lab', zh: '实验室' },
} satisfies Record<string, Words>;

/** The bar at the top: the five parts of the site. */
export function topMenu(language: keyof Words): DefaultTheme.NavItem[] {
  const root = rootOf(language);
  return [
    { text: words.start[language], link: `${root}guide/start`, activeMatch: '/guide/' },
    { text: words.book[language], link: `${root}book/`, activeMatch: '/book/' },
    { text: words.questions[language], link: `${root}questions/softmax-loss`, activeMatch: '/questions/' },
    { text: words.reference[language], link: `${root}reference` },
    { text: words.lab[language], link: `/lab/index.html#steps?language=${language}`, target: '_self' },
  ];
}

/** The menu at the side, which differs by part. */
export function sideMenu(language: keyof Words): DefaultTheme.SidebarMulti {
  const root = rootOf(language);
  const linked = (folder: string, titles: Readonly<Record<string, Words>>): DefaultTheme.SidebarItem[] =>
    Object.entries(titles).map(([name, title]) => ({ text: title[language], link: `${root}${folder}/${name}` }));
  const book = [
    {
      text: words.book[language],
      items: [
        { text: words.contents[language], link: `${root}book/` },
        ...linked('book', chapterTitles),
        { text: words.worksheet[language], link: `${root}book/worksheet` },
      ],
    },
    { text: words.questions[language], items: linked('questions', questionTitles) },
  ];
  const guide = [
    {
      text: words.guide[language],
      items: documents.map((name) => ({ text: titleOf(name, language), link: guideLink(language, name) })),
    },
  ];
  return { [`${root}book/`]: book, [`${root}questions/`]: book, [`${root}guide/`]: guide };
}

/** Pages of the guide that have no Chinese text yet are shown in English. */
function guideLink(language: keyof Words, name: string): string {
  return `${language === 'zh' && translated.includes(name) ? '/zh' : ''}/guide/${name}`;
}

const rootOf = (language: keyof Words): string => (language === 'zh' ? '/zh/' : '/');
