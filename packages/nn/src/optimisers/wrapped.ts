import type { Parameter } from '@tapegrad/core';
import { checkHas } from '@tapegrad/core/authors';
import type { GradientSource } from './optimiser.ts';

/** What an optimiser offers to those that change its gradients before it steps, and to `fit`. */
export interface OptimiserLike {
  step(gradients: GradientSource): void;
  learningRate: number;
  readonly groups: readonly { readonly parameters: readonly Parameter[] }[];
  readonly gradientNorm?: number | undefined;
}

/** Throws a DataTypeError unless something is an optimiser. */
export function checkOptimiser(operation: string, optimiser: unknown): void {
  checkHas(operation, 'optimiser', optimiser, ['step', 'groups', 'learningRate'], {
    wanted: 'an optimiser',
    remedy: 'Make one of the parameters: `new Adam(model.parameters)`',
  });
}

/**
 * An optimiser that does something to the gradients before another one steps by them: `own` says what. Its groups and its
 * learning rate are those of the other.
 */
export function wrapped<Own extends Omit<OptimiserLike, 'groups' | 'learningRate'>>(
  optimiser: OptimiserLike,
  own: Own,
): OptimiserLike & Own {
  const learningRate = {
    get: () => optimiser.learningRate,
    set: (rate: number) => {
      optimiser.learningRate = rate;
    },
    enumerable: true,
  };
  const shared = { groups: { value: optimiser.groups, enumerable: true }, learningRate };
  return Object.defineProperties(own, shared) as OptimiserLike & Own;
}

/** The parameters of all groups. */
export function parametersOf({ groups }: OptimiserLike): readonly Parameter[] {
  return groups.flatMap(({ parameters }) => parameters);
}
