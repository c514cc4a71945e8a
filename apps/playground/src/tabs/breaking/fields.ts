import { choiceField, numberField, type ValuesOf } from '../../address/fields.ts';
import { experimentNames } from './ends.ts';

export const labelChoices = ['0', '2', '3', '7', '-1', '1.5', '-100'] as const;
export const typeChoices = ['float32', 'float64'] as const;

/** Which experiment is open, and what can be turned in each of them. */
export const breakingFields = {
  experiment: choiceField('overflow', experimentNames),
  /** Of the overflow: the size of the large logit, and the class that is right. */
  logit: numberField(1000, { from: 0, to: 1000 }),
  right: choiceField('0', ['0', '1']),
  type: choiceField('float32', typeChoices),
  /** Of softmax twice. */
  classes: numberField(10, { from: 2, to: 100, isWhole: true }),
  certainty: numberField(20, { from: -20, to: 40 }),
  /** Of the label out of range: the last of three. */
  label: choiceField('3', labelChoices),
  /** Of [N] against [N, 1]. */
  rows: numberField(3, { from: 2, to: 6, isWhole: true }),
  by: choiceField('operations', ['operations', 'mseLoss']),
  /** Of weights with a mean: that of class 1, and how many of four rows are of that class. */
  weight: numberField(9, { from: 0, to: 20 }),
  rare: numberField(4, { from: 0, to: 4, isWhole: true }),
  given: choiceField('both', ['both', 'one']),
  /** Of everything ignored: how many of four rows are. */
  ignored: numberField(4, { from: 0, to: 4, isWhole: true }),
  /** Of the learning rate. */
  rate: numberField(0.3, { from: 0.005, to: 1 }),
  curvature: numberField(10, { from: 1, to: 20 }),
  /** Of the dead ReLU. */
  bias: numberField(-6, { from: -10, to: 2 }),
  unit: choiceField('ReLU', ['ReLU', 'LeakyReLU']),
};

export type Settings = ValuesOf<typeof breakingFields>;
