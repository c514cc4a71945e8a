import { checkSurplus } from '@tapegrad/core/authors';
import type { Direction } from '../notation/direction.ts';
import type { Point } from './boxes.ts';

/**
 * The `d` of an SVG path through the points of a line: straight where it goes in the direction of the picture, in
 * smooth bends elsewhere, which leave and arrive in that direction.
 *
 * @example pathThrough([{ x: 0, y: 0 }, { x: 0, y: 10 }], 'down') // "M0 0 V10"
 */
export function pathThrough(points: readonly Point[], direction: Direction, ...surplus: []): string {
  checkSurplus('pathThrough', surplus);
  return points
    .map(({ x, y }, i) => {
      if (i === 0) return `M${round(x)} ${round(y)}`;
      const before = points[i - 1];
      if (direction === 'down') {
        if (x === before.x) return `V${round(y)}`;
        const middle = round((before.y + y) / 2);
        return `C${round(before.x)} ${middle} ${round(x)} ${middle} ${round(x)} ${round(y)}`;
      }
      if (y === before.y) return `H${round(x)}`;
      const middle = round((before.x + x) / 2);
      return `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join(' ');
}

/**
 * The `d` of an arrow's head with its tip at a point; `isBack` for one that points against the direction.
 *
 * @example arrowHead({ x: 10, y: 20 }, 'down', false) // "M10 20 L6 12 L14 12 Z"
 */
export function arrowHead({ x, y }: Point, direction: Direction, isBack: boolean, ...surplus: []): string {
  checkSurplus('arrowHead', surplus);
  const long = isBack ? 8 : -8;
  const corners =
    direction === 'down'
      ? [
          [-4, long],
          [4, long],
        ]
      : [
          [long, -4],
          [long, 4],
        ];
  const [a, b] = corners.map(([dx, dy]) => `${round(x + dx)} ${round(y + dy)}`);
  return `M${round(x)} ${round(y)} L${a} L${b} Z`;
}

/** Hundredths of a pixel are fine enough. */
export function round(x: number): number {
  return Math.round(100 * x) / 100;
}
