import { machine } from '../engine/machine.ts';
import type { IndexNumbers, Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';

/*
 * How some values of a tape were made, for the few ops that are computed faster together than one after the other. The
 * tape still holds each op by itself, and whoever asks for the value of one gets it. Which kernel computes an op depends
 * on what was recorded alone, never on what was looked at.
 */

/** y = max(x, 0) */
export interface ReluRecipe {
  readonly kind: 'relu';
  readonly x: Tensor;
}

/** y = a convolution; `computeRelu` gives max(y, 0) without y. */
export interface ConvolutionRecipe {
  readonly kind: 'convolution';
  readonly computeRelu: (y: FloatArray, memory: Memory) => void;
}

/**
 * Zeros, to which each number of g is added at the place that was chosen for it by a max pooling: what a cotangent is on
 * its way back through one. With `relu` the pooling was over that relu's output, and the places say where it is open;
 * `isThroughRelu` tells whether the cotangent has passed it.
 */
export interface ChosenRecipe {
  readonly kind: 'chosen';
  readonly g: Tensor;
  readonly chosen: IndexNumbers;
  readonly relu: Tensor | null;
  readonly isThroughRelu: boolean;
}

export type Recipe = ReluRecipe | ConvolutionRecipe | ChosenRecipe;

/** Notes how a value is made, for the engine; the reference kernels compute one op after the other. */
export function withRecipe(x: Tensor, recipe: Recipe): Tensor {
  if (x.dtype === 'float32' && x.tape !== null && machine() !== null) x.recipe = recipe;
  return x;
}

/** How a value is made, if it is made that way. */
export function recipeOf<Kind extends Recipe['kind']>(
  x: Tensor,
  kind: Kind,
): Extract<Recipe, { kind: Kind }> | undefined {
  const recipe = x.recipe as Recipe | undefined;
  return recipe?.kind === kind ? (recipe as Extract<Recipe, { kind: Kind }>) : undefined;
}

/** What reaches a convolution from a max pooling right behind it, or behind its relu, if that is what x is. */
export function chosenForConvolution(x: Tensor): ChosenRecipe | undefined {
  const recipe = recipeOf(x, 'chosen');
  return recipe && (recipe.relu === null || recipe.isThroughRelu) ? recipe : undefined;
}
