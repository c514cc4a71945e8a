import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { shareWords } from '../share/words.ts';
import { breakingWords } from '../tabs/breaking/words.ts';
import { convolutionWords } from '../tabs/convolution/words.ts';
import { depthWords } from '../tabs/depth/words.ts';
import { distributionWords } from '../tabs/distributions/words.ts';
import { layerWords } from '../tabs/layers/words.ts';
import { lossWords } from '../tabs/losses/words.ts';
import { marginWords } from '../tabs/margins/words.ts';
import { optimiserWords } from '../tabs/optimisers/words.ts';
import { stepWords } from '../tabs/steps/stepWords.ts';
import { words as stepsWords } from '../tabs/steps/words.ts';
import { trainingWords } from '../tabs/training/words.ts';
import { shellWords } from './shell.ts';

const all = {
  shellWords,
  shareWords,
  stepsWords,
  stepWords,
  lossWords,
  distributionWords,
  breakingWords,
  convolutionWords,
  marginWords,
  layerWords,
  depthWords,
  optimiserWords,
  trainingWords,
};

/** Every sentence among words; those with numbers in them get some. */
function sentencesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return sentencesOf(words(1, 2, 3, 4, 5));
  return Object.values(words as object).flatMap(sentencesOf);
}

/** Phrases that puzzle a reader, each with the usual one. */
const puzzles: readonly (readonly [puzzle: RegExp, usual: string])[] = [
  [/ended so/i, 'Result'],
  [/is acted/i, 'everything runs live'],
  [/as the system/i, 'System theme'],
  [/gradients? by /i, 'gradient with respect to'],
  [/^the gradient, differentiated again/i, 'the Hessian'],
  [/(came|come) to no end/i, 'did not converge'],
  [/mended (form|version)/i, 'the fixed version'],
  [/named right/i, 'accuracy'],
  [/step on$/i, 'Next step'],
  [/turn the numbers/i, 'Change the numbers'],
  [/the way out/i, 'the fix'],
];

describe('words in English', () => {
  test.each(Object.entries(all))('%s are the usual ones', (_, { en }) => {
    for (const sentence of sentencesOf(en)) {
      for (const [puzzle, usual] of puzzles) expect(sentence, `write: ${usual}`).not.toMatch(puzzle);
    }
  });
});

describe('words in Chinese', () => {
  test.each(Object.entries(all))('%s: one word for the tape, and the usual terms', (_, { zh }) => {
    for (const sentence of sentencesOf(zh)) {
      expect(sentence, '计算记录').not.toMatch(/计算带|磁带|\btape\b/);
      expect(sentence, '死亡 ReLU').not.toMatch(/失活/);
      expect(sentence, '信息量').not.toMatch(/惊奇|惊讶/);
      expect(sentence, 'Log-cosh').not.toMatch(/双曲余弦/);
      expect(sentence, '平均').not.toMatch(/(?<!平)均值/);
    }
  });

  test.each(Object.entries(all))('%s: signs are as wide as the letters beside them', (_, { zh }) => {
    for (const sentence of sentencesOf(zh)) {
      expect(sentence).not.toMatch(/[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]/);
      expect(sentence).not.toMatch(/[\u4e00-\u9fff]\.(\s|$)/);
    }
  });

  test('a reduction is called the same in its button and in its node', () => {
    const { reductions } = stepsWords.zh;
    expect([reductions.mean, reductions.sum]).toEqual([stepWords.zh.mean.name, stepWords.zh.total.name]);
    const names = Object.values(stepWords.zh).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('README, docs and what programs print say it in the usual words too', () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const files = ['README.md', ...filesIn(root, 'docs'), ...filesIn(root, 'apps'), ...filesIn(root, 'examples')];
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [puzzle, usual] of puzzles.filter(([{ source }]) => !/step on|way out|gradients/.test(source))) {
      expect(puzzle.test(text), `${file}: ${puzzle}; write: ${usual}`).toBe(false);
    }
  }
});

/** Sources and pages in a folder, without what was built and without tests, which may quote. */
function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|md)$/.test(name) && !/(^|\/)(node_modules|dist)\/|\.test\./.test(name))
    .map((name) => join(folder, name));
}
