import { type Shape, ValueError } from '@tapegrad/core';
import { legend } from './explanations.ts';
import { type Fields, fieldsBehind, inputFields, widestFields } from './fields.ts';
import { describe } from './layers/describe.ts';
import { describeJoin } from './layers/joins.ts';
import type { PlacedInput, PlacedLayer } from './placed.ts';
import { type Counts, rowOf, type SummaryRow, totalOf } from './row.ts';
import { table } from './table.ts';

/** A model at a glance, as data; as a string it is a table. */
export interface Summary {
  /** The inputs of the model by name, each without the batch axis. */
  readonly inputs: readonly PlacedInput[];
  /** The shape of the first input. */
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

/** What the outputs of an input or a layer see, and of which input. */
interface Seen {
  readonly input: string;
  readonly fields: Fields | undefined;
}

/** Counts what each layer gives, learns, does and sees. */
export function summarise(inputs: readonly PlacedInput[], layers: readonly PlacedLayer[]): Summary {
  const seen = new Map<string, Seen>();
  for (const { name, shape } of inputs) seen.set(name, { input: name, fields: inputFields(shape) });
  const rows = layers.map((placed) => {
    const { name, layer, inputShapes, outputShape } = placed;
    const before = placed.from.flatMap((from) => seen.get(from) ?? []);
    const description =
      'joins' in layer ? describeJoin(layer, inputShapes, outputShape) : describe({ ...placed, layer });
    // A field is that of one input; what two of them lead to has none.
    const isOfOne = before.every(({ input }) => input === before[0].input);
    const widest = isOfOne ? widestFields(before.map(({ fields }) => fields)) : undefined;
    const fields = fieldsBehind(widest, placed, description.window);
    seen.set(name, { input: isOfOne ? (before[0]?.input ?? '') : '', fields });
    return rowOf(placed, description, fields);
  });
  const totals = totalOf(rows);
  return {
    inputs,
    inputShape: inputs[0].shape,
    rows,
    totals,
    totalParameters: totals.parameters,
    explain: (name) => explainRows(rows, name),
    toString: () => table(inputs, rows, totals),
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
