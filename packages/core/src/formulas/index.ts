import type { FormulaTable } from '../notation/index.ts';
import { missing, tables } from './found.ts';

export * from '../notation/index.ts';

/** The formulas of all ops of this package, by the operation's name on the tape. */
export const formulas: FormulaTable = Object.assign({}, ...Object.values(tables));

/** The operations of this package that have no formulas yet, each with the file of the project in which they would stand. */
export const withoutFormulas: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(missing).map(([operation, file]) => [operation, `packages/core/src/${file}`]),
);
