import type { FloatArray } from './dtype.ts';
import { meansOfGroups } from './meansOfGroups.ts';
import { forEachNormalised, gated } from './normalisedNumbers.ts';

/*
 * Normalisation with scale and shift. x is [lines, plane], a line for each channel of each example, channels varying
 * fastest. Neighbouring lines, `perGroup` of them, have moments of their own; with `perGroup` 0 the lines of one channel
 * have, over all examples.
 */

/** y = (x - mean) / √(variance + epsilon)·weight + bias, plus residual if there is one, and where withRelu is 1 its relu. */
export function normalise(
  x: FloatArray,
  moments: FloatArray,
  weight: FloatArray,
  bias: FloatArray,
  residual: FloatArray | null,
  y: FloatArray,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
  withRelu: number,
): void {
  forEachNormalised(x, moments, [lines, channels, plane, perGroup, epsilon], (at, channel, _group, normalised) => {
    y[at] = normalised * weight[channel] + bias[channel];
    // Rounded before, as if it had been an output of its own.
    if (residual) y[at] += residual[at];
    if (withRelu && y[at] <= 0) y[at] = 0;
  });
}

/**
 * What the gradients of {@link normalise} are made of, from one reading: sums[line] = [Σg, Σ g·n], with n the normalised
 * numbers. Where there is a gate, g counts as 0 unless the gate is above 0.
 */
export function normaliseSums(
  g: FloatArray,
  gate: FloatArray | null,
  x: FloatArray,
  moments: FloatArray,
  sums: FloatArray,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
): void {
  sums.fill(0);
  forEachNormalised(x, moments, [lines, channels, plane, perGroup, epsilon], (at, _channel, _group, normalised) => {
    const cotangent = gated(g, gate, at);
    const line = Math.floor(at / plane);
    sums[2 * line] += cotangent;
    sums[2 * line + 1] += cotangent * normalised;
  });
}

/**
 * ∂x of {@link normalise}: (g·weight - mean(g·weight) - n·mean(g·weight·n)) / deviation, with the means over each group,
 * from the sums of {@link normaliseSums}.
 */
export function normaliseGradient(
  g: FloatArray,
  gate: FloatArray | null,
  x: FloatArray,
  moments: FloatArray,
  weight: FloatArray,
  sums: FloatArray,
  xGradient: FloatArray,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
): void {
  const means = meansOfGroups(sums, weight, lines, channels, plane, perGroup);
  forEachNormalised(
    x,
    moments,
    [lines, channels, plane, perGroup, epsilon],
    (at, channel, group, normalised, deviation) => {
      const cotangent = gated(g, gate, at);
      xGradient[at] = (cotangent * weight[channel] - means[2 * group] - normalised * means[2 * group + 1]) / deviation;
    },
  );
}
