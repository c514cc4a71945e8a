import { mostMoves } from './fields.ts';

/** The offsets moved by hand, with one more: it replaces an earlier one of the same tap and output, and when there are too many the oldest goes. */
export function withMoved(
  moved: readonly number[],
  tap: number,
  output: number,
  down: number,
  across: number,
): readonly number[] {
  const others: number[] = [];
  for (let at = 0; at + 3 < moved.length; at += 4) {
    if (moved[at] !== tap || moved[at + 1] !== output) others.push(...moved.slice(at, at + 4));
  }
  return [...others, tap, output, rounded(down), rounded(across)].slice(-4 * mostMoves);
}

const rounded = (offset: number): number => Math.round(Math.min(Math.max(offset, -9), 9) * 100) / 100;
