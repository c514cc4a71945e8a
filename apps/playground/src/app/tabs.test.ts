import { expect, test } from 'vitest';
import { shellWords } from '../words/shell.ts';
import { groupNames, tabGroups, tabOf, tabs } from './tabs.ts';

test('every tab has a link, in one group', () => {
  expect(groupNames.flatMap((name) => [...tabGroups[name]]).sort()).toEqual(Object.keys(tabs).sort());
});

test('what an address calls no tab is the first one', () => {
  expect(['training', 'steps', '', '__proto__', 'constructor'].map(tabOf)).toEqual([
    'training',
    'steps',
    'steps',
    'steps',
    'steps',
  ]);
});

test('no two links have the same words', () => {
  for (const words of [shellWords.en, shellWords.zh]) {
    const names = Object.keys(tabs).map((name) => words[name as keyof typeof tabs]);
    expect(new Set(names).size).toBe(names.length);
  }
});
