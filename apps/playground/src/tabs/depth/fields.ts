import { choiceField, flagField, numberField, type ValuesOf } from '../../address/fields.ts';

export const activationNames = ['none', 'relu', 'leakyRelu', 'gelu', 'selu', 'tanh', 'sigmoid'] as const;
export type ActivationName = (typeof activationNames)[number];

export const initialisationNames = ['default', 'xavier', 'he', 'small', 'large'] as const;
export type InitialisationName = (typeof initialisationNames)[number];

export const normalisationNames = ['none', 'batchNorm', 'layerNorm'] as const;
export type NormalisationName = (typeof normalisationNames)[number];

/** The state of the tab in the address. */
export const depthFields = {
  layers: numberField(20, { from: 2, to: 50, isWhole: true }),
  activation: choiceField('relu', activationNames),
  initialisation: choiceField('xavier', initialisationNames),
  /** What the weights of the initialisation are multiplied by. */
  factor: numberField(1, { from: 0.25, to: 3 }),
  normalisation: choiceField('none', normalisationNames),
  /** Whether each layer is added to what went into it. */
  skip: flagField(false),
  seed: numberField(1, { from: 1, to: 999, isWhole: true }),
};

export type Form = ValuesOf<typeof depthFields>;
