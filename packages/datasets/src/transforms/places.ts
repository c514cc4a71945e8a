import type { Random } from '@tapegrad/core';
import { cosine, sine } from '@tapegrad/core/authors';
import { gaussian, smooth } from './gaussian.ts';
import type { Places } from './sample.ts';
import type { Transform } from './transform.ts';

type Options<Kind extends Transform['kind']> = Extract<Transform, { readonly kind: Kind }>;

/** The places of a picture that has moved by whole pixels. */
export function shiftedPlaces(height: number, width: number, { pixels }: Options<'shift'>, random: Random): Places {
  const down = random.integer(2 * pixels + 1) - pixels;
  const right = random.integer(2 * pixels + 1) - pixels;
  const places = noPlaces(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      places.rows[at] = row - down;
      places.columns[at] = column - right;
    }
  }
  return places;
}

/** The places of a picture that has turned about its middle. */
export function rotatedPlaces(height: number, width: number, { from, to }: Options<'rotate'>, random: Random): Places {
  const [sine, cosine] = sineAndCosine(random.uniform(from, to));
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const places = noPlaces(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const [y, x] = [row - middleRow, column - middleColumn];
      places.rows[at] = middleRow + cosine * y + sine * x;
      places.columns[at] = middleColumn + cosine * x - sine * y;
    }
  }
  return places;
}

/** The places of a picture that has been bent by a smooth random field. */
export function bentPlaces(height: number, width: number, options: Options<'elastic'>, random: Random): Places {
  const { strength, smoothness } = options;
  const weights = gaussian(smoothness, Math.max(height, width));
  const field = (): Float64Array => {
    const noise = new Float64Array(height * width);
    for (let at = 0; at < noise.length; at++) noise[at] = random.uniform(-1, 1);
    return smooth(noise, height, width, weights);
  };
  const [down, right] = [field(), field()];
  const places = noPlaces(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      places.rows[at] = row + strength * down[at];
      places.columns[at] = column + strength * right[at];
    }
  }
  return places;
}

function noPlaces(height: number, width: number): Places {
  return { rows: new Float64Array(height * width), columns: new Float64Array(height * width) };
}

/** Exact at right angles, where π would leave a rest. */
function sineAndCosine(degrees: number): readonly [number, number] {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) {
    const turn = ((quarters % 4) + 4) % 4;
    return [[0, 1, 0, -1][turn], [1, 0, -1, 0][turn]];
  }
  const angle = (degrees * Math.PI) / 180;
  return [sine(angle), cosine(angle)];
}
