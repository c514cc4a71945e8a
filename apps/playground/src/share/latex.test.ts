import { expect, test } from 'vitest';
import { latexDocument } from './latex.ts';

test('a document holds the formulas of each part that has some, and signs of its titles are no commands', () => {
  const text = latexDocument('Step machine', 'https://example.org/#steps?a=1', [
    { title: 'The chain: 50 % & more', formulas: ['p = u / S', 'L = -\\ln p'] },
    { title: 'empty', formulas: [] },
  ]);
  expect(text).toBe(
    [
      '% https://example.org/#steps?a=1',
      '\\documentclass{article}',
      '\\usepackage{amsmath,amssymb}',
      '\\usepackage{fontspec}',
      '\\begin{document}',
      '\\section*{Step machine}',
      '\\section*{The chain: 50 \\% \\& more}',
      '\\[ p = u / S \\]',
      '\\[ L = -\\ln p \\]',
      '\\end{document}',
      '',
    ].join('\n'),
  );
});
