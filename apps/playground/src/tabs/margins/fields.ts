import { choicesField, numberField, type ValuesOf } from '../../address/fields.ts';
import { lossNames } from './names.ts';

/** How far margins reach. */
export const reach = 4;

/** The state of the tab in the address. */
export const marginFields = {
  shown: choicesField(['zeroOne', 'hinge', 'logistic', 'focal', 'additive'], lossNames),
  margin: numberField(1.2, { from: -reach, to: reach }),
  classes: numberField(3, { from: 2, to: 1000, isWhole: true }),
  gamma: numberField(2, { from: 0, to: 5 }),
  scale: numberField(2, { from: 0.5, to: 4 }),
  cosine: numberField(0.35, { from: 0, to: 1 }),
  angle: numberField(0.5, { from: 0, to: 1.5 }),
  multiple: numberField(2, { from: 1, to: 4, isWhole: true }),
};

export type Form = ValuesOf<typeof marginFields>;
