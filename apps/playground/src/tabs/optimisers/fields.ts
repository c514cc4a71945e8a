import {
  choiceField,
  choicesField,
  type Field,
  numberField,
  numbersField,
  type ValuesOf,
} from '../../address/fields.ts';
import { type OptimiserName, optimiserNames, rates } from './names.ts';
import { valleyNames } from './valleys.ts';

/** The learning rate of each optimiser: `rate-adam`. */
type Rates = Readonly<Record<`rate-${OptimiserName}`, Field<number>>>;
const rateFields = Object.fromEntries(
  optimiserNames.map((name) => [`rate-${name}`, numberField(rates[name], { from: 1e-4, to: 10 })]),
) as Rates;

/** How many steps are computed; how many are shown is a field. */
export const mostSteps = 150;

/** The state of the tab in the address. */
export const optimiserFields = {
  machine: choiceField('valley', ['valley', 'decay']),
  valley: choiceField('bowl', valleyNames),
  /** How much steeper the valley is across than along: the condition number of the first two. */
  steepness: numberField(20, { from: 1, to: 100 }),
  /** Where all begin; none for where the valley wants it. */
  start: numbersField([], { from: -10, to: 10, atLeast: 0, atMost: 2 }),
  walkers: choicesField(['sgd', 'momentum', 'adam'], optimiserNames),
  step: numberField(40, { from: 0, to: mostSteps, isWhole: true }),
  momentum: numberField(0.9, { from: 0.1, to: 0.99 }),
  decay: numberField(0.1, { from: 0, to: 1 }),
  ...rateFields,
  /** Of the second machine: sizes of the gradients of two weights, learning rate, decay, steps. */
  large: numberField(10, { from: 0.01, to: 100 }),
  small: numberField(0.1, { from: 0.01, to: 100 }),
  rate: numberField(0.01, { from: 0.001, to: 0.1 }),
  lambda: numberField(0.1, { from: 0, to: 1 }),
  decaySteps: numberField(400, { from: 10, to: 1000, isWhole: true }),
};

export type Form = ValuesOf<typeof optimiserFields>;
