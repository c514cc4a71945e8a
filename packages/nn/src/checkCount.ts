import { ValueError } from '@tapegrad/core';

/** Throws a ValueError unless something is a whole number, and not below `least`. */
export function checkCount(operation: string, name: string, count: number, least: 0 | 1, remedy: string): void {
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new ValueError({
    operation,
    got: `${name} is ${count}`,
    wanted: `a whole number of at least ${least}`,
    remedy,
  });
}
