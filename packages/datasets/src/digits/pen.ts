import type { Point } from './glyphs.ts';

/** A chain of straight pieces in pixels, with the pen's half width at its beginning and its end. */
export interface InkLine {
  readonly points: readonly Point[];
  readonly startRadius: number;
  readonly endRadius: number;
}

/** Over how many pixels the ink fades out at its edge. */
const edge = 1;

/**
 * Draws a line into a picture: 1 where the pen was, 0 where it was not, in between at the edge of the ink.
 *
 * The ink of a pixel depends on the distance d of its centre from the nearest piece: (radius - d) / edge + 1/2, cut to
 * 0..1. Where lines meet, the stronger ink counts. Only the pixels around each piece are looked at.
 *
 * @param picture `size` × `size` values, changed in place
 */
export function drawInk(picture: Float32Array, size: number, { points, startRadius, endRadius }: InkLine): void {
  for (let piece = 0; piece + 1 < points.length; piece++) {
    const along = points.length > 2 ? piece / (points.length - 2) : 0.5;
    drawPiece(picture, size, points[piece], points[piece + 1], startRadius + (endRadius - startRadius) * along);
  }
}

function drawPiece(picture: Float32Array, size: number, [x0, y0]: Point, [x1, y1]: Point, radius: number): void {
  const reach = radius + edge / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squaredLength = dx * dx + dy * dy;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      // How far along the piece its nearest point lies, from 0 to 1. A piece without length is a dot.
      const foot = squaredLength === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squaredLength;
      const nearest = Math.max(0, Math.min(1, foot));
      const offX = x - x0 - nearest * dx;
      const offY = y - y0 - nearest * dy;
      const ink = (radius - Math.sqrt(offX * offX + offY * offY)) / edge + 0.5;
      const pixel = y * size + x;
      if (ink > picture[pixel]) picture[pixel] = Math.min(1, ink);
    }
  }
}
