import { divide, multiply, sum, type Tensor, ValueError } from '@tapegrad/core';

/** What to make of one loss for each element: their mean, their sum, or nothing. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Reduces losses; the mean is their sum divided by `divisor`, by default their number, and NaN for a divisor of 0. */
export function reduceLosses(operation: string, losses: Tensor, reduction: Reduction, divisor = losses.size): Tensor {
  switch (reduction) {
    case 'none':
      return losses;
    case 'sum':
      return sum(losses);
    case 'mean':
      // 0/0: where all weights are 0 there is no mean, also where label smoothing has left something in the sum.
      return divisor === 0 ? multiply(sum(losses), Number.NaN) : divide(sum(losses), divisor);
    default:
      throw new ValueError({
        operation,
        got: `reduction is '${reduction}'`,
        wanted: "'mean', 'sum' or 'none'",
        remedy: "Leave it out for 'mean'",
      });
  }
}
