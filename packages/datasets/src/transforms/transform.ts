import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { Normalisation } from '../normalisation.ts';
import { checkTransform } from './checkTransform.ts';
import type { Beyond, Transform } from './kinds.ts';

/**
 * Several transforms, one after the other.
 *
 * @example compose(shift({ pixels: 2 }), rotate({ degrees: 10 })).kind // "compose"
 * @throws ValueError when one is not a transform, but a function, say
 */
export function compose(...transforms: readonly Transform[]): Transform {
  for (const transform of transforms) checkTransform('compose', transform);
  return { kind: 'compose', transforms };
}

export const normalisation: OptionNames<Normalisation> = { mean: 'required', standardDeviation: 'required' };

/**
 * y = (x - mean) / standardDeviation, each channel with its own numbers.
 *
 * @example normalise({ mean: [0.5], standardDeviation: [0.25] }).kind // "normalise"
 * @throws ValueError when the lists are not equally long, or a number is not finite or a deviation not above 0
 */
export function normalise(options: Normalisation, ...surplus: []): Transform {
  checkSurplus('normalise', surplus);
  const given = checkOptions('normalise', options, normalisation);
  const [mean, standardDeviation] = [[...given.mean], [...given.standardDeviation]];
  if (
    mean.length === standardDeviation.length &&
    mean.every(Number.isFinite) &&
    standardDeviation.every((deviation) => Number.isFinite(deviation) && deviation > 0)
  ) {
    return { kind: 'normalise', mean, standardDeviation };
  }
  throw new ValueError({
    operation: 'normalise',
    got: `mean [${mean.join(', ')}], standardDeviation [${standardDeviation.join(', ')}]`,
    wanted: 'as many finite numbers in both lists, and deviations above 0',
    remedy: 'Pass what normalisationOf gives',
  });
}

export interface ShiftOptions {
  /** How far an image moves at most. */
  readonly pixels: number;
  /** What moves in: the pixels of the edge, or a number. Default: 'edge'. */
  readonly beyond?: Beyond;
}

const shiftOptions: OptionNames<ShiftOptions> = { pixels: 'required', beyond: 'optional' };

/**
 * y[row, column] = x[row - a, column - b]: each image moved by whole numbers of pixels a and b, both drawn from -pixels to
 * pixels, all equally likely.
 *
 * @example shift({ pixels: 2 }).kind // "shift"
 * @throws ValueError when `pixels` is not a whole number from 0 to 1024
 */
export function shift(options: ShiftOptions, ...surplus: []): Transform {
  checkSurplus('shift', surplus);
  const { pixels, beyond = 'edge' } = checkOptions('shift', options, shiftOptions);
  if (!Number.isSafeInteger(pixels)) throw outOfRange('shift', 'pixels', pixels, 'a whole number from 0 to 1024');
  check('shift', 'pixels', pixels, 0, 1024);
  return { kind: 'shift', pixels, beyond: checkBeyond('shift', beyond) };
}

export interface RotateOptions {
  /** The largest angle to both sides, or a range. */
  readonly degrees: number | readonly [number, number];
  /** What turns in: the pixels of the edge, or a number. Default: 'edge'. */
  readonly beyond?: Beyond;
}

const rotateOptions: OptionNames<RotateOptions> = { degrees: 'required', beyond: 'optional' };

/**
 * Each image turned about its middle by an angle drawn from -degrees to degrees, counter-clockwise as seen, with bilinear
 * interpolation. A pair of numbers is a range of its own: [90, 90] turns every image by a right angle, exactly.
 *
 * @example rotate({ degrees: 10 }).kind // "rotate"
 * @throws ValueError when an angle is not from -360 to 360, or the range runs backwards
 */
export function rotate(options: RotateOptions, ...surplus: []): Transform {
  checkSurplus('rotate', surplus);
  const { degrees, beyond = 'edge' } = checkOptions('rotate', options, rotateOptions);
  const [from, to] = typeof degrees === 'number' ? [-degrees, degrees] : degrees;
  check('rotate', 'degrees', from, -360, 360);
  check('rotate', 'degrees', to, from, 360);
  // A strength of 0 makes a zero with a sign, which is of no interest.
  return { kind: 'rotate', from: from + 0, to, beyond: checkBeyond('rotate', beyond) };
}

export interface ElasticOptions {
  /** Default: 34. */
  readonly strength?: number;
  /** The standard deviation of the smoothing, in pixels. Default: 4. */
  readonly smoothness?: number;
  /** What moves in: the pixels of the edge, or a number. Default: 'edge'. */
  readonly beyond?: Beyond;
}

const elasticOptions: OptionNames<ElasticOptions> = {
  strength: 'optional',
  smoothness: 'optional',
  beyond: 'optional',
};

/**
 * y[p] = x[p + d(p)], bilinear: d is a field of displacements, for each pixel and axis drawn from [-1, 1), smoothed by a
 * Gaussian whose standard deviation is `smoothness` pixels, and multiplied by `strength`. Handwriting bends like that.
 *
 * Source: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document
 * analysis", 2003, section 2; their best numbers for 29 × 29 digits, 34 and 4, are the defaults.
 *
 * @example elastic({ strength: 20 }).kind // "elastic"
 * @throws ValueError when `strength` is not from 0 to 10,000, or `smoothness` not from 0.1 to 100
 */
export function elastic(options: ElasticOptions = {}, ...surplus: []): Transform {
  checkSurplus('elastic', surplus);
  const { strength = 34, smoothness = 4, beyond = 'edge' } = checkOptions('elastic', options, elasticOptions);
  check('elastic', 'strength', strength, 0, 10_000);
  check('elastic', 'smoothness', smoothness, 0.1, 100);
  return { kind: 'elastic', strength, smoothness, beyond: checkBeyond('elastic', beyond) };
}

function check(operation: string, name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw outOfRange(operation, name, value, `a number from ${least} to ${most}`);
}

function checkBeyond(operation: string, beyond: Beyond): Beyond {
  if (beyond === 'edge' || Number.isFinite(beyond)) return beyond;
  throw outOfRange(operation, 'beyond', beyond, "'edge' or a finite number");
}

function outOfRange(operation: string, name: string, value: unknown, wanted: string): ValueError {
  return new ValueError({ operation, got: `${name} is ${value}`, wanted, remedy: 'Leave it smaller, or out' });
}
