import { ValueError } from '@tapegrad/core';

/** Throws a ValueError unless epsilon, where it is given, can be added to a variance. */
export function checkEpsilon(layer: string, epsilon: number | undefined): void {
  if (epsilon === undefined || (Number.isFinite(epsilon) && epsilon >= 0)) return;
  throw new ValueError({
    operation: layer,
    got: `epsilon is ${epsilon}`,
    wanted: 'a number of at least 0',
    remedy: 'Leave it out for 1e-5',
  });
}
