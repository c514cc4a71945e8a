import type { Random } from '@tapegrad/core';
import { gaussian, smooth } from './gaussian.ts';
import type { Positions } from './sample.ts';

/** Where the pixels of a picture come from, each by its distance from the middle: `from` gives that of the pixel looked at. */
export function aroundMiddle(
  height: number,
  width: number,
  from: (y: number, x: number) => readonly [y: number, x: number],
): Positions {
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const positions = emptyPositions(height, width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const [y, x] = from(row - middleRow, column - middleColumn);
      positions.rows[at] = middleRow + y;
      positions.columns[at] = middleColumn + x;
    }
  }
  return positions;
}

/** Where the pixels of a picture come from that is bent by a smooth random field. */
export function bentPositions(
  height: number,
  width: number,
  { strength, smoothness }: { readonly strength: number; readonly smoothness: number },
  random: Random,
): Positions {
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
