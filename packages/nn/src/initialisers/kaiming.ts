import type { Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { drawn, type InitialiserOptions } from './draw.ts';
import { fans, gainOf, type Nonlinearity } from './fans.ts';

export interface KaimingOptions extends InitialiserOptions {
  /** The slope below 0 of the leaky relu that follows. Default: 0, a plain relu. */
  readonly slope?: number;
  /** Whether to keep the size of what goes forward (`fanIn`, the default) or of what comes back (`fanOut`). */
  readonly mode?: 'fanIn' | 'fanOut';
  /** The activation that follows. Default: leakyReLU. */
  readonly nonlinearity?: Nonlinearity;
}

const kaimingOptions: OptionNames<KaimingOptions> = {
  shape: 'required',
  random: 'required',
  dtype: 'optional',
  slope: 'optional',
  mode: 'optional',
  nonlinearity: 'optional',
};

/**
 * The standard deviation of Kaiming weights: gain / √fan.
 *
 * @example kaimingDeviation({ shape: [8, 2], random: new Random(1) }) // 1
 */
export function kaimingDeviation(options: KaimingOptions, ...surplus: []): number {
  checkSurplus('kaimingDeviation', surplus);
  const {
    shape,
    slope = 0,
    mode = 'fanIn',
    nonlinearity = 'leakyReLU',
  } = checkOptions('kaimingDeviation', options, kaimingOptions);
  return gainOf(nonlinearity, { slope }) / Math.sqrt(fans(shape)[mode]);
}

/**
 * Weights from U(-b, b), b = √3·gain / √fan: activations neither grow nor shrink from layer to layer of a relu net.
 *
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015; options and defaults as in PyTorch.
 *
 * @example kaimingUniform({ shape: [8, 2], random: new Random(1) }).shape // [8, 2]
 */
export function kaimingUniform(options: KaimingOptions, ...surplus: []): Tensor {
  checkSurplus('kaimingUniform', surplus);
  checkOptions('kaimingUniform', options, kaimingOptions);
  const bound = Math.sqrt(3) * kaimingDeviation(options);
  return drawn(options, () => options.random.uniform(-bound, bound));
}

/**
 * Weights from N(0, σ²), σ = gain / √fan; see {@link kaimingUniform}.
 *
 * @example kaimingNormal({ shape: [8, 2], random: new Random(1) }).shape // [8, 2]
 */
export function kaimingNormal(options: KaimingOptions, ...surplus: []): Tensor {
  checkSurplus('kaimingNormal', surplus);
  checkOptions('kaimingNormal', options, kaimingOptions);
  const deviation = kaimingDeviation(options);
  return drawn(options, () => options.random.normal(0, deviation));
}
