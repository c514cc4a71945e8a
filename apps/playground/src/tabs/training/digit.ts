/*
 * A digit drawn on the page becomes an image as the nets know it: brought to the size and the position that digits have in
 * MNIST, and inked with a pen as wide as theirs.
 */

export type Point = readonly [x: number, y: number];

/** A line that was drawn without lifting the pen; a single point is a dot. */
export type Stroke = readonly Point[];

/** Width and height of an image in pixels. */
export const imageSize = 28;
/** The larger side of a digit with its ink, as in MNIST. */
const digitSize = 20;
/** Half the width of the pen, in pixels; its ink fades over one pixel more. */
const penRadius = 1.2;
/** How far a digit may lie off the middle, in pixels; as far as those that tapegrad draws. */
const mostOffset = 2;

/**
 * The image of 28 × 28 pixels, from 0 to 255, of what was drawn, white on black.
 *
 * The drawing is scaled so that its larger side fills 20 pixels, and put into the middle of the image, then moved by at most 2
 * pixels so that the centre of its ink lies there, as in MNIST. Where it was drawn, and how large, makes no difference.
 *
 * @param drawn in any unit; x to the right, y downwards
 */
export function drawnImage(drawn: readonly Stroke[]): Uint8Array {
  const strokes = drawn.filter((stroke) => stroke.length > 0);
  const points = strokes.flat();
  if (points.length === 0) return new Uint8Array(imageSize ** 2);
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  const size = Math.max(right - left, bottom - top);
  const scale = size > 0 ? (digitSize - 2 * penRadius) / size : 1;
  const middle = (imageSize - 1) / 2;
  const placed = strokes.map((stroke) =>
    stroke.map(
      ([x, y]): Point => [middle + scale * (x - (left + right) / 2), middle + scale * (y - (top + bottom) / 2)],
    ),
  );
  const [offX, offY] = centreOfInk(inked(placed)).map((centre) =>
    Math.min(Math.max(middle - centre, -mostOffset), mostOffset),
  );
  const centred = placed.map((stroke) => stroke.map(([x, y]): Point => [x + offX, y + offY]));
  return Uint8Array.from(inked(centred), (ink) => Math.round(255 * ink));
}

/** How much ink each pixel has, from 0 to 1: by how far its middle lies from the nearest line. */
function inked(strokes: readonly Stroke[]): Float64Array {
  return Float64Array.from({ length: imageSize ** 2 }, (_, index) => {
    const pixel: Point = [index % imageSize, Math.floor(index / imageSize)];
    const distance = Math.sqrt(Math.min(...strokes.map((stroke) => squaredDistance(pixel, stroke))));
    return Math.min(Math.max(penRadius + 0.5 - distance, 0), 1);
  });
}

function squaredDistance(pixel: Point, stroke: Stroke): number {
  let least = Infinity;
  for (let piece = 0; piece < Math.max(stroke.length - 1, 1); piece++) {
    least = Math.min(least, squaredDistanceToPiece(pixel, stroke[piece], stroke[piece + 1] ?? stroke[piece]));
  }
  return least;
}

function squaredDistanceToPiece([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squaredLength = dx * dx + dy * dy;
  // How far along the piece its nearest point lies. A piece without length is a dot.
  const along = squaredLength === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squaredLength;
  const nearest = Math.min(Math.max(along, 0), 1);
  return (x - x0 - nearest * dx) ** 2 + (y - y0 - nearest * dy) ** 2;
}

function centreOfInk(ink: Float64Array): Point {
  let [sumX, sumY, total] = [0, 0, 0];
  ink.forEach((amount, index) => {
    sumX += amount * (index % imageSize);
    sumY += amount * Math.floor(index / imageSize);
    total += amount;
  });
  return [sumX / total, sumY / total];
}

const extent = (numbers: readonly number[]): readonly [number, number] => [Math.min(...numbers), Math.max(...numbers)];
