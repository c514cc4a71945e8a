/** A number with three decimals behind the point, or with three digits where that is more than a thousand or next to nothing. */
export function decimal(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.0005 && size < 1000)) return value.toFixed(3);
  return value.toPrecision(3);
}

/** A factor with two digits, or a whole number. */
export function factor(value: number): string {
  return value < 10 ? String(Number(value.toPrecision(2))) : String(Math.round(value));
}

/** A share in whole per cent. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
