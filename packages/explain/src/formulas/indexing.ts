import { cotangentLetter } from './elementwise.ts';
import { type Formula, type FormulaTable, formula, letter, type StepFacts, type StepFormulas } from './formula.ts';
import { structural } from './structural.ts';

/** y = numbers of the first input at given places; the places themselves have no gradient. */
function taken(value: (x: Formula) => Formula, inWords: string): (facts: StepFacts) => StepFormulas {
  return ({ inputs }) => {
    const [name, ...indices] = Object.keys(inputs);
    const g = cotangentLetter([name]);
    return structural({
      value: value(letter(name)),
      inputs: {
        [name]: {
          derivative: isOneWhere(letter(name), 'i was taken from place k'),
          product: formula(`Σ ${g}[i] over all i taken from place k`, `\\sum_{i \\text{ taken from } k} ${g}_i`),
        },
        ...Object.fromEntries(indices.map((index) => [index, null])),
      },
      inWords,
    });
  };
}

/** y = zeros, to which the numbers of the input are added at given places. */
function put(): (facts: StepFacts) => StepFormulas {
  return ({ inputs }) => {
    const [name] = Object.keys(inputs);
    const [x, g] = [letter(name), cotangentLetter([name])];
    return structural({
      value: formula(
        `y[i] = Σ ${x.text}[k] over all k put at place i`,
        `y_i = \\sum_{k \\text{ put at } i} ${x.latex}_k`,
      ),
      inputs: {
        [name]: {
          derivative: isOneWhere(x, 'place k was put at i'),
          product: formula(`${g} at the place where k was put`, `${g} \\text{ at the place where } k \\text{ was put}`),
        },
      },
      inWords: 'Putting numbers back where they were taken from; its transpose takes them again.',
    });
  };
}

function isOneWhere(x: Formula, condition: string): Formula {
  return formula(
    `∂y[i]/∂${x.text}[k] = 1 where ${condition}, else 0`,
    `\\frac{\\partial y_i}{\\partial ${x.latex}_k} = \\begin{cases} 1 & \\text{${condition}} \\\\ 0 & \\text{else} \\end{cases}`,
  );
}

const addUp = 'A number gets the cotangents of all the places it went to, added; what was never taken gets 0.';

/** Numbers taken from places, and put back there. */
export const indexing: FormulaTable = {
  take: taken(
    (x) =>
      formula(
        `y = the slices of ${x.text} that indices name`,
        `y = \\text{the slices of } ${x.latex} \\text{ that } \\mathrm{indices} \\text{ name}`,
      ),
    addUp,
  ),
  takeGradient: put(),
  embedding: taken(
    (x) =>
      formula(
        `y = the rows of ${x.text} that indices name`,
        `y = \\text{the rows of } ${x.latex} \\text{ that } \\mathrm{indices} \\text{ name}`,
      ),
    `${addUp} So does the row for padding, if there is one.`,
  ),
  embeddingGradient: put(),
  gather: taken(
    (x) =>
      formula(
        `y[i] = ${x.text} at place index[i] along the axis`,
        `y_i = ${x.latex} \\text{ at place } \\mathrm{index}_i \\text{ along the axis}`,
      ),
    addUp,
  ),
  gatherGradient: put(),
  takePlaces: taken(
    (x) =>
      formula(
        `y[i] = ${x.text} at place i of a list, 0 outside of the image`,
        `y_i = ${x.latex} \\text{ at place } i \\text{ of a list, 0 outside of the image}`,
      ),
    addUp,
  ),
  putPlaces: put(),
};
