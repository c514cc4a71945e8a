import type { Box, Point } from './boxes.ts';
import type { Ports } from './ports.ts';

/** From where to where the boxes of a rank go downwards. */
export interface Level {
  readonly top: number;
  readonly bottom: number;
}

/** The levels of a picture, by the middle that the boxes of each share. */
export type Levels = ReadonlyMap<string, Level>;

/** The two lines of an edge: the way there and, beside it, the way back, both from the upper box to the lower one. */
export interface Lanes {
  readonly there: readonly Point[];
  readonly back: readonly Point[];
}

/** How far beside the way there the way back is drawn. */
const backLane = 8;

/** The levels on which boxes and labels stand. */
export function levelsOf(boxes: readonly Box[]): Levels {
  const levels = new Map<string, Level>();
  for (const box of boxes) {
    const key = levelKey(box.y + box.height / 2);
    const { top, bottom } = levels.get(key) ?? { top: Infinity, bottom: -Infinity };
    levels.set(key, { top: Math.min(top, box.y), bottom: Math.max(bottom, box.y + box.height) });
  }
  return levels;
}

/** The level on which a box stands. */
export function levelOf(box: Box, levels: Levels): Level {
  return levels.get(levelKey(box.y + box.height / 2)) ?? { top: box.y, bottom: box.y + box.height };
}

/**
 * The lines from one box down to another: straight past everything that stands on a level, so that they meet no box, and
 * sideways only between two levels.
 */
export function route(bends: readonly Point[], from: Box, to: Box, { leaves, reaches }: Ports, levels: Levels): Lanes {
  const straights = [
    { x: leaves, top: from.y + from.height, bottom: levelOf(from, levels).bottom },
    ...bends.map(({ x, y }) => ({ x, ...(levels.get(levelKey(y)) ?? { top: y, bottom: y }) })),
    { x: reaches, top: levelOf(to, levels).top, bottom: to.y },
  ];
  return { there: lane(straights, 0), back: lane(straights, backLane) };
}

/** A piece of a line that goes straight down. */
interface Straight {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * One of the two lines. Where they go sideways both share the room between two levels: to the right the one on the right
 * goes above, to the left below, so that they neither meet nor cross.
 */
function lane(straights: readonly Straight[], distance: number): Point[] {
  const points: Point[] = [{ x: straights[0].x + distance, y: straights[0].top }];
  straights.slice(1).forEach((after, i) => {
    const before = straights[i];
    if (after.x === before.x) return;
    const apart = Math.min(7, (after.top - before.bottom) / 3);
    const isUpper = after.x > before.x === distance > 0;
    points.push({ x: before.x + distance, y: before.bottom + (isUpper ? 0 : apart) });
    points.push({ x: after.x + distance, y: after.top - (isUpper ? apart : 0) });
  });
  const last = straights[straights.length - 1];
  points.push({ x: last.x + distance, y: last.bottom });
  return withoutRepeats(points);
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter(({ x, y }, i) => i === 0 || x !== points[i - 1].x || y !== points[i - 1].y);
}

/** Rounded, for what dagre puts on one level differs by rounding errors. */
const levelKey = (y: number): string => y.toFixed(2);
