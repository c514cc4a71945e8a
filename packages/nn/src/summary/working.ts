/** A calculation as on paper: the formula, the same with the numbers put in, and what comes out. */
export interface Working {
  /** `(r − 1)·s + d·(k − 1) + 1` */
  readonly formula: string;
  /** `(1 − 1)·2 + 1·(5 − 1) + 1` */
  readonly numbers: string;
  /** 5 */
  readonly value: number;
}

/** A number as it is written in a formula: a whole one as it is, else with three digits behind the point. */
export function written(value: number): string {
  return `${Number(value.toFixed(3))}`.replace('-', '−');
}

/** The product of some sizes, as a calculation: of none, 1. */
export function product(formula: string, sizes: readonly number[]): Working {
  const value = sizes.reduce((total, size) => total * size, 1);
  return { formula, numbers: sizes.length > 0 ? sizes.join('·') : '1', value };
}
