import type { Stroke } from '../../parts/stroke.ts';

/** The optimisers that walk, in the order of their table. */
export const optimiserNames = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsProp', 'adam', 'adamW', 'muon'] as const;
export type OptimiserName = (typeof optimiserNames)[number];

/** Learning rates to begin with: each walks down the first valley with its own. */
export const rates: Readonly<Record<OptimiserName, number>> = {
  sgd: 0.08,
  momentum: 0.03,
  nesterov: 0.03,
  adagrad: 0.6,
  rmsProp: 0.1,
  adam: 0.3,
  adamW: 0.3,
  muon: 0.15,
};

/** Those that step by a running mean of the gradient, for which the reader sets how much is kept of it. */
export const hasMomentum = (name: OptimiserName): boolean =>
  name === 'momentum' || name === 'nesterov' || name === 'muon';

/** How an optimiser is drawn. */
export const strokes: Readonly<Record<OptimiserName, Stroke>> = {
  sgd: { colour: 'var(--orange)' },
  momentum: { colour: 'var(--blue)' },
  nesterov: { colour: 'var(--grey)', dash: '5 3' },
  adagrad: { colour: 'var(--yellow)', dash: '10 3 2 3' },
  rmsProp: { colour: 'var(--violet)', dash: '9 4' },
  adam: { colour: 'var(--green)' },
  adamW: { colour: 'var(--pink)', dash: '2 3' },
  muon: { colour: 'var(--ink)', dash: '14 3 2 3 2 3' },
};

/** The ways to let a weight decay. */
export const decayNames = ['sgdL2', 'adamL2', 'adamW'] as const;
export type DecayName = (typeof decayNames)[number];

/** How each way to decay is drawn. */
export const decayStrokes: Readonly<Record<DecayName, Stroke>> = {
  sgdL2: { colour: 'var(--orange)' },
  adamL2: { colour: 'var(--pink)' },
  adamW: { colour: 'var(--green)' },
};

/** The two weights that decay, by the size of their gradients, and how they are told apart. */
export const weightNames = ['large', 'small'] as const;
export const weightDashes = { large: undefined, small: '7 4' } as const;
