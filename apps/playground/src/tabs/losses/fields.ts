import { choiceField, choicesField, type Field, numberField, numbersField } from '../../address/fields.ts';
import { reach, steps } from './descent.ts';
import { lossNames } from './names.ts';

/** Points of the plot, x and y in turn; none for the points of the seed. */
const coordinates = numbersField([], { from: -reach.y, to: reach.y, atLeast: 0, atMost: 48 });
const pointsField: Field<readonly number[]> = {
  ...coordinates,
  read: (text) => {
    const read = coordinates.read(text);
    if (read === undefined || read.length % 2 === 1) return undefined;
    return read.map((value, at) => (at % 2 === 0 ? Math.max(-reach.x, Math.min(reach.x, value)) : value));
  },
};

/** The state of the tab in the address. */
export const lossFields = {
  shown: choicesField(
    lossNames.filter((name) => name !== 'halfSquared'),
    lossNames,
  ),
  /** The residual, prediction - target, at which the losses are read. */
  residual: numberField(2, { from: -4, to: 4 }),
  delta: numberField(1.5, { from: 0.05, to: 4 }),
  beta: numberField(0.5, { from: 0, to: 4 }),
  /** Nearer to an end gradient descent takes longer than the page has steps. */
  tau: numberField(0.8, { from: 0.1, to: 0.9 }),
  seed: numberField(1, { from: 1, to: 9999, isWhole: true }),
  points: pointsField,
  rate: numberField(0.1, { from: 0.001, to: 1 }),
  step: numberField(steps, { from: 0, to: steps, isWhole: true }),
  /** The logit of the true class. */
  logit: numberField(-6, { from: -12, to: 12 }),
  classes: choiceField('2', ['2', '3']),
};
