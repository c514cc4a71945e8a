import { add, detach, multiply, type Parameter, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkGradients, type GradientSource } from './optimiser.ts';
import { checkOptimiser, type OptimiserLike, parametersOf, wrapped } from './wrapped.ts';

export interface AccumulatedOptions {
  /** How many batches make one step: at least 1. */
  readonly batches: number;
}

const accumulatedOptions: OptionNames<AccumulatedOptions> = { batches: 'required' };

/** An optimiser that collects gradients. */
export interface Accumulated extends OptimiserLike {
  /** How many batches are collected and not stepped by yet. */
  readonly pending: number;
  /** Steps by the mean of what is collected, if anything is: at the end of an epoch whose batches do not divide evenly. */
  flush(): void;
}

/**
 * An optimiser that collects the gradients of several batches, and steps by their mean with the last of them: as one step of
 * a batch that many times as large, in the memory of a small one. A parameter without a gradient in some of the batches
 * counts as 0 there.
 *
 * To clip as well, clip what is collected: `accumulated(clipped(optimiser, { maxNorm: 1 }), { batches: 4 })`.
 *
 * @throws DataTypeError when it is no optimiser
 * @throws ValueError when `batches` is not a whole number of at least 1
 * @example
 * const w = new Parameter('w', tensor([0]));
 * const optimiser = accumulated(new SGD([w], { learningRate: 1 }), { batches: 2 });
 * for (const batch of [1, 3]) {
 *   using tape = new Tape();
 *   optimiser.step(tape.gradients(sum(multiply(tape.watch(w), batch))));
 * }
 * w // [-2]
 */
export function accumulated(optimiser: OptimiserLike, options: AccumulatedOptions, ...surplus: []): Accumulated {
  checkSurplus('accumulated', surplus);
  const { batches } = checkOptions('accumulated', options, accumulatedOptions);
  checkOptimiser('accumulated', optimiser);
  if (!Number.isSafeInteger(batches) || batches < 1) {
    throw new ValueError({
      operation: 'accumulated',
      got: `batches is ${batches}`,
      wanted: 'a whole number of at least 1',
      remedy: 'Say how many batches make one step',
    });
  }
  const parameters = parametersOf(optimiser);
  const sums = new Map<Tensor, Tensor>();
  let pending = 0;
  const flush = (): void => {
    if (pending === 0) return;
    const means = new Map<Tensor, Tensor>();
    for (const [parameter, sum] of sums) means.set(parameter, multiply(sum, 1 / pending));
    optimiser.step({ has: (x) => means.has(x), get: (x) => means.get(x) as Tensor });
    sums.clear();
    pending = 0;
  };
  return wrapped(optimiser, {
    get gradientNorm() {
      return optimiser.gradientNorm;
    },
    get pending() {
      return pending;
    },
    step(gradients: GradientSource) {
      checkGradients('accumulated', gradients);
      const own = parameters.filter((parameter: Parameter) => gradients.has(parameter));
      // Copies: the tape of a batch ends before the next one.
      const added = own.map((parameter): [Tensor, Tensor] => {
        const [gradient, sum] = [detach(gradients.get(parameter)), sums.get(parameter)];
        return [parameter, sum ? add(sum, gradient) : gradient];
      });
      const before = own.map((parameter) => [parameter, sums.get(parameter)] as const);
      for (const [parameter, sum] of added) sums.set(parameter, sum);
      pending++;
      try {
        if (pending >= batches) flush();
      } catch (error) {
        // As if the batch had not been: whoever tries again gives it again, and it must not count twice.
        for (const [parameter, sum] of before) sum ? sums.set(parameter, sum) : sums.delete(parameter);
        pending--;
        throw error;
      }
    },
    flush,
  });
}
