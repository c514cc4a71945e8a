import { Random, type RandomState, ValueError } from '@tapegrad/core';
import { noisyLine, noisySine } from '@tapegrad/datasets';
import type { DataRequest } from './request.ts';

/** A number x with the number y that is to be found from it. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly isOutlier: boolean;
}

/** What is to be fitted. */
export interface Problem {
  /** From left to right. */
  readonly points: readonly Point[];
  /** The true curve, of which the points know only with noise. */
  readonly truth: (x: number) => number;
  /** In plain signs. */
  readonly formula: string;
  /** Numbers x at even distances, from the first point to the last. */
  readonly grid: readonly number[];
  /** Where the random numbers have come to: each network begins with the same ones. */
  readonly random: RandomState;
}

const slope = 2;
const intercept = 1;
/** Into how many parts the grid is cut. */
const parts = 200;

/**
 * Draws the points that a request describes.
 *
 * @throws ValueError when an option is out of range, or fewer than two points are no outliers
 */
export function drawProblem({ data, count, noise, outliers, distance, seed }: DataRequest): Problem {
  const random = new Random(seed);
  const options = { count, noise, outliers, distance, random };
  const curve = data === 'sine' ? noisySine(options) : noisyLine({ ...options, slope, intercept });
  const points = curve.isOutlier
    .map((isOutlier, at) => ({ x: curve.inputs.get(at, 0), y: curve.targets.get(at, 0), isOutlier }))
    .sort((a, b) => a.x - b.x);
  const inliers = points.filter(({ isOutlier }) => !isOutlier).length;
  if (inliers < 2) {
    throw new ValueError({
      operation: '--outliers',
      got: `a share of ${outliers}, which leaves ${inliers} of ${count} points that are none`,
      wanted: 'at least two points that are no outliers',
      remedy: 'Ask for fewer outliers, or for more points',
    });
  }
  const [first, last] = [points[0].x, points[points.length - 1].x];
  return {
    points,
    truth: data === 'sine' ? Math.sin : (x) => slope * x + intercept,
    formula: data === 'sine' ? 'y = sin x' : `y = ${slope}x + ${intercept}`,
    grid: Array.from({ length: parts + 1 }, (_, at) => first + ((last - first) * at) / parts),
    random: random.state,
  };
}
