import { cotangentLetter } from './elementwise.ts';
import { type Formula, type FormulaTable, formula, letter, type StepFacts, type StepFormulas } from './formula.ts';
import { structural } from './structural.ts';

interface Movement {
  readonly value: (x: Formula) => Formula;
  /** When ∂y[i]/∂x[k] is 1. */
  readonly meets: Formula;
  readonly product: (g: string) => Formula;
  readonly inWords: string;
}

/** An op that computes nothing: each number of y is one of x, or a constant. */
function movement({ inputs }: StepFacts, { value, meets, product, inWords }: Movement): StepFormulas {
  const [name] = Object.keys(inputs);
  const x = letter(name);
  return structural({
    value: value(x),
    inputs: { [name]: { derivative: isOneWhere(x, meets), product: product(cotangentLetter([name])) } },
    inWords,
  });
}

function isOneWhere(x: Formula, meets: Formula): Formula {
  return formula(
    `∂y[i]/∂${x.text}[k] = 1 where ${meets.text}, else 0`,
    `\\frac{\\partial y_i}{\\partial ${x.latex}_k} = \\begin{cases} 1 & \\text{${meets.text}} \\\\ 0 & \\text{else} \\end{cases}`,
  );
}

/** Words as both spellings. */
function words(text: string): Formula {
  return formula(text, `\\text{${text}}`);
}

const wordsOf = (left: string, x: Formula, right: string): Formula =>
  formula(`${left}${x.text}${right}`, `${left}${x.latex}\\text{${right}}`);

const shapeOf = (attribute: unknown): string =>
  Array.isArray(attribute) ? `[${attribute.join(', ')}]` : 'another shape';

/** Ops that move numbers about. */
export const shapes: FormulaTable = {
  reshape: (facts) =>
    movement(facts, {
      value: (x) => wordsOf('y = ', x, ` read by the shape ${shapeOf(facts.attributes.shape)}`),
      meets: words('i and k are the same place in row-major order'),
      product: (g) => wordsOf('', formula(g), ' read by the shape of the input'),
      inWords: 'Nothing is computed: the numbers are the same, and so are their cotangents.',
    }),
  transpose: (facts) =>
    movement(facts, {
      value: (x) => wordsOf('y = ', x, ` with its axes in the order ${shapeOf(facts.attributes.order)}`),
      meets: words('i is k with its axes in that order'),
      product: (g) => wordsOf('', formula(g), ' with its axes put back'),
      inWords: 'Nothing is computed: each cotangent goes back to where its number came from.',
    }),
  slice: (facts) =>
    movement(facts, {
      value: (x) => wordsOf('y = ', x, ', the part within the ranges'),
      meets: words('place i of the part is place k of the whole'),
      product: (g) => wordsOf('', formula(g), ' among zeros, where the part was taken from'),
      inWords: 'What was left out has no part in the loss: its gradient is 0.',
    }),
  embed: (facts) =>
    movement(facts, {
      value: (x) => wordsOf('y = ', x, `, amid places filled with ${String(facts.attributes.value ?? 0)}`),
      meets: words('i is where k was put'),
      product: (g) => wordsOf('', formula(g), ', the part where the input stands'),
      inWords: 'The cotangents of the filling go nowhere.',
    }),
  broadcastTo: (facts) =>
    movement(facts, {
      value: (x) => wordsOf('y = ', x, ` repeated to the shape ${shapeOf(facts.attributes.shape)}`),
      meets: words('i is a copy of k'),
      product: (g) => formula(`Σ ${g} over the copies`, `\\sum_{\\text{copies}} ${g}`),
      inWords: 'Each copy is a use, so the cotangents of the copies are added.',
    }),
  sumTo: (facts) =>
    movement(facts, {
      value: (x) => formula(`y = Σ ${x.text} over the copies`, `y = \\sum_{\\text{copies}} ${x.latex}`),
      meets: words('k is one of the copies added to i'),
      product: (g) => wordsOf('', formula(g), ', repeated for each copy'),
      inWords: 'Every summand receives the cotangent of the sum as it is.',
    }),
  concat: ({ attributes, inputs }) =>
    structural({
      value: wordsOf(
        'y = ',
        joined(Object.keys(inputs)),
        `, one behind the other along axis ${String(attributes.axis)}`,
      ),
      inputs: Object.fromEntries(
        Object.keys(inputs).map((name) => [
          name,
          {
            derivative: isOneWhere(letter(name), words('i is where k was put')),
            product: formula(`the piece of g for ${name}`, `g \\text{, the piece for } ${letter(name).latex}`),
          },
        ]),
      ),
      inWords: 'Each part gets its own piece of the cotangent.',
    }),
};

function joined(names: readonly string[]): Formula {
  return formula(names.join(', '), names.map((name) => letter(name).latex).join(', '));
}
