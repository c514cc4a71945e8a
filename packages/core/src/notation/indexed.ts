import { cotangentLetter } from './elementwise.ts';
import { type Formula, formula, letter } from './formula.ts';
import { moved } from './moved.ts';
import type { StepFacts, StepFormulas } from './stepFormulas.ts';
import { isOneWhere, structural } from './structural.ts';

/** What happens to the cotangents of numbers that were taken. */
export const addUp = 'A number gets the cotangents of all the indices it went to, added; what was never taken gets 0.';

/** y = numbers of the first input at given indices; the indices themselves have no gradient. */
export function taken({ inputs }: StepFacts, value: (x: Formula) => Formula, inWords = addUp): StepFormulas {
  const [name, ...indices] = Object.keys(inputs);
  const g = cotangentLetter([name]);
  return structural({
    value: value(letter(name)),
    inputs: {
      [name]: {
        derivative: isOneWhere(letter(name), 'i was taken from index k'),
        product: formula(`Σ ${g}[i] over all i taken from index k`, `\\sum_{i \\text{ taken from } k} ${g}_i`),
      },
      ...Object.fromEntries(indices.map((index) => [index, null])),
    },
    inWords,
  });
}

/** y = zeros, to which the numbers of the input are added at given indices: the transpose of {@link taken}. */
export function putBack(facts: StepFacts): StepFormulas {
  return moved(facts, {
    value: (x) =>
      formula(`y[i] = Σ ${x.text}[k] over all k put at index i`, `y_i = \\sum_{k \\text{ put at } i} ${x.latex}_k`),
    meets: 'number k was put at i',
    product: (g) =>
      formula(`${g} at the index where k was put`, `${g} \\text{ at the index where } k \\text{ was put}`),
    inWords: 'Putting numbers back where they were taken from; its transpose takes them again.',
  });
}
