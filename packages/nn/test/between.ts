import fc from 'fast-check';

/** Numbers spread evenly from `low` to `high`, both included. `fc.double` draws bits, so that most of its numbers are tiny. */
export const between = (low: number, high: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1000 }).map((part) => low + ((high - low) * part) / 1000);
