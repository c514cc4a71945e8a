import type { FloatArray } from './dtype.ts';

/*
 * Normalisation of each row by itself, with a scale and a shift for each column, as layer normalisation has it. x is
 * [rows, columns], and each row has moments of its own.
 */

/** Calls `work` for each number of a row: its index, its column, and the normalised number. */
function forEachOf(
  row: number,
  x: FloatArray,
  moments: FloatArray,
  columns: number,
  epsilon: number,
  work: (at: number, column: number, normalised: number) => void,
): number {
  const [rough, rest, variance] = moments.subarray(3 * row, 3 * row + 3);
  const deviation = Math.sqrt(variance + epsilon);
  for (let column = 0; column < columns; column++) {
    const at = row * columns + column;
    work(at, column, (x[at] - rough - rest) / deviation);
  }
  return deviation;
}

/** g, where there is no gate or the gate is above 0; else 0. */
const gated = (g: FloatArray, gate: FloatArray | null, at: number): number => (gate && !(gate[at] > 0) ? 0 : g[at]);

/** y = (x - mean) / √(variance + epsilon)·weight + bias, plus residual if there is one, and where isCut is 1 its relu. */
export function normaliseRows(
  x: FloatArray,
  moments: FloatArray,
  weight: FloatArray,
  bias: FloatArray,
  residual: FloatArray | null,
  y: FloatArray,
  rows: number,
  columns: number,
  epsilon: number,
  isCut: number,
): void {
  for (let row = 0; row < rows; row++) {
    forEachOf(row, x, moments, columns, epsilon, (at, column, normalised) => {
      y[at] = normalised * weight[column] + bias[column];
      // Rounded before, as if it had been an output of its own.
      if (residual) y[at] += residual[at];
      if (isCut && y[at] <= 0) y[at] = 0;
    });
  }
}

/**
 * The gradients of bias and weight, from one reading: sums[column] = [Σg, Σ g·n], with n the normalised numbers. Where there
 * is a gate, g counts as 0 unless the gate is above 0.
 */
export function normaliseRowsSums(
  g: FloatArray,
  gate: FloatArray | null,
  x: FloatArray,
  moments: FloatArray,
  sums: FloatArray,
  rows: number,
  columns: number,
  epsilon: number,
): void {
  sums.fill(0);
  for (let row = 0; row < rows; row++) {
    forEachOf(row, x, moments, columns, epsilon, (at, column, normalised) => {
      const cotangent = gated(g, gate, at);
      sums[2 * column] += cotangent;
      sums[2 * column + 1] += cotangent * normalised;
    });
  }
}

/** ∂x of {@link normaliseRows}: (g·weight - mean(g·weight) - n·mean(g·weight·n)) / deviation, with the means over each row. */
export function normaliseRowsGradient(
  g: FloatArray,
  gate: FloatArray | null,
  x: FloatArray,
  moments: FloatArray,
  weight: FloatArray,
  xGradient: FloatArray,
  rows: number,
  columns: number,
  epsilon: number,
): void {
  for (let row = 0; row < rows; row++) {
    let [mean, meanOfProduct] = [0, 0];
    const deviation = forEachOf(row, x, moments, columns, epsilon, (at, column, normalised) => {
      const scaled = gated(g, gate, at) * weight[column];
      mean += scaled / columns;
      meanOfProduct += (scaled * normalised) / columns;
    });
    forEachOf(row, x, moments, columns, epsilon, (at, column, normalised) => {
      xGradient[at] = (gated(g, gate, at) * weight[column] - mean - normalised * meanOfProduct) / deviation;
    });
  }
}
