import { type Shape, ValueError } from '@tapegrad/core';
import type { BuiltLayer } from '../layers/layer.ts';
import { legend } from './explanations.ts';
import { type Fields, fieldsBehind, inputFields } from './fields.ts';
import { describe } from './layers/describe.ts';
import { type Counts, rowOf, type SummaryRow, totalOf } from './row.ts';
import { table } from './table.ts';

/** A model at a glance, as data; as a string it is a table. */
export interface Summary {
  readonly inputShape: Shape;
  readonly rows: readonly SummaryRow[];
  readonly totals: Counts;
  /** `totals.parameters` */
  readonly totalParameters: number;
  /**
   * The formulas, and the numbers put in: of the layer of that name, or of all.
   *
   * @throws ValueError listing the names there are
   */
  explain(name?: string): string;
  toString(): string;
}

/** Counts what each layer gives, learns, does and sees. */
export function summarise(layers: readonly BuiltLayer[], inputShape: Shape): Summary {
  const rows: SummaryRow[] = [];
  let fields: Fields | undefined = inputFields(inputShape);
  for (const built of layers) {
    const description = describe(built);
    fields = fieldsBehind(fields, built, description.window);
    rows.push(rowOf(built, description, fields));
  }
  const totals = totalOf(rows);
  return {
    inputShape,
    rows,
    totals,
    totalParameters: totals.parameters,
    explain: (name) => explainRows(rows, name),
    toString: () => table(inputShape, rows, totals),
  };
}

function explainRows(rows: readonly SummaryRow[], name: string | undefined): string {
  const chosen = rows.filter((row) => name === undefined || row.name === name);
  if (name !== undefined && chosen.length === 0) {
    throw new ValueError({
      operation: 'Summary.explain',
      got: `the name '${name}'`,
      wanted: `one of ${rows.map((row) => row.name).join(', ')}`,
      remedy: 'Take the name of a layer, as the summary prints it',
    });
  }
  return [...chosen.map(explainRow), legend].join('\n\n');
}

function explainRow({ name, type, inputShape, outputShape, explanations }: SummaryRow): string {
  const lines = explanations.flatMap(({ quantity, formula, steps }) => [
    `  ${quantity}: ${formula}`,
    ...steps.map((step) => `    ${step}`),
  ]);
  return [`${name} (${type}): [${inputShape.join(', ')}] → [${outputShape.join(', ')}]`, ...lines].join('\n');
}
