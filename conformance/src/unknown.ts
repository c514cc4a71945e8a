/* Questions about values of which nothing is known yet, such as parsed JSON. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNumberList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number');
}

export function isWholeList(value: unknown): value is readonly number[] {
  return isNumberList(value) && value.every(Number.isInteger);
}
