import { cases, elementwise } from './elementwise.ts';
import { type Formula, type FormulaTable, formula, type StepFormulas } from './formula.ts';

const one = formula('1');
const zero = formula('0');

/** An op of x and y with the output z. */
function ofTwo(value: Formula, x: Formula | null, y: Formula | null, inWords: string): StepFormulas {
  return elementwise({ output: 'z', value, slopes: { x, y }, inWords });
}

function comparison(sign: string, latex: string): StepFormulas {
  const isTrue = formula(`x ${sign} y`, `x ${latex} y`);
  return ofTwo(cases(one, isTrue, zero), null, null, 'A question with the answers 1 and 0 has no slope.');
}

/** 1 where a stands on the right side of b, ½ where they are equal, else 0. */
function share(condition: Formula): Formula {
  return formula(
    `1 where ${condition.text}, 1/2 where x = y, else 0`,
    `\\begin{cases} 1 & ${condition.latex} \\\\ \\tfrac12 & x = y \\\\ 0 & \\text{else} \\end{cases}`,
  );
}

const isGreater = formula('x > y');
const isLess = formula('x < y');
const toTheChosen = 'The cotangent goes to the one that was chosen; equals get half each.';

/** Arithmetic of two numbers, comparisons, and the choice between two. */
export const arithmetic: FormulaTable = {
  add: () => ofTwo(formula('x + y'), one, one, 'Both summands receive the cotangent as it is.'),
  accumulate: () =>
    elementwise({
      value: formula('a + b'),
      slopes: { a: one, b: one },
      inWords: 'Two cotangents of the same value are added; each receives the cotangent of the sum as it is.',
    }),
  subtract: () =>
    ofTwo(
      formula('x - y'),
      one,
      formula('-1'),
      'The first receives the cotangent as it is, the second with the other sign.',
    ),
  multiply: () =>
    ofTwo(
      formula('x·y', 'x \\cdot y'),
      formula('y'),
      formula('x'),
      'Each factor receives the cotangent times the other.',
    ),
  divide: () =>
    ofTwo(
      formula('x/y', '\\frac{x}{y}'),
      formula('1/y', '\\frac{1}{y}'),
      formula('-z/y', '-\\frac{z}{y}'),
      'A larger numerator raises the quotient, a larger denominator lowers it.',
    ),
  pow: () =>
    ofTwo(
      formula('x^y', 'x^{y}'),
      formula('y·x^(y-1)', 'y\\,x^{y-1}'),
      formula('z·ln x', 'z \\ln x'),
      'By the base the power rule, which is 0 for an exponent of 0; by the exponent the logarithm of the base, 0 for a base of 0.',
    ),
  maximum: () => ofTwo(formula('max(x, y)', '\\max(x, y)'), share(isGreater), share(isLess), toTheChosen),
  minimum: () => ofTwo(formula('min(x, y)', '\\min(x, y)'), share(isLess), share(isGreater), toTheChosen),
  greaterShare: () =>
    ofTwo(share(isGreater), null, null, 'How much of a maximum is due to the first; it has no slope.'),
  equal: () => comparison('=', '='),
  greater: () => comparison('>', '>'),
  greaterOrEqual: () => comparison('≥', '\\ge'),
  where: () => {
    const isChosen = formula('condition ≠ 0', '\\mathrm{condition} \\ne 0');
    return elementwise({
      output: 'z',
      value: cases(formula('x'), isChosen, formula('y')),
      slopes: { condition: null, x: cases(one, isChosen, zero), y: cases(zero, isChosen, one) },
      inWords:
        'The cotangent goes to the side that was taken; the other gets exactly 0, and the condition has no slope.',
    });
  },
};
