/** The farthest residual drawn. */
export const farthest = 4;

/** Just beside a kink. */
const beside = 1e-9;

/** Residuals from -4 to 4 in steps of 0.02, and both sides of 0, where some slopes jump. */
export const residuals: readonly number[] = [
  ...Array.from({ length: 200 }, (_, at) => (at - 200) / 50),
  -beside,
  0,
  beside,
  ...Array.from({ length: 200 }, (_, at) => (at + 1) / 50),
];
