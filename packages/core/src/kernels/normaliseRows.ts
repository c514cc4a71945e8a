import type { FloatArray } from './dtype.ts';
import { forEachNormalised, gated } from './normalisedNumbers.ts';

/*
 * Normalisation of each row by itself, with a scale and a shift for each column, as layer normalisation has it. x is
 * [rows, columns], and each row has moments of its own.
 */

/** Of rows as lines of one channel, each a group by itself. */
const linesOf = (rows: number, columns: number, epsilon: number): readonly number[] => [rows, 1, columns, 1, epsilon];

/** y = (x - mean) / √(variance + epsilon)·weight + bias, plus residual if there is one, and where withRelu is 1 its relu. */
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
  withRelu: number,
): void {
  forEachNormalised(x, moments, linesOf(rows, columns, epsilon), (at, _channel, _row, normalised) => {
    y[at] = normalised * weight[at % columns] + bias[at % columns];
    // Rounded before, as if it had been an output of its own.
    if (residual) y[at] += residual[at];
    if (withRelu && y[at] <= 0) y[at] = 0;
  });
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
  forEachNormalised(x, moments, linesOf(rows, columns, epsilon), (at, _channel, _row, normalised) => {
    const [slot, cotangent] = [2 * (at % columns), gated(g, gate, at)];
    sums[slot] += cotangent;
    sums[slot + 1] += cotangent * normalised;
  });
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
  const layout = linesOf(rows, columns, epsilon);
  const means = new Float64Array(2 * rows);
  const scaled = (at: number): number => gated(g, gate, at) * weight[at % columns];
  forEachNormalised(x, moments, layout, (at, _channel, row, normalised) => {
    means[2 * row] += scaled(at) / columns;
    means[2 * row + 1] += (scaled(at) * normalised) / columns;
  });
  forEachNormalised(x, moments, layout, (at, _channel, row, normalised, deviation) => {
    xGradient[at] = (scaled(at) - means[2 * row] - normalised * means[2 * row + 1]) / deviation;
  });
}
