import type { Parameter } from '@tapegrad/core';
import { Adam, AdamW, type GradientSource, RMSProp, SGD } from '@tapegrad/nn';

/** What a training asks of its optimiser. */
export interface Stepper {
  learningRate: number;
  step(gradients: GradientSource): void;
}

type Maker = (parameters: readonly Parameter[], learningRate: number) => Stepper;

/** The optimisers to choose from, each with the defaults of the library. */
const makers = {
  adam: (parameters, learningRate) => new Adam(parameters, { learningRate }),
  adamW: (parameters, learningRate) => new AdamW(parameters, { learningRate }),
  rmsProp: (parameters, learningRate) => new RMSProp(parameters, { learningRate }),
  sgd: (parameters, learningRate) => new SGD(parameters, { learningRate }),
  momentum: (parameters, learningRate) => new SGD(parameters, { learningRate, momentum: 0.9 }),
} as const satisfies Readonly<Record<string, Maker>>;

export type OptimiserName = keyof typeof makers;

export const optimiserNames = Object.keys(makers) as OptimiserName[];

/** An optimiser of that name for these parameters. */
export function buildOptimiser(name: OptimiserName, parameters: readonly Parameter[], learningRate: number): Stepper {
  return makers[name](parameters, learningRate);
}
