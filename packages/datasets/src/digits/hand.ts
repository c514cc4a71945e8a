import type { Random } from '@tapegrad/core';
import type { Point } from './glyphs.ts';

/** How one digit lies on the page. */
export interface Hand {
  /** Where a point of a glyph comes to lie, in pixels from the centre of the picture. */
  draw(point: Point): Point;
  /** Half the width of the pen, in pixels. */
  readonly radius: number;
}

/** Height of an upright digit in pixels, as in MNIST. */
const height = 20;

/**
 * A hand that writes as no other: with its own size, width, slant, tilt and pen, and a tremble at every point.
 *
 * No sines and no logarithms, which differ in the last bit from one JavaScript engine to the next: with additions,
 * multiplications, divisions and square roots alone, the same seed draws the same pixels everywhere.
 */
export function drawHand(random: Random): Hand {
  const scaleY = height * random.uniform(0.76, 1.02);
  const scaleX = height * random.uniform(0.66, 1.15);
  const slant = 0.12 + 0.15 * bell(random);
  const tilt = 0.05 * bell(random);
  const cosine = (1 - tilt * tilt) / (1 + tilt * tilt);
  const sine = (2 * tilt) / (1 + tilt * tilt);
  const bend = 1.1 * bell(random);
  const radius = random.uniform(0.75, 1.85);
  const draw = ([x, y]: Point): Point => {
    const fromTop = y - 0.5 + 0.022 * bell(random);
    const upright = (x - 0.35 + 0.022 * bell(random)) * scaleX + bend * (4 * fromTop * fromTop - 0.5);
    const slanted = upright - slant * fromTop * scaleY;
    const down = fromTop * scaleY;
    return [cosine * slanted - sine * down, sine * slanted + cosine * down];
  };
  return { draw, radius };
}

/** A bell-shaped number around 0, of standard deviation 1 and never beyond 3: the sum of three uniform ones. */
function bell(random: Random): number {
  return 2 * (random.uniform() + random.uniform() + random.uniform() - 1.5);
}
