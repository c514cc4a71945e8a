import { withoutFormulas } from '@tapegrad/core/formulas';

/**
 * That an op has no formula, and where one would be added: `sinh has no formula: add one to
 * packages/core/src/ops/elementwise/sinh.ts`. An op by a name with signs, which would spoil Markdown, goes without its name.
 *
 * @param files where the ops of core that have no formulas would have them
 */
export function missingFormula(operation: string, files: Readonly<Record<string, string>> = withoutFormulas): string {
  const name = /^\w+$/.test(operation) ? operation : 'This op';
  const remedy = Object.hasOwn(files, operation)
    ? `add one to ${files[operation]}`
    : 'hand one to explain, as `formulas`';
  return `${name} has no formula: ${remedy}`;
}
