import { Parameter, type Shape } from '@tapegrad/core';
import { defaultBias, defaultWeight } from '../initialisers/defaults.ts';
import { firstNumbers, type Initialiser } from '../initialisers/draw.ts';
import type { BuildContext } from './layer.ts';

/** How the parameters of a layer start. */
export interface DrawingOptions {
  /** Whether each output has a bias. Default: true. */
  readonly bias?: boolean;
  /** How the weight starts. Default: `defaultWeight`, as in PyTorch. */
  readonly initialiser?: Initialiser;
  /** How the bias starts. Default: `defaultBias`, as in PyTorch. */
  readonly biasInitialiser?: Initialiser;
}

/**
 * The weight of a layer, and its bias `[out]` where it has one.
 *
 * @param weightShape the shape that tells the bound of the bias, which goes by the inputs of one output
 */
export function drawnParameters(
  { name, random, dtype }: BuildContext,
  { bias = true, initialiser = defaultWeight, biasInitialiser }: DrawingOptions,
  shape: Shape,
  weightShape: Shape = shape,
): readonly Parameter[] {
  const weight = new Parameter(`${name}.weight`, firstNumbers(name, initialiser, { shape, random, dtype }));
  if (!bias) return [weight];
  const numbers = biasInitialiser
    ? firstNumbers('bias', biasInitialiser, { shape: [weightShape[0]], random, dtype })
    : defaultBias({ weightShape, random, dtype });
  return [weight, new Parameter(`${name}.bias`, numbers)];
}
