import type { Direction } from '../notation/direction.ts';
import type { Box, Point, Size } from './boxes.ts';

/** How what was laid out downwards is turned to lie in a direction: not at all, or mirrored along the diagonal. */
export function asDrawn(direction: Direction): {
  readonly turnSize: (size: Size) => Size;
  readonly turnPoint: (point: Point) => Point;
  readonly turnBox: <Turned extends Box>(box: Turned) => Turned;
} {
  if (direction === 'down') return { turnSize: (size) => size, turnPoint: (point) => point, turnBox: (box) => box };
  return {
    turnSize: ({ width, height }) => ({ width: height, height: width }),
    turnPoint: ({ x, y }) => ({ x: y, y: x }),
    turnBox: (box) => ({ ...box, x: box.y, y: box.x, width: box.height, height: box.width }),
  };
}
