import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, cosine, type OptionNames, sine } from '@tapegrad/core/authors';
import { type Edge, type EdgeOptions, edgeOf, edgeOptions } from '../beyond.ts';
import type { ImageBatch } from '../imageBatch.ts';
import { rangeAround } from '../ranges.ts';
import { moved } from './moved.ts';
import { aroundMiddle } from './positions.ts';

export interface RotateOptions extends EdgeOptions {
  /** The largest angle to both sides, or a range. */
  readonly degrees: number | readonly [number, number];
}

export interface Rotate extends Edge {
  readonly kind: 'rotate';
  readonly from: number;
  readonly to: number;
}

const rotateOptions: OptionNames<RotateOptions> = { degrees: 'required', ...edgeOptions };

/**
 * Each image turned about its middle by an angle drawn from -degrees to degrees, counter-clockwise as seen, with bilinear
 * interpolation. A pair of numbers is a range of its own: [90, 90] turns every image by a right angle, exactly. What turns in is
 * the edge's pixels, or the number `beyond`; a mask turns along, with the nearest pixels.
 *
 * @example rotate({ degrees: 10 }).kind // "rotate"
 * @throws ValueError when an angle is not from -360 to 360, or the range runs backwards
 */
export function rotate(options: RotateOptions, ...surplus: []): Rotate {
  checkSurplus('rotate', surplus);
  const { degrees } = checkOptions('rotate', options, rotateOptions);
  const [from, to] = rangeAround('rotate', 'degrees', degrees, 0, [-360, 360]);
  // A strength of 0 makes a zero with a sign, which is of no interest.
  return { kind: 'rotate', from: from + 0, to, ...edgeOf('rotate', options, 'edge') };
}

export function rotated(batch: ImageBatch, { from, to, ...edge }: Rotate, random: Random): ImageBatch {
  if (from === 0 && to === 0) return batch;
  return moved(batch, edge, random, (height, width) => {
    const [sine, cosine] = sineAndCosine(random.uniform(from, to));
    return aroundMiddle(height, width, (y, x) => [cosine * y + sine * x, cosine * x - sine * y]);
  });
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
