import type { Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { drawn, type InitialiserOptions } from './draw.ts';
import { fans } from './fans.ts';

export interface XavierOptions extends InitialiserOptions {
  /** See `gainOf`. Default: 1. */
  readonly gain?: number;
}

const xavierOptions: OptionNames<XavierOptions> = {
  shape: 'required',
  random: 'required',
  dtype: 'optional',
  gain: 'optional',
};

/**
 * The standard deviation of Xavier weights: gain·√(2 / (fanIn + fanOut)).
 *
 * @example xavierDeviation({ shape: [4, 4], random: new Random(1) }) // 0.5
 */
export function xavierDeviation(options: XavierOptions, ...surplus: []): number {
  checkSurplus('xavierDeviation', surplus);
  const { shape, gain = 1 } = checkOptions('xavierDeviation', options, xavierOptions);
  const { fanIn, fanOut } = fans(shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

/**
 * Weights from U(-b, b), b = gain·√(6 / (fanIn + fanOut)): a compromise between keeping the size of what goes forward and
 * of what comes back, for tanh and sigmoid nets.
 *
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 *
 * @example xavierUniform({ shape: [4, 4], random: new Random(1) }).shape // [4, 4]
 */
export function xavierUniform(options: XavierOptions, ...surplus: []): Tensor {
  checkSurplus('xavierUniform', surplus);
  checkOptions('xavierUniform', options, xavierOptions);
  const bound = Math.sqrt(3) * xavierDeviation(options);
  return drawn(options, () => options.random.uniform(-bound, bound));
}

/**
 * Weights from N(0, σ²), σ = gain·√(2 / (fanIn + fanOut)); see {@link xavierUniform}.
 *
 * @example xavierNormal({ shape: [4, 4], random: new Random(1) }).shape // [4, 4]
 */
export function xavierNormal(options: XavierOptions, ...surplus: []): Tensor {
  checkSurplus('xavierNormal', surplus);
  checkOptions('xavierNormal', options, xavierOptions);
  const deviation = xavierDeviation(options);
  return drawn(options, () => options.random.normal(0, deviation));
}
