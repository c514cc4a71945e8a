import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { type ClipNormOptions, clipGradientNorm, clipNormOptions } from './clip.ts';
import type { GradientSource } from './optimiser.ts';
import { checkOptimiser, type OptimiserLike, parametersOf, wrapped } from './wrapped.ts';

/**
 * An optimiser whose gradients are scaled down, all by one factor, where their norm is above `maxNorm`; see
 * `clipGradientNorm`. It stands in for the optimiser where one is asked for, and tells the norm that each step found:
 * `maxNorm: Infinity` changes nothing, and only tells.
 *
 * @throws DataTypeError when it is no optimiser
 * @throws ValueError when maxNorm is not at least 0, or normType is not above 0
 * @example
 * const w = new Parameter('w', tensor([3, 4]));
 * const optimiser = clipped(new SGD([w], { learningRate: 1 }), { maxNorm: 1 });
 * using tape = new Tape();
 * optimiser.step(tape.gradients(sum(square(tape.watch(w)))));
 * optimiser.gradientNorm // 10
 */
export function clipped(optimiser: OptimiserLike, options: ClipNormOptions, ...surplus: []): OptimiserLike {
  checkSurplus('clipped', surplus);
  checkOptions('clipped', options, clipNormOptions);
  checkOptimiser('clipped', optimiser);
  // Options that are wrong are told here, and not in the first step.
  clipGradientNorm({ has: () => false, get: () => neverAsked() }, parametersOf(optimiser), options);
  let norm: number | undefined;
  return wrapped(optimiser, {
    get gradientNorm() {
      return norm;
    },
    step(gradients: GradientSource) {
      const { gradients: scaled, totalNorm } = clipGradientNorm(gradients, parametersOf(optimiser), options);
      optimiser.step(scaled);
      norm = totalNorm;
    },
  });
}

function neverAsked(): never {
  throw new Error('no gradient is there to be asked for');
}
