import type { Scales } from '../OverlaidChart.tsx';
import { spread } from '../spread.ts';
import type { Stroke } from '../stroke.ts';

/** A curve as it is drawn. NaN leaves a gap. */
export interface Drawn extends Stroke {
  readonly key: string;
  readonly label: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Where a curve that jumps is between the two. */
  readonly dot?: readonly [x: number, y: number];
}

/** Where the label of a curve stands, and the end of the curve that it is joined to. */
export interface LabelPosition {
  readonly curve: Drawn;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle';
  readonly from: readonly [x: number, y: number];
}

/** The room that labels of these curves need, in pixels. */
export function labelWidth(curves: readonly Drawn[]): number {
  return Math.max(0, ...curves.map(({ label }) => widthOf(label)));
}

/** A position for the label of each curve, at the end of what is seen of it: right of the frame, above it or below it. */
export function labelPositions(curves: readonly Drawn[], scales: Scales): LabelPosition[] {
  const ends = curves.flatMap((curve) => endOf(curve, scales));
  const across = ends.filter(({ side }) => side === 'right');
  const heights = spread(
    across.map(({ y }) => y),
    14,
    scales.top,
    scales.bottom,
  );
  const labels: LabelPosition[] = across.map(({ curve, x, y }, at) => {
    return { curve, x: scales.right + 14, y: heights[at], anchor: 'start', from: [x, y] };
  });
  for (const side of ['top', 'bottom'] as const) {
    const own = ends.filter((end) => end.side === side);
    const gap = labelWidth(own.map(({ curve }) => curve)) + 6;
    const xs = spread(
      own.map(({ x }) => x),
      gap,
      scales.left + gap / 2,
      scales.right,
    );
    own.forEach(({ curve, x }, at) => {
      const y = side === 'top' ? scales.top - 14 : scales.bottom - 10;
      labels.push({ curve, x: xs[at], y, anchor: 'middle', from: [x, side === 'top' ? scales.top : scales.bottom] });
    });
  }
  return labels;
}

interface End {
  readonly curve: Drawn;
  readonly x: number;
  readonly y: number;
  readonly side: 'right' | 'top' | 'bottom';
}

/** Where a curve is last seen within the frame; nothing for one that is never seen. */
function endOf(curve: Drawn, { x, y, top, bottom }: Scales): End[] {
  const at = curve.y.findLastIndex((value) => y(value) >= top - 1 && y(value) <= bottom + 1);
  if (at < 0) return [];
  const end = { curve, x: x(curve.x[at]), y: y(curve.y[at]) };
  const next = curve.y.slice(at + 1).find((value) => !Number.isNaN(value));
  if (next === undefined) return [{ ...end, side: 'right' }];
  return [{ ...end, side: y(next) < top ? 'top' : 'bottom' }];
}

const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (sign.charCodeAt(0) > 0x2000 ? 12 : 6.8), 0);
