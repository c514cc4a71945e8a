import { softmax, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { uniform } from '../../core/test/numbers.ts';

/** Two tensors of distributions of one shape, rows along the last axis. Some outcomes are all but impossible. */
export const pairsOfDistributions: fc.Arbitrary<[Tensor, Tensor]> = fc
  .record({
    rows: fc.constantFrom([], [3], [2, 2]),
    outcomes: fc.integer({ min: 1, max: 6 }),
    spread: fc.constantFrom(0.1, 2, 30),
    seed: fc.nat(),
  })
  .map(({ rows, outcomes, spread, seed }) => {
    const draw = (seed: number): Tensor =>
      softmax(tensor(uniform([...rows, outcomes], { low: -spread, high: spread, seed })));
    return [draw(seed), draw(seed + 1)];
  });
