/** Three digits that mean something, and commas between thousands: 0.123, 4.56, 78.9, 8,400. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 99.95) return Math.round(value).toLocaleString('en-GB');
  return value.toLocaleString('en-GB', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

export function mebibytes(bytes: number): string {
  return number(bytes / 2 ** 20);
}

export function kilobytes(bytes: number): string {
  return number(bytes / 1000);
}
