import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, ndarrayOf, type OptionNames, sine } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { type ToyOptions, toyPlan } from './sizes.ts';

/** Numbers x with the numbers y that are to be found from them. */
export interface Curve {
  readonly name: string;
  /** Of shape [count, 1]. */
  readonly inputs: NdArray<Float32Array>;
  /** Of shape [count, 1]. */
  readonly targets: NdArray<Float32Array>;
  /** Whether the target lies far off. */
  readonly isOutlier: readonly boolean[];
}

/** How a curve is drawn. */
export interface CurveOptions extends ToyOptions {
  /** How far off an outlier lies at least; at most twice as far. Default: 3. */
  readonly distance?: number;
}

const curveOptions: OptionNames<CurveOptions> = {
  count: 'optional',
  noise: 'optional',
  outliers: 'optional',
  distance: 'optional',
  random: 'optional',
  seed: 'optional',
};

/**
 * y = sin x + noise, with x drawn from [-π, π). An outlier lies off by ± a number drawn from [distance, 2 distance): what
 * the squared error chases and the Huber loss shrugs off.
 *
 * @param options noise is 0.1 by default
 * @example noisySine({ count: 5 }).targets.shape // [5, 1]
 * @throws ValueError when an option is out of range
 */
export function noisySine(options: CurveOptions = {}, ...surplus: []): Curve {
  checkSurplus('noisySine', surplus);
  checkOptions('noisySine', options, curveOptions);
  return curve('noisySine', options, 0.1, Math.PI, sine);
}

/** How {@link noisyLine} is drawn. */
export interface LineOptions extends CurveOptions {
  /** Default: 2. */
  readonly slope?: number;
  /** Default: 1. */
  readonly intercept?: number;
}

const lineOptions: OptionNames<LineOptions> = {
  slope: 'optional',
  intercept: 'optional',
  count: 'optional',
  noise: 'optional',
  outliers: 'optional',
  distance: 'optional',
  random: 'optional',
  seed: 'optional',
};

/**
 * y = slope · x + intercept + noise, with x drawn from [-1, 1). An outlier lies off by ± a number drawn from
 * [distance, 2 distance).
 *
 * @param options noise is 0.1 by default
 * @example noisyLine({ count: 5, slope: 2, intercept: 1 }).inputs.shape // [5, 1]
 * @throws ValueError when an option is out of range
 */
export function noisyLine(options: LineOptions = {}, ...surplus: []): Curve {
  checkSurplus('noisyLine', surplus);
  const { slope = 2, intercept = 1 } = checkOptions('noisyLine', options, lineOptions);
  checkFinite('noisyLine', { slope, intercept });
  return curve('noisyLine', options, 0.1, 1, (x) => slope * x + intercept);
}

function curve(
  name: string,
  options: CurveOptions,
  defaultNoise: number,
  reach: number,
  value: (x: number) => number,
): Curve {
  const { distance = 3 } = options;
  checkFinite(name, { distance });
  const { count, noise, random, isOutlier } = toyPlan(name, options, defaultNoise);
  const [inputs, targets] = [new Float32Array(count), new Float32Array(count)];
  for (let index = 0; index < count; index++) {
    const x = random.uniform(-reach, reach);
    const off = isOutlier[index] ? (random.uniform() < 0.5 ? -1 : 1) * random.uniform(distance, 2 * distance) : 0;
    inputs[index] = x;
    targets[index] = value(x) + noise * random.normal() + off;
  }
  return { name, inputs: ndarrayOf(inputs, [count, 1]), targets: ndarrayOf(targets, [count, 1]), isOutlier };
}

function checkFinite(operation: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    throw new ValueError({
      operation,
      got: `${name} is ${value}`,
      wanted: 'a finite number',
      remedy: `Leave ${name} out for its default`,
    });
  }
}
