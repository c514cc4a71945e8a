import { expect, test } from 'vitest';
import { renderFormula } from '../build/formulas.ts';

/** What may not be torn apart at the end of a line: KaTeX puts each such part into an element of its own. */
const wholes = (latex: string): number => renderFormula(latex, true).split('class="katex-base"').length - 1;

test('a line breaks between formulas that stand side by side, and nowhere within one', () => {
  expect(renderFormula('p - y = (1 - 2)', true)).not.toContain('several');
  expect(wholes('H(P) = -\\ln p, \\qquad H(P, Q) = -p \\ln q, \\qquad D = 1 + 2')).toBe(3);
});

test('live numbers stand where they stood', () => {
  const html = renderFormula('a = \\live{loss.p1}, \\qquad b = \\live{loss.loss}', true);
  expect(html.match(/<LiveNumber of="[\w.]+" \/>/g)).toEqual([
    ...['loss.p1', 'loss.loss'].map((name) => `<LiveNumber of="${name}" />`),
    ...['loss.p1', 'loss.loss'].map((name) => `<LiveNumber of="${name}" />`),
  ]);
});
