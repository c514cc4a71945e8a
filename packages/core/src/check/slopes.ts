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

/**
 * Compares the slopes on the two sides of 0. Where f is smooth they differ by h·f″, ten times less for a tenth of the
 * step; at a corner they differ by the same jump for any step.
 */
export function compareSlopes(f: (distance: number) => number, step: number): Slopes {
  const middle = f(0);
  const sides = (h: number) => {
    const [left, right] = [f(-h), f(h)];
    return { central: (right - left) / (2 * h), before: (middle - left) / h, after: (right - middle) / h };
  };
  const wide = sides(step);
  const narrow = sides(step / 10);
  const [wideJump, narrowJump] = [wide.after - wide.before, narrow.after - narrow.before];
  const scale = Math.max(1, Math.abs(wide.before), Math.abs(wide.after), Math.abs(middle));
  const isLarge = Math.abs(narrowJump) > 1e-4 * scale;
  return { ...wide, isKink: isLarge && Math.abs(narrowJump) > 0.5 * Math.abs(wideJump) };
}
