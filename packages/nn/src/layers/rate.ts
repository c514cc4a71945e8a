import { ValueError } from '@tapegrad/core';

/** Throws a ValueError unless something can be dropped at this rate: some, but not all. */
export function checkRate(layer: string, rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new ValueError({
    operation: layer,
    got: `rate is ${rate}`,
    wanted: 'a number of at least 0 and less than 1, the part that is dropped',
    remedy: 'Use 0 to drop nothing',
  });
}
