import { type Box, boundsOf, type Point } from './boxes.ts';
import type { Ranked, RankedLine } from './ranks.ts';
import { type Level, type Levels, levelOf, levelsOf } from './routes.ts';

/** Between two lanes, and between the first and everything else: each has a line for the way back beside it. */
const betweenLanes = 26;

/** From where to where a detour goes down a lane. */
interface Stretch {
  readonly from: number;
  readonly top: number;
  readonly bottom: number;
}

/** The levels between a line's step and its entry, from the upper one down. */
function levelsPassed({ from, entry }: RankedLine, steps: readonly Box[], levels: Levels): readonly Level[] {
  if (entry === null) return [];
  const [start, end] = [levelOf(steps[from], levels), levelOf(entry, levels)];
  const passed = [...levels.values()].filter(({ top, bottom }) => top > start.bottom && bottom < end.top);
  return passed.sort((a, b) => a.top - b.top);
}

/** Whether each detour comes in below the step from which it comes, with something between them that it goes round. */
export function allGoDown({ steps, lines }: Ranked): boolean {
  const levels = levelsIn({ steps, lines });
  return lines.every((line) => line.entry === null || levelsPassed(line, steps, levels).length > 0);
}

/**
 * The lines with the bends of their detours: down a lane to the right of everything else, then to their entry. Detours from
 * one step share a lane, and so do those of several steps that need it one after the other.
 */
export function detourLanes({ steps, lines }: Ranked, levels: Levels): readonly RankedLine[] {
  const stretches = lines.map((line): Stretch | null => {
    const passed = levelsPassed(line, steps, levels);
    if (passed.length === 0) return null;
    return { from: line.from, top: passed[0].top, bottom: passed[passed.length - 1].bottom };
  });
  const lanes = lanesFor(stretches.filter((stretch) => stretch !== null));
  const right = rightOf({ steps, lines });
  return lines.map((line, index) => {
    const [stretch, { entry }] = [stretches[index], line];
    if (stretch === null || entry === null) return line;
    const x = right + betweenLanes * (1 + (lanes.get(line.from) ?? 0));
    const entering = { x: entry.x + entry.width / 2, y: entry.y + entry.height / 2 };
    return { ...line, bends: [{ x, y: stretch.top }, { x, y: stretch.bottom }, entering, ...line.bends] };
  });
}

/** The levels of all that stands in the picture. */
export function levelsIn({ steps, lines }: Ranked): Levels {
  return levelsOf([...steps, ...lines.flatMap(({ label, entry }) => (entry ? [label, entry] : [label]))]);
}

/** The lane of each step: the first that is free where its detours begin. */
function lanesFor(stretches: readonly Stretch[]): ReadonlyMap<number, number> {
  const whole = new Map<number, Stretch>();
  for (const stretch of stretches) {
    const { from } = stretch;
    const { top, bottom } = whole.get(from) ?? stretch;
    whole.set(from, { from, top: Math.min(top, stretch.top), bottom: Math.max(bottom, stretch.bottom) });
  }
  const lanes = new Map<number, number>();
  const ends: number[] = [];
  for (const { from, top, bottom } of [...whole.values()].sort((a, b) => a.top - b.top)) {
    const free = ends.findIndex((end) => end < top);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = bottom;
    lanes.set(from, lane);
  }
  return lanes;
}

/** The right end of all steps, labels and lines that dagre has arranged. */
function rightOf({ steps, lines }: Ranked): number {
  const points = lines.flatMap(({ bends }): Point[] => [...bends]);
  const { x, width } = boundsOf([
    ...steps,
    ...lines.map(({ label }) => label),
    ...points.map((point) => ({ ...point, width: 0, height: 0 })),
  ]);
  return x + width;
}
