import type { Parameter } from '@tapegrad/core';
import { checkHas } from '@tapegrad/core/authors';
import type { GradientSource } from './optimiser.ts';

/** An optimiser, as those see it that stand between it and the gradients. */
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

/** The parameters of all groups. */
export function parametersOf({ groups }: OptimiserLike): readonly Parameter[] {
  return groups.flatMap(({ parameters }) => parameters);
}
