import { formatShape, type Shape, ShapeError, ValueError } from '@tapegrad/core';
import { checkNumberList, checkOptions, checkSurplus, type OptionNames, sizeOf } from '@tapegrad/core/authors';

/** The activations that a gain is known for. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyReLU' | 'selu';

export interface GainOptions {
  /** The slope of a leaky relu below 0. Default: 0.01. */
  readonly slope?: number;
}

const gainOptions: OptionNames<GainOptions> = { slope: 'optional' };

/**
 * How many inputs one output of a weight sums (fanIn), and how many outputs one input goes to (fanOut).
 *
 * @param shape `[out, in]`, or `[out, in / groups, ...kernel]`, where both are multiplied by the elements of a kernel
 * @example fans([8, 3, 5, 5]) // { fanIn: 75, fanOut: 200 }
 * @throws ShapeError for a shape with fewer than two axes
 */
export function fans(shape: Shape, ...surplus: []): { fanIn: number; fanOut: number } {
  checkSurplus('fans', surplus);
  checkNumberList('fans', 'shape', shape, 'Give the shape of a weight: `[out, in]`');
  if (shape.length < 2) {
    throw new ShapeError({
      operation: 'fans',
      got: `a weight of shape ${formatShape(shape)}`,
      wanted: '[out, in] or [out, in / groups, ...kernel]',
      remedy: 'Biases have no fan: use `zeros` or `defaultBias`',
    });
  }
  const [out, into, ...kernel] = shape;
  const area = sizeOf(kernel);
  return { fanIn: into * area, fanOut: out * area };
}

/**
 * By how much an activation shrinks what goes through it, to be made up for by the weights: 1 for linear and sigmoid,
 * 5/3 for tanh, √2 for relu, √(2 / (1 + slope²)) for leaky relu, ¾ for selu. As in PyTorch.
 *
 * @example gainOf('relu') // 1.4142
 * @throws ValueError when there is no gain for that activation
 */
export function gainOf(nonlinearity: Nonlinearity, options: GainOptions = {}, ...surplus: []): number {
  checkSurplus('gainOf', surplus);
  const { slope = 0.01 } = checkOptions('gainOf', options, gainOptions);
  const gains: Record<Nonlinearity, number> = {
    linear: 1,
    sigmoid: 1,
    tanh: 5 / 3,
    relu: Math.SQRT2,
    leakyReLU: Math.sqrt(2 / (1 + slope ** 2)),
    selu: 3 / 4,
  };
  if (Object.hasOwn(gains, nonlinearity)) return gains[nonlinearity];
  throw new ValueError({
    operation: 'gainOf',
    got: `the nonlinearity '${nonlinearity}'`,
    wanted: `one of ${Object.keys(gains).join(', ')}`,
    remedy: "Use 'linear' for an activation without a known gain",
  });
}
