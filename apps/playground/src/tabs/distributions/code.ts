import type { LogarithmBase } from '@tapegrad/nn';

/** A program that computes the measures of two distributions, and prints them. */
export function codeOf(p: readonly number[], q: readonly number[], base: LogarithmBase): string {
  const written = (numbers: readonly number[]): string => `tensor(${JSON.stringify(numbers)}, { dtype: 'float64' })`;
  const inBase = base === 'e' ? '' : `, base: ${base}`;
  const own = base === 'e' ? '' : `, { base: ${base} }`;
  return [
    "import { tensor } from '@tapegrad/core';",
    'import {',
    '  crossEntropyOfDistributions,',
    '  entropy,',
    '  jensenShannonDivergence,',
    '  klDivergence,',
    "} from '@tapegrad/nn';",
    '',
    `const p = ${written(p)};`,
    `const q = ${written(q)};`,
    `console.log('H(P)', entropy(p${own}).item());`,
    `console.log('H(P, Q)', crossEntropyOfDistributions({ of: p, under: q${inBase} }).item());`,
    `console.log('D(P‖Q)', klDivergence({ of: p, from: q${inBase} }).item());`,
    `console.log('D(Q‖P)', klDivergence({ of: q, from: p${inBase} }).item());`,
    `console.log('JS(P, Q)', jensenShannonDivergence(p, q${own}).item());`,
    '',
  ].join('\n');
}
