/** The slopes of a function of one number at 0, by differences. */
export interface Slopes {
  /** (f(h) - f(-h)) / 2h */
  readonly central: number;
  /** (f(0) - f(-h)) / h */
  readonly before: number;
  /** (f(h) - f(0)) / h */
  readonly after: number;
  /** Whether the slopes on the two sides differ by more than curvature and rounding explain. */
  readonly isKink: boolean;
}

/** The slopes of a weighted sum of several functions, some of which may have corners. */
export interface SlopesOfSum extends Slopes {
  /** The least and the largest that a subgradient of the sum can be: each function with a corner chooses for itself. */
  readonly least: number;
  readonly largest: number;
}

/**
 * The slopes of Σ weightᵢ·fᵢ. Corners are looked for in each fᵢ by itself: under weights of different signs their jumps can
 * cancel in the sum, and a subgradient need not lie between the two slopes of the sum. relu(x) - 2·relu(-x), say, has at 0
 * the slopes 2 and 1, and a subgradient of 0 when both choose 0.
 */
export function compareSlopesOfSum(
  f: (distance: number) => ArrayLike<number>,
  weights: ArrayLike<number>,
  step: number,
): SlopesOfSum {
  const [middle, left, right] = [f(0), f(-step), f(step)];
  const [nearLeft, nearRight] = [f(-step / 10), f(step / 10)];
  let [central, before, after, least, largest] = [0, 0, 0, 0, 0];
  let isKink = false;
  for (let i = 0; i < weights.length; i++) {
    const own = slopesFrom(middle[i], [left[i], right[i]], [nearLeft[i], nearRight[i]], step);
    const weight = weights[i];
    central += weight * own.central;
    before += weight * own.before;
    after += weight * own.after;
    const sides = own.isKink ? [weight * own.before, weight * own.after] : [weight * own.central];
    least += Math.min(...sides);
    largest += Math.max(...sides);
    isKink ||= own.isKink;
  }
  return { central, before, after, least, largest, isKink };
}

type Sides = readonly [left: number, right: number];

/**
 * Compares the slopes on the two sides of 0. Where f is smooth they differ by h·f″, ten times less for a tenth of the
 * step; at a corner they differ by the same jump for any step.
 */
function slopesFrom(middle: number, wideSides: Sides, narrowSides: Sides, step: number): Slopes {
  const sides = ([left, right]: Sides, h: number) => ({
    central: (right - left) / (2 * h),
    before: (middle - left) / h,
    after: (right - middle) / h,
  });
  const wide = sides(wideSides, step);
  const narrow = sides(narrowSides, step / 10);
  const [wideJump, narrowJump] = [wide.after - wide.before, narrow.after - narrow.before];
  const scale = Math.max(1, Math.abs(wide.before), Math.abs(wide.after), Math.abs(middle));
  const isLarge = Math.abs(narrowJump) > 1e-4 * scale;
  return { ...wide, isKink: isLarge && Math.abs(narrowJump) > 0.5 * Math.abs(wideJump) };
}
