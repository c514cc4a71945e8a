import { type CurveDistance, curveDistance, mean } from './distances.ts';
import { type Fit, fitNetwork } from './fit.ts';
import type { LossName } from './losses.ts';
import { drawProblem, type Point, type Problem } from './problem.ts';
import type { Request } from './request.ts';

/** What the outliers did to a fit. */
export interface OutlierEffect {
  /** The mean distance of the outliers from the fit. */
  readonly distance: number;
  /** How far the fit lies from that of the same network to the same points without the outliers. */
  readonly moved: CurveDistance;
  /** The outliers' share of the whole pull, Σ|slope| over the outliers by Σ|slope| over all points; NaN where nothing pulls. */
  readonly shareOfPull: number;
  /** How many times as hard an outlier pulls as any other point does, on the mean; Infinity where no other point pulls. */
  readonly timesThePull: number;
}

/** What one loss did to the fit. */
export interface StudiedLoss {
  readonly name: LossName;
  readonly fit: Fit;
  /** From the true curve. */
  readonly error: CurveDistance;
  /** The mean distance from the fit of the points that are no outliers. */
  readonly inlierDistance: number;
  /** Where there are outliers. */
  readonly outliers: OutlierEffect | undefined;
}

/** All that is shown. */
export interface Study {
  readonly request: Request;
  readonly problem: Problem;
  /** The true curve on the grid. */
  readonly truth: readonly number[];
  /** One for each loss, in the order of the request. */
  readonly losses: readonly StudiedLoss[];
}

/**
 * Fits the same network under each loss, to all points and to those that are no outliers.
 *
 * @throws ValueError when an option is out of range
 * @throws NonFiniteError when a training diverges
 */
export function study(request: Request): Study {
  const problem = drawProblem(request);
  const truth = problem.grid.map(problem.truth);
  return { request, problem, truth, losses: request.losses.map((name) => studyLoss(name, request, problem, truth)) };
}

function studyLoss(name: LossName, settings: Request, problem: Problem, truth: readonly number[]): StudiedLoss {
  const { points, grid, random } = problem;
  const fitTo = (some: readonly Point[]): Fit => fitNetwork({ loss: name, points: some, grid, random, settings });
  const fit = fitTo(points);
  const inliers = points.filter(({ isOutlier }) => !isOutlier);
  const distances = points.map(({ y }, at) => Math.abs(fit.predictions[at] - y));
  const pulls = fit.pulls.map(Math.abs);
  const outliers = (): OutlierEffect => {
    const [spoilt, others] = [
      pulls.filter((_, at) => points[at].isOutlier),
      pulls.filter((_, at) => !points[at].isOutlier),
    ];
    return {
      distance: mean(distances.filter((_, at) => points[at].isOutlier)),
      moved: curveDistance(grid, fit.curve, fitTo(inliers).curve),
      shareOfPull: (mean(spoilt) * spoilt.length) / (mean(pulls) * pulls.length),
      timesThePull: mean(spoilt) / mean(others),
    };
  };
  return {
    name,
    fit,
    error: curveDistance(grid, fit.curve, truth),
    inlierDistance: mean(distances.filter((_, at) => !points[at].isOutlier)),
    outliers: inliers.length === points.length ? undefined : outliers(),
  };
}
