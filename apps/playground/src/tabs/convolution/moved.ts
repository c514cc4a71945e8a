import { mostMoves } from './fields.ts';

/** The offsets moved by hand, with one more: it takes the place of an earlier one, and with too many the oldest goes. */
export function withMoved(
  moved: readonly number[],
  place: number,
  output: number,
  down: number,
  across: number,
): readonly number[] {
  const others: number[] = [];
  for (let at = 0; at + 3 < moved.length; at += 4) {
    if (moved[at] !== place || moved[at + 1] !== output) others.push(...moved.slice(at, at + 4));
  }
  return [...others, place, output, rounded(down), rounded(across)].slice(-4 * mostMoves);
}

const rounded = (offset: number): number => Math.round(Math.min(Math.max(offset, -9), 9) * 100) / 100;
