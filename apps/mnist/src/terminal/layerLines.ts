import type { Summary } from '@tapegrad/nn';

/** The layers of a net as a table: with all that a summary tells, or as much of it as a row of so many characters has room for. */
export function layerLines(summary: Summary, width: number): string[] {
  const whole = String(summary).split('\n');
  if (whole.every((line) => line.length <= width)) return whole;
  const rows = [
    ['layer', 'output', 'learnt'],
    ...summary.rows.map(({ name, outputShape, parameters }) => [
      name,
      `[${outputShape.join(', ')}]`,
      parameters.toLocaleString('en'),
    ]),
    ['total', '', summary.totalParameters.toLocaleString('en')],
  ];
  const [name, shape, count] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const hasShapes = name + shape + count + 4 <= width;
  return rows.map(([layer, output, parameters]) =>
    [layer.padEnd(name), ...(hasShapes ? [output.padEnd(shape)] : []), parameters.padStart(count)]
      .join('  ')
      .slice(0, width),
  );
}
