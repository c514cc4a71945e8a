import { type Random, type Shape, type Tensor, zeros } from '@tapegrad/core';
import { drawn, type InitialiserOptions } from './draw.ts';
import { fans } from './fans.ts';
import { kaimingUniform } from './kaiming.ts';

/** What a layer starts from when nothing is asked: Kaiming uniform with slope √5, so U(-b, b) with b = 1/√fanIn. As in PyTorch. */
export function defaultWeight(options: InitialiserOptions): Tensor {
  return kaimingUniform({ ...options, slope: Math.sqrt(5) });
}

/**
 * The bias that goes with {@link defaultWeight}: U(-b, b) with b = 1/√fanIn of the weight, zero for a weight without
 * inputs. As in PyTorch.
 *
 * @param options.weightShape the shape of the weight that the bias stands beside; the bias is `[out]`
 */
export function defaultBias({
  weightShape,
  ...options
}: { weightShape: Shape; random: Random } & Omit<InitialiserOptions, 'shape'>): Tensor {
  const { fanIn } = fans(weightShape);
  const shape = [weightShape[0]];
  if (fanIn === 0) return zeros(shape, { dtype: options.dtype });
  const bound = 1 / Math.sqrt(fanIn);
  return drawn({ ...options, shape }, () => options.random.uniform(-bound, bound));
}
