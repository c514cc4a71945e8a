import { type Tensor, tensor } from '@tapegrad/core';
import type { Knob, Numbers } from './model.ts';
import { knob } from './words.ts';

/** Knobs that stand in a grid: their names row by row, and the knobs by name. Rows and columns are counted from 0. */
export interface KnobGrid {
  readonly names: readonly (readonly string[])[];
  readonly knobs: Readonly<Record<string, Knob>>;
}

/** A grid of whole numbers that the reader sets: `x00`, `x01`, … with the label x₀₀, x₀₁, … */
export function knobGrid(
  letter: string,
  start: readonly (readonly number[])[],
  [from, to, step = 1]: readonly [from: number, to: number, step?: number] = [-9, 9],
): KnobGrid {
  const names = start.map((row, r) => row.map((_, c) => `${letter}${r}${c}`));
  const knobs = names.flatMap((row, r) =>
    row.map((name, c) => [name, knob(letter + subscript(r) + subscript(c), from, to, step, start[r][c])] as const),
  );
  return { names, knobs: Object.fromEntries(knobs) };
}

const subscript = (digit: number): string => '₀₁₂₃₄₅₆₇₈₉'[digit];

/** What the reader has set in a grid. */
export const setIn = ({ names }: KnobGrid, at: Numbers): number[][] => names.map((row) => row.map((name) => at[name]));

/** A list of numbers in a shape, in float64. */
export const shaped = (list: readonly number[], shape: readonly number[]): Tensor =>
  tensor([...list], { shape: [...shape], dtype: 'float64' });

/** One image of one channel, or one filter: [1, 1, height, width]. */
export const plane = (rows: readonly (readonly number[])[]): Tensor =>
  shaped(rows.flat(), [1, 1, rows.length, rows[0].length]);

/** One signal of one channel, or one filter: [1, 1, length]. */
export const line = (list: readonly number[]): Tensor => shaped(list, [1, 1, list.length]);

/** The numbers of a tensor as rows of the length of its last axis. */
export function rowsIn(x: Tensor): number[][] {
  const list = Array.from(x.read());
  const width = x.shape[x.rank - 1];
  return Array.from({ length: list.length / width }, (_, row) => list.slice(row * width, (row + 1) * width));
}
