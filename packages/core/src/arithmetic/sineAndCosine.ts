/** π/2 in three parts; the first two have 33 digits, so that their products with a whole number up to 2^20 are exact. */
const quarter = { high: 1.5707963267341256, middle: 6.077100506303966e-11, low: 2.0222662487959506e-21 } as const;

/**
 * cos x, at most 1 ulp off for |x| up to 10⁶ and the same bits on every machine.
 *
 * A turn is four quarters; with x = n·π/2 + r and |r| ≤ π/4 it is cos r, -sin r, -cos r or sin r by the quarter, from the
 * series of the two.
 */
export function cosine(x: number): number {
  return sineAhead(x, 1);
}

/** sin x, like {@link cosine}, a quarter of a turn behind it. */
export function sine(x: number): number {
  return x === 0 ? x : sineAhead(x, 0);
}

/** sin x, so many quarters of a turn ahead. */
function sineAhead(x: number, quarters: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const n = Math.round(x / (Math.PI / 2));
  const high = x - n * quarter.high;
  const middle = n * quarter.middle;
  const near = high - middle;
  // What the subtraction has lost, and the last part.
  const low = high - near - middle - n * quarter.low;
  const r = near + low;
  const rest = low - (r - near);
  const turn = (((n + quarters) % 4) + 4) % 4;
  const size = turn % 2 === 0 ? sineOf(r, rest) : cosineOf(r, rest);
  return turn < 2 ? size : -size;
}

/** r - r³/6 + r⁵/120 - …, and the rest times its slope */
function sineOf(r: number, rest: number): number {
  const z = r * r;
  let series = 0;
  for (let k = 18; k >= 4; k -= 2) series = (z / (k * (k + 1))) * (1 - series);
  return r - ((z * r * (1 - series)) / 6 - rest * (1 - z / 2));
}

/** 1 - r²/2 + r⁴/24 - …, and the rest times its slope */
function cosineOf(r: number, rest: number): number {
  const z = r * r;
  let series = 0;
  for (let k = 18; k >= 4; k -= 2) series = (z / (k * (k - 1))) * (1 - series);
  const half = z / 2;
  const sum = 1 - half;
  return sum + (1 - sum - half + (half * series - r * rest));
}
