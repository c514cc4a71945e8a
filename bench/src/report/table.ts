/** A table in Markdown that is also a table to the eye: columns of equal width, numbers to the right. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumber = headers.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^([\d,.<]|–|$)/.test(row[column])),
  );
  const widths = headers.map((header, column) => Math.max(3, header.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) => (isNumber[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(headers), line(rule), ...rows.map(line)].join('\n');
}
