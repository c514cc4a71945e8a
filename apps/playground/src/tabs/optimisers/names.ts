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

/** How an optimiser is drawn: told apart by its dashes as well as by its colour. */
export const strokes: Readonly<Record<OptimiserName, { readonly colour: string; readonly dash: string | undefined }>> =
  {
    sgd: { colour: 'var(--optimisers-sgd)', dash: undefined },
    momentum: { colour: 'var(--optimisers-momentum)', dash: undefined },
    nesterov: { colour: 'var(--optimisers-nesterov)', dash: '5 3' },
    adagrad: { colour: 'var(--optimisers-adagrad)', dash: '10 3 2 3' },
    rmsProp: { colour: 'var(--optimisers-rms-prop)', dash: '9 4' },
    adam: { colour: 'var(--optimisers-adam)', dash: undefined },
    adamW: { colour: 'var(--optimisers-adam-w)', dash: '2 3' },
    muon: { colour: 'var(--ink)', dash: '14 3 2 3 2 3' },
  };

/** The ways to let a weight decay. */
export const decayNames = ['sgdL2', 'adamL2', 'adamW'] as const;
export type DecayName = (typeof decayNames)[number];
