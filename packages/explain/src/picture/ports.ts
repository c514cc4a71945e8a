import type { Box, Point } from './boxes.ts';

/** Where a line leaves one box and reaches the other, along their rims. */
export interface Ports {
  readonly leaves: number;
  readonly reaches: number;
}

/** What is known of a line before it is drawn: its boxes, and where it bends between them. */
export interface Bent {
  readonly from: number;
  readonly to: number;
  readonly bends: readonly Point[];
  /** Whether it leaves its box where all others do that make a detour. */
  readonly isDetour?: boolean;
}

/** Between two lines at a rim, and between a line and the corner: each has a second one beside it, for the way back. */
const between = 24;
const fromCorner = 16;

/** How wide a box must be for its lines to stand apart. */
export function widthForPorts(arriving: number, leaving: number): number {
  return 2 * fromCorner + between * Math.max(0, Math.max(arriving, leaving) - 1);
}

/** For each line, its ports: as near to straight below its bends as the others at that rim allow. */
export function joinPorts(boxes: readonly Box[], lines: readonly Bent[]): readonly Ports[] {
  const leaves = portsAt(boxes, lines, 'from', 0);
  const reaches = portsAt(boxes, lines, 'to', -1);
  return lines.map((_, index) => ({ leaves: leaves[index], reaches: reaches[index] }));
}

/** Where lines would like their port to be, mostly one alone. */
interface Wish {
  readonly lines: number[];
  readonly x: number;
}

function portsAt(boxes: readonly Box[], lines: readonly Bent[], end: 'from' | 'to', bend: 0 | -1): number[] {
  const ports: number[] = [];
  boxes.forEach((box, index) => {
    const wishes: Wish[] = [];
    let shared: Wish | undefined;
    lines.forEach((line, at) => {
      if (line[end] !== index) return;
      const wish = { lines: [at], x: line.bends.at(bend)?.x ?? box.x + box.width / 2 };
      const isShared = end === 'from' && line.isDetour === true;
      if (isShared && shared) shared.lines.push(at);
      else wishes.push(wish);
      if (isShared) shared ??= wish;
    });
    wishes.sort((a, b) => a.x - b.x);
    const xs = spread(
      wishes.map(({ x }) => x),
      box.x + fromCorner,
      box.x + box.width - fromCorner,
    );
    wishes.forEach(({ lines }, i) => {
      for (const at of lines) ports[at] = xs[i];
    });
  });
  return ports;
}

/** Positions near the wished ones, which go upwards, between two ends and `between` apart. */
function spread(wishes: readonly number[], low: number, high: number): number[] {
  const xs: number[] = [];
  wishes.forEach((wish, i) => {
    xs.push(Math.max(wish, i === 0 ? low : xs[i - 1] + between));
  });
  for (let i = xs.length - 1; i >= 0; i--) {
    xs[i] = Math.min(xs[i], i === xs.length - 1 ? high : xs[i + 1] - between);
  }
  return xs;
}
