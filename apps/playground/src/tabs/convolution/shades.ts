/** Cells of one shade, as runs along their rows. */
export interface Shade {
  readonly opacity: number;
  readonly path: string;
}

const levels = 8;

/**
 * A picture of numbers of at least 0 in a few shades, one path for each: cells with 0 stay empty, and the least of the
 * others can still be seen.
 */
export function shadesOf(numbers: readonly number[], height: number, width: number): Shade[] {
  const largest = numbers.reduce((most, number) => Math.max(most, number), Number.MIN_VALUE);
  const levelAt = (at: number): number =>
    numbers[at] > 0 ? Math.max(1, Math.ceil((numbers[at] / largest) * levels)) : 0;
  const paths = new Map<number, string>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; ) {
      const level = levelAt(row * width + column);
      let end = column + 1;
      while (end < width && levelAt(row * width + end) === level) end++;
      const run = `M${column} ${row}h${end - column}v1h${column - end}z`;
      if (level > 0) paths.set(level, `${paths.get(level) ?? ''}${run}`);
      column = end;
    }
  }
  return [...paths].map(([level, path]) => ({ opacity: 0.12 + (0.88 * level) / levels, path }));
}
