import { Random } from '@tapegrad/core';
import { reach } from './descent.ts';

/** Points of the plane: x and y in turn. */
export type Coordinates = readonly number[];

const count = 12;
const outliers = 2;

/** Twelve points about a line, two of them far off it; the same for the same seed, and rounded so that they fit an address. */
export function drawPoints(seed: number): number[] {
  const random = new Random(seed);
  const slope = random.uniform(0.8, 1.4) * (random.uniform() < 0.5 ? -1 : 1);
  const height = random.uniform(-0.5, 0.5);
  // Those far to one side have the longest lever.
  const side = random.uniform() < 0.5 ? 0 : count - outliers;
  const points: number[] = [];
  for (let at = 0; at < count; at++) {
    const x = -2.75 + at * 0.5 + random.uniform(-0.15, 0.15);
    const isOutlier = at >= side && at < side + outliers;
    const off = isOutlier ? -Math.sign(slope * x) * random.uniform(5, 6.5) : random.normal(0, 0.3);
    points.push(rounded(x, reach.x), rounded(height + slope * x + off, reach.y));
  }
  return points;
}

const rounded = (value: number, most: number): number => {
  return Number(Math.max(Math.min(value, most), -most).toFixed(2));
};
