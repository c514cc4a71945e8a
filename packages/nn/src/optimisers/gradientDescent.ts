import { detach, multiply, subtract, Tape, type Tensor } from '@tapegrad/core';
import { checkFunction, checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from './settings.ts';

export interface DescentOptions {
  readonly learningRate: number;
  /** How many steps to take. */
  readonly steps: number;
}

const descentOptions: OptionNames<DescentOptions> = { learningRate: 'required', steps: 'required' };

/**
 * x ← x - learningRate·∂f/∂x, `steps` times: all that training is, for those who study it. What stands here in ten lines,
 * models, losses and optimisers do for many weights at once.
 *
 * @returns the path, its start included: steps + 1 tensors, each of the shape of `start`
 * @throws ValueError when learningRate is not at least 0, or steps is not a whole number of at least 0
 *
 * @example
 * const path = gradientDescent((x) => sum(square(x)), tensor([3, -4]), { learningRate: 0.25, steps: 10 });
 */
export function gradientDescent(
  f: (x: Tensor) => Tensor,
  start: Tensor,
  options: DescentOptions,
  ...surplus: []
): Tensor[] {
  checkSurplus('gradientDescent', surplus);
  const { learningRate, steps } = checkOptions('gradientDescent', options, descentOptions);
  checkNotNegative('gradientDescent', { learningRate });
  const isCount = Number.isSafeInteger(steps) && steps >= 0;
  checkSetting('gradientDescent', 'steps', steps, isCount, 'a whole number of at least 0');
  checkFunction('gradientDescent', 'f', f, 'Give what is to be made small first, then where to start');
  checkTensor('gradientDescent', 'start', start);
  const path = [detach(start)];
  for (let step = 0; step < steps; step++) {
    using tape = new Tape();
    const x = tape.watch(path[step]);
    const gradient = detach(tape.gradients(f(x)).get(x));
    path.push(subtract(path[step], multiply(learningRate, gradient)));
  }
  return path;
}
