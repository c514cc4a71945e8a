import { formatShape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import { Difference } from './outcome.ts';

/** An element passes when |got - want| ≤ absolute + relative·|want|. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** Numbers of some shape, on either side of a comparison. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly numbers: ArrayLike<number>;
}

export const exact: Tolerance = { relative: 0, absolute: 0 };

/** Whether two numbers agree: NaN meets NaN, an infinity the same infinity, and -0 is 0. */
export function isClose(got: number, want: number, { relative, absolute }: Tolerance): boolean {
  if (got === want || (Number.isNaN(got) && Number.isNaN(want))) return true;
  if (!Number.isFinite(got) || !Number.isFinite(want)) return false;
  return Math.abs(got - want) <= absolute + relative * Math.abs(want);
}

/** Throws a Difference that names the shape or the first element that does not agree. */
export function checkClose(what: string, got: Numbers, want: Numbers, tolerance: Tolerance): void {
  if (!sameShape(got.shape, want.shape)) {
    throw new Difference(`${what}: got the shape ${formatShape(got.shape)}, wanted ${formatShape(want.shape)}`);
  }
  for (let i = 0; i < want.numbers.length; i++) {
    if (isClose(got.numbers[i], want.numbers[i], tolerance)) continue;
    const where = `${what}${formatIndex(i, want.shape)}`;
    throw new Difference(`${where}: got ${got.numbers[i]}, wanted ${want.numbers[i]} (${formatTolerance(tolerance)})`);
  }
}

function formatTolerance({ relative, absolute }: Tolerance): string {
  return relative === 0 && absolute === 0 ? 'exactly' : `rtol ${relative}, atol ${absolute}`;
}

/** The position of a flat index: `[1, 0, 3]`, nothing for a scalar. */
function formatIndex(flat: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index.length === 0 ? '' : `[${index.join(', ')}]`;
}
