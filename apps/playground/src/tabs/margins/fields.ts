import { type Field, numberField, type ValuesOf } from '../../address/fields.ts';
import { type LossName, lossNames } from './names.ts';

const isLoss = (text: string): text is LossName => lossNames.some((name) => name === text);

/** Which losses are shown: their names with commas, in the order of the legend. */
const shownField: Field<readonly LossName[]> = {
  initial: ['zeroOne', 'hinge', 'logistic', 'focal', 'additive'],
  read: (text) => {
    const said = text === '' ? [] : text.split(',');
    return said.every(isLoss) ? lossNames.filter((name) => said.includes(name)) : undefined;
  },
  write: (names) => names.join(','),
};

/** How far margins reach. */
export const reach = 4;

/** The state of the tab in the address. */
export const marginFields = {
  shown: shownField,
  margin: numberField(1.2, { from: -reach, to: reach }),
  classes: numberField(3, { from: 2, to: 1000, isWhole: true }),
  gamma: numberField(2, { from: 0, to: 5 }),
  scale: numberField(2, { from: 0.5, to: 4 }),
  cosine: numberField(0.35, { from: 0, to: 1 }),
  angle: numberField(0.5, { from: 0, to: 1.5 }),
  multiple: numberField(2, { from: 1, to: 4, isWhole: true }),
};

export type Form = ValuesOf<typeof marginFields>;
