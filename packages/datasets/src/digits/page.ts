import type { Random } from '@tapegrad/core';
import type { Point } from './glyphs.ts';

/** How far from the edge of the page the middle of the pen stays, in pixels: half of the thickest pen, and a bit. */
const margin = 3.25;

/** How far a digit may lie off the middle of the page, in pixels, along each axis. */
const maximalShift = 2;

/**
 * Moves the chains of a digit to a random position near the middle of the page, and shrinks them where they would not fit.
 *
 * @param chains points in pixels, around any origin
 * @param size width and height of the page in pixels; the centre of the first pixel is [0, 0]
 */
export function layOnPage(
  chains: readonly (readonly Point[])[],
  size: number,
  random: Random,
): readonly (readonly Point[])[] {
  const [left, right] = range(chains, 0);
  const [top, bottom] = range(chains, 1);
  const space = size - 1 - 2 * margin;
  const scale = Math.min(1, space / Math.max(right - left, bottom - top));
  const shift = (extent: number): number => {
    const room = (space - scale * extent) / 2;
    return (size - 1) / 2 + Math.min(maximalShift, room) * random.uniform(-1, 1);
  };
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const [toX, toY] = [shift(right - left), shift(bottom - top)];
  return chains.map((chain) => chain.map(([x, y]) => [toX + scale * (x - middleX), toY + scale * (y - middleY)]));
}

/** The least and the greatest position along an axis. */
function range(chains: readonly (readonly Point[])[], axis: 0 | 1): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const chain of chains) {
    for (const point of chain) {
      low = Math.min(low, point[axis]);
      high = Math.max(high, point[axis]);
    }
  }
  return [low, high];
}
