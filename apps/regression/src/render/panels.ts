import { rangeOf } from '../distances.ts';
import { losses } from '../losses.ts';
import type { Point } from '../problem.ts';
import type { Study } from '../study.ts';
import { panel, type Range } from './panel.ts';

/** Wide enough that a sine is one. */
const leastWidth = 36;
const mostWidth = 64;
const gap = 2;

/** The fits side by side, as many as `columns` characters hold; all with the same axes. */
export function panelsOf({ request, problem, truth, losses: studied }: Study, columns: number): string[] {
  const fitting = Math.max(1, Math.floor((columns + gap) / (leastWidth + gap)));
  const bands = Math.ceil(studied.length / fitting);
  // Evenly: four panels where three would fit are two and two.
  const perBand = Math.ceil(studied.length / bands);
  const width = Math.min(mostWidth, Math.floor((columns + gap) / perBand) - gap);
  const heights = heightsOf(problem.points, truth, studied);
  const rows = Math.round(width / 2.6);
  const panels = studied.map(({ name, fit }) =>
    panel(
      {
        title: losses[name].titleWith(request),
        points: problem.points,
        grid: problem.grid,
        truth,
        curve: fit.curve,
        heights,
      },
      width,
      rows,
    ),
  );
  return Array.from({ length: bands }, (_, band) => panels.slice(band * perBand, (band + 1) * perBand)).flatMap(
    (band, at) => [
      ...(at === 0 ? [] : ['']),
      ...band[0].map((_, row) =>
        band
          .map((lines) => lines[row])
          .join(' '.repeat(gap))
          .trimEnd(),
      ),
    ],
  );
}

/** All of the true curve, the points near it and the fits, and a little more; outliers may be out of sight. */
function heightsOf(points: readonly Point[], truth: readonly number[], studied: Study['losses']): Range {
  const [least, most] = rangeOf(points.map(({ y }) => y).concat(truth));
  // A fit may fly off between two points; nobody has to see how far.
  const fits = studied.flatMap(({ fit }) => fit.curve.map((y) => Math.max(least, Math.min(most, y))));
  const inliers = points.filter(({ isOutlier }) => !isOutlier).map(({ y }) => y);
  const [low, high] = rangeOf([...inliers, ...truth, ...fits]);
  const margin = 0.03 * (high - low) || 1;
  return { low: low - margin, high: high + margin };
}
