import type { Grid, Numbers } from './model.ts';

/** The numbers of a grid of a picture, whether they are computed or set. Apart from `grids.ts`, so that pages without a chapter load no tensors. */
export const rowsOf = ({ rows }: Grid, at: Numbers): readonly (readonly number[])[] =>
  typeof rows === 'function' ? rows(at) : rows.map((row) => row.map((name) => at[name]));
