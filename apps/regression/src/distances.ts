/** How far a curve lies from another, over a grid. */
export interface CurveDistance {
  /** √(mean of the squared distances). */
  readonly rms: number;
  readonly most: number;
  /** The x where they lie furthest apart. */
  readonly at: number;
}

/** The distance of two curves over the grid on which both are given. */
export function curveDistance(grid: readonly number[], a: readonly number[], b: readonly number[]): CurveDistance {
  const distances = a.map((value, at) => Math.abs(value - b[at]));
  const [, most] = rangeOf(distances);
  return { rms: rootMeanSquare(distances), most, at: grid[distances.indexOf(most)] };
}

/** √(mean of x²). */
export function rootMeanSquare(numbers: readonly number[]): number {
  return Math.sqrt(mean(numbers.map((number) => number * number)));
}

/** How much numbers vary: √(mean of (x - mean)²). */
export function spreadOf(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return rootMeanSquare(numbers.map((number) => number - middle));
}

/** Σ x / n; NaN of no numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The smallest number and the largest; of none, Infinity and -Infinity. */
export function rangeOf(numbers: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return [low, high];
}
