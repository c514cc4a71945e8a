import { expect, test } from 'vitest';
import { missingFormula } from './missingFormula.ts';

test.each([
  ['sinh', 'sinh has no formula: add one to packages/core/src/ops/elementwise/sinh.ts'],
  ['cube', 'cube has no formula: hand one to explain, as `formulas`'],
  ['constructor', 'constructor has no formula: hand one to explain, as `formulas`'],
  ['my_cube$%', 'This op has no formula: hand one to explain, as `formulas`'],
])('%s: where its formula would be added', (operation, line) => {
  expect(missingFormula(operation, { sinh: 'packages/core/src/ops/elementwise/sinh.ts' })).toBe(line);
});
