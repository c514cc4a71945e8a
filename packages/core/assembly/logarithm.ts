/**
 * ln x in float64, within some units in the last place, for x = 0 and normal x > 0: with x = 2ⁿ·m and m between √½ and √2,
 * ln m = 2·artanh s = 2·(s + s³/3 + s⁵/5 + …) where s = (m - 1) / (m + 1), |s| < 0.172.
 */
export function logarithm(x: f64): f64 {
  if (!(x > 0 && x < Infinity)) return x == 0 ? -Infinity : x;
  const bits = reinterpret<i64>(x);
  // The bits of a mantissa start at those of √½.
  const n = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const m = reinterpret<f64>(bits - (n << 52));
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let series: f64 = 1.0 / 19;
  series = series * square + 1.0 / 17;
  series = series * square + 1.0 / 15;
  series = series * square + 1.0 / 13;
  series = series * square + 1.0 / 11;
  series = series * square + 1.0 / 9;
  series = series * square + 1.0 / 7;
  series = series * square + 1.0 / 5;
  series = series * square + 1.0 / 3;
  return <f64>n * 0.6931471805599453 + 2 * (s + s * square * series);
}
