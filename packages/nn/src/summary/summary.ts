import { formatShape, type Shape } from '@tapegrad/core';
import type { PlacedLayer } from '../layers/layer.ts';

/** One layer of a summary. */
export interface SummaryRow {
  readonly name: string;
  /** The class of the layer: `Conv2d`. */
  readonly type: string;
  /** Without the batch axis. */
  readonly outputShape: Shape;
  /** How many numbers the layer learns, biases included. */
  readonly parameters: number;
}

/** A model at a glance, as data; as a string it is a table. */
export interface Summary {
  readonly inputShape: Shape;
  readonly rows: readonly SummaryRow[];
  readonly totalParameters: number;
  toString(): string;
}

/** Counts what each layer gives and learns. */
export function summarise(layers: readonly PlacedLayer[], inputShape: Shape): Summary {
  const rows = layers.map(({ name, layer, outputShape }) => ({
    name,
    type: layer.type,
    outputShape,
    parameters: layer.parameters.reduce((total, parameter) => total + parameter.size, 0),
  }));
  const totalParameters = rows.reduce((total, row) => total + row.parameters, 0);
  return { inputShape, rows, totalParameters, toString: () => table(inputShape, rows, totalParameters) };
}

function table(inputShape: Shape, rows: readonly SummaryRow[], total: number): string {
  const count = (parameters: number): string => parameters.toLocaleString('en');
  const cells = [
    ['layer', 'type', 'output', 'parameters'],
    ['input', '', formatShape(inputShape), ''],
    ...rows.map(({ name, type, outputShape, parameters }) => [name, type, formatShape(outputShape), count(parameters)]),
    ['total', '', '', count(total)],
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => (at === 3 ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
