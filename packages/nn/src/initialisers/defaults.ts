import { type Shape, type Tensor, zeros } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { drawn, type InitialiserOptions, initialiserOptions } from './draw.ts';
import { fans } from './fans.ts';
import { kaimingUniform } from './kaiming.ts';

/**
 * What a layer starts from when nothing is asked: Kaiming uniform with slope √5, so U(-b, b) with b = 1/√fanIn. As in PyTorch.
 *
 * @example defaultWeight({ shape: [2, 4], random: new Random(1) }).shape // [2, 4]
 */
export function defaultWeight(options: InitialiserOptions, ...surplus: []): Tensor {
  checkSurplus('defaultWeight', surplus);
  checkOptions('defaultWeight', options, initialiserOptions);
  return kaimingUniform({ ...options, slope: Math.sqrt(5) });
}

export interface BiasOptions extends Omit<InitialiserOptions, 'shape'> {
  /** The shape of the weight that the bias stands beside; the bias is `[out]`. */
  readonly weightShape: Shape;
}

const biasOptions: OptionNames<BiasOptions> = { weightShape: 'required', random: 'required', dtype: 'optional' };

/**
 * The bias that goes with {@link defaultWeight}: U(-b, b) with b = 1/√fanIn of the weight, zero for a weight without
 * inputs. As in PyTorch.
 *
 * @example defaultBias({ weightShape: [2, 4], random: new Random(1) }).shape // [2]
 */
export function defaultBias(options: BiasOptions, ...surplus: []): Tensor {
  checkSurplus('defaultBias', surplus);
  const { weightShape, random, dtype } = checkOptions('defaultBias', options, biasOptions);
  const { fanIn } = fans(weightShape);
  const shape = [weightShape[0]];
  if (fanIn === 0) return zeros(shape, { dtype });
  const bound = 1 / Math.sqrt(fanIn);
  return drawn({ shape, random, dtype }, () => random.uniform(-bound, bound));
}
