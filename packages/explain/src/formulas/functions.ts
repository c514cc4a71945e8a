import { cases, elementwise } from './elementwise.ts';
import { constant, type FormulaTable, formula, numberOf } from './formula.ts';

const one = formula('1');
const zero = formula('0');
const bounds = (attributes: Readonly<Record<string, unknown>>) => ({
  low: constant(numberOf(attributes.min, -Infinity)),
  high: constant(numberOf(attributes.max, Infinity)),
});

/** Functions of one number. */
export const functions: FormulaTable = {
  exp: () =>
    elementwise({
      value: formula('e^x', 'e^{x}'),
      slopes: { x: formula('y') },
      inWords: 'The slope of e^x is e^x itself, the value that was computed already.',
    }),
  log: () =>
    elementwise({
      value: formula('ln x', '\\ln x'),
      slopes: { x: formula('1/x', '\\frac{1}{x}') },
      inWords: 'The smaller a number is, the more steeply its logarithm rises.',
    }),
  sqrt: () =>
    elementwise({
      value: formula('√x', '\\sqrt{x}'),
      slopes: { x: formula('1/(2·y)', '\\frac{1}{2y}') },
      inWords: 'The slope is one over twice the root, and infinite at 0.',
    }),
  abs: () =>
    elementwise({
      value: formula('|x|', '\\lvert x \\rvert'),
      slopes: { x: formula('sign(x)', '\\operatorname{sign}(x)') },
      inWords: 'Up on the right, down on the left, and 0 at the kink at 0.',
    }),
  sign: () =>
    elementwise({
      value: formula('sign(x)', '\\operatorname{sign}(x)'),
      slopes: { x: null },
      inWords: 'It is flat wherever it has a slope, so nothing flows back.',
    }),
  negate: () =>
    elementwise({
      value: formula('-x'),
      slopes: { x: formula('-1') },
      inWords: 'The cotangent goes back with the other sign.',
    }),
  erf: () =>
    elementwise({
      value: formula(
        'erf(x) = 2/√π·∫₀ˣ e^(-s²) ds',
        '\\operatorname{erf}(x) = \\frac{2}{\\sqrt{\\pi}} \\int_0^x e^{-s^2}\\,ds',
      ),
      slopes: { x: formula('2/√π·e^(-x²)', '\\frac{2}{\\sqrt{\\pi}}\\, e^{-x^2}') },
      inWords: 'The slope of an integral is what is integrated.',
    }),
  cast: ({ attributes }) =>
    elementwise({
      value: formula(`x as ${attributes.dtype}`, `x \\text{ as ${attributes.dtype}}`),
      slopes: { x: one },
      inWords: 'The number stays, its type changes; the cotangent goes back in the type it had.',
    }),
  clamp: ({ attributes }) => {
    const { low, high } = bounds(attributes);
    return elementwise({
      value: formula(`min(max(x, ${low.text}), ${high.text})`, `\\min(\\max(x, ${low.latex}), ${high.latex})`),
      slopes: {
        x: cases(one, formula(`${low.text} ≤ x ≤ ${high.text}`, `${low.latex} \\le x \\le ${high.latex}`), zero),
      },
      inWords: 'Between the bounds and on them the cotangent passes, outside nothing does.',
    });
  },
  within: ({ attributes }) => {
    const { low, high } = bounds(attributes);
    return elementwise({
      value: cases(one, formula(`${low.text} ≤ x ≤ ${high.text}`, `${low.latex} \\le x \\le ${high.latex}`), zero),
      slopes: { x: null },
      inWords: 'A question with the answers 1 and 0 has no slope.',
    });
  },
  fraction: () =>
    elementwise({
      value: formula('x - ⌊x⌋', 'x - \\lfloor x \\rfloor'),
      slopes: { x: one },
      inWords: 'Between whole numbers it rises with slope 1.',
    }),
};
