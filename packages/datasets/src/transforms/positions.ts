import type { Random } from '@tapegrad/core';
import { cosine, sine } from '@tapegrad/core/authors';
import { gaussian, smooth } from './gaussian.ts';
import type { Transform } from './kinds.ts';
import type { Positions } from './sample.ts';

type Options<Kind extends Transform['kind']> = Extract<Transform, { readonly kind: Kind }>;

/** Where the pixels of a picture come from that moves by whole pixels. */
export function shiftedPositions(
  height: number,
  width: number,
  { pixels }: Options<'shift'>,
  random: Random,
): Positions {
  const down = random.integer(2 * pixels + 1) - pixels;
  const right = random.integer(2 * pixels + 1) - pixels;
  const positions = emptyPositions(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      positions.rows[at] = row - down;
      positions.columns[at] = column - right;
    }
  }
  return positions;
}

/** Where the pixels of a picture come from that turns about its middle. */
export function rotatedPositions(
  height: number,
  width: number,
  { from, to }: Options<'rotate'>,
  random: Random,
): Positions {
  const [sine, cosine] = sineAndCosine(random.uniform(from, to));
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const positions = emptyPositions(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const [y, x] = [row - middleRow, column - middleColumn];
      positions.rows[at] = middleRow + cosine * y + sine * x;
      positions.columns[at] = middleColumn + cosine * x - sine * y;
    }
  }
  return positions;
}

/** Where the pixels of a picture come from that is bent by a smooth random field. */
export function bentPositions(height: number, width: number, options: Options<'elastic'>, random: Random): Positions {
  const { strength, smoothness } = options;
  const weights = gaussian(smoothness, Math.max(height, width));
  const field = (): Float64Array => {
    const noise = new Float64Array(height * width);
    for (let at = 0; at < noise.length; at++) noise[at] = random.uniform(-1, 1);
    return smooth(noise, height, width, weights);
  };
  const [down, right] = [field(), field()];
  const positions = emptyPositions(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      positions.rows[at] = row + strength * down[at];
      positions.columns[at] = column + strength * right[at];
    }
  }
  return positions;
}

function emptyPositions(height: number, width: number): Positions {
  return { rows: new Float64Array(height * width), columns: new Float64Array(height * width) };
}

/** Exact at right angles, where π would leave a rounding error. */
function sineAndCosine(degrees: number): readonly [number, number] {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) {
    const turn = ((quarters % 4) + 4) % 4;
    return [[0, 1, 0, -1][turn], [1, 0, -1, 0][turn]];
  }
  const angle = (degrees * Math.PI) / 180;
  return [sine(angle), cosine(angle)];
}
