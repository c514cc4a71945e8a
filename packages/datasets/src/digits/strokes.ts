import type { Point, Stroke } from './glyphs.ts';

/** How many straight pieces stand for the part of a curve between two of its points: at 28 pixels, no corner shows. */
const piecesPerSpan = 5;

/**
 * A stroke as a chain of straight pieces.
 *
 * @returns the chain's points; a curve passes through all points of the stroke, and `lines` come back as they are
 */
export function flatten({ kind, points }: Stroke): readonly Point[] {
  if (kind === 'lines') return points;
  const chain: Point[] = [points[0]];
  for (let span = 0; span + 1 < points.length; span++) {
    // At either end, the curve leans on the end point twice.
    const before = points[Math.max(span - 1, 0)];
    const after = points[Math.min(span + 2, points.length - 1)];
    for (let piece = 1; piece <= piecesPerSpan; piece++) {
      const t = piece / piecesPerSpan;
      chain.push([
        catmullRom(t, before[0], points[span][0], points[span + 1][0], after[0]),
        catmullRom(t, before[1], points[span][1], points[span + 1][1], after[1]),
      ]);
    }
  }
  return chain;
}

/**
 * The curve that passes b at t = 0 and c at t = 1, with the slope there of the line between the neighbours.
 *
 * Source: Catmull and Rom, "A class of local interpolating splines", 1974.
 */
function catmullRom(t: number, a: number, b: number, c: number, d: number): number {
  const first = c - a;
  const second = 2 * a - 5 * b + 4 * c - d;
  const third = 3 * (b - c) + d - a;
  return b + 0.5 * t * (first + t * (second + t * third));
}
