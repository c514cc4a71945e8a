/**
 * What every run trains by, beside its options; chosen together with their defaults, see docs/mnist.md. Adam looks back on
 * fewer steps than usual, for there are few of them, and a tenth of each label is spread over all classes.
 */
export const recipe = { betas: [0.7, 0.9], labelSmoothing: 0.1 } as const;
