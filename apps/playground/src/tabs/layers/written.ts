import { latexNumber } from '../../parts/shownNumber.ts';
import type { Shown } from './compute/shown.ts';
import type { Operand, View } from './compute/view.ts';
import type { OperandName } from './fields.ts';
import type { Look } from './walk.ts';

/** How many terms of a sum stand on a line: short ones, and long ones. */
const perLine = { short: 3, long: 2 };

const letters: Readonly<Record<OperandName, string>> = { x: 'x', weight: 'w', bias: 'b' };
const normLetters: Readonly<Record<OperandName, string>> = { x: 'x', weight: '\\gamma', bias: '\\beta' };

/** The sign of the number looked at, in LaTeX: x_{1,2}. */
export function signOf(view: View, { grid, at }: Look): string {
  if (grid === 'output') return `y_{${positionIn(view.output, at)}}`;
  const operand = operandIn(view, grid);
  const letter = (view.form.layer === 'batchNorm' ? normLetters : letters)[grid];
  return operand.numbers.length === 1 ? letter : `${letter}_{${positionIn(operand, at)}}`;
}

/** ∂L by the number looked at. */
export const slopeSign = (view: View, look: Look): string => `\\frac{\\partial L}{\\partial ${signOf(view, look)}}`;

/** The number looked at, as the sum that it is, with the numbers put in. */
export function writtenOut(shown: Shown, look: Look): string {
  return look.grid === 'output' ? forward(shown, look) : backward(shown.view, look, look.grid);
}

/** ∂L/∂x_i = Σ_k g_k·∂y_k/∂x_i, over all outputs that read x_i. */
function backward(view: View, look: Look, name: OperandName): string {
  const { jacobian, isLinked, gradient } = operandIn(view, name);
  const terms = jacobian.flatMap((row, output) =>
    isLinked[output][look.at] ? [product(view.cotangent.numbers[output], row[look.at])] : [],
  );
  const what = `\\sum_k g_k \\cdot \\frac{\\partial y_k}{\\partial ${signOf(view, look)}}`;
  return aligned(slopeSign(view, look), [what, ...sumOf(terms), latexNumber(gradient[look.at], 6)]);
}

function forward(shown: Shown, look: Look): string {
  const { view } = shown;
  const x = operandIn(view, 'x');
  const read = x.numbers.filter((_, at) => x.isLinked[look.at][at]);
  const value = latexNumber(view.output.numbers[look.at], 6);
  const sign = signOf(view, look);
  switch (view.form.layer) {
    case 'dense':
      return aligned(sign, ['\\sum_j w_j \\cdot x_j + b', ...sumOf(weighed(view, look)), value]);
    case 'convolution':
      return aligned(sign, ['\\sum w \\cdot x + b', ...sumOf(weighed(view, look)), value]);
    case 'pooling': {
      const list = read.map((number) => latexNumber(number)).join(',\\, ');
      return view.form.pool === 'max'
        ? aligned(sign, [`\\max(${list})`, value])
        : aligned(sign, ['\\tfrac14 \\sum x', `\\tfrac14 (${read.map(bracketed).join(' + ')})`, value]);
    }
    case 'activation':
      return aligned(sign, [`\\operatorname{${view.form.activation}}(${latexNumber(read[0])})`, value]);
    case 'batchNorm':
      return normalised(shown, look, value);
    case 'dropout':
      return x.jacobian[look.at][look.at] === 0
        ? aligned(sign, [`0 \\cdot ${bracketed(read[0])}`, value])
        : aligned(sign, [
            `\\frac{x}{1 - p}`,
            `\\frac{${latexNumber(read[0])}}{${latexNumber(1 - view.form.rate)}}`,
            value,
          ]);
  }
}

/** y = γ·(x - mean)/√(variance + ε) + β for the feature of the column. */
function normalised({ view, statistics }: Shown, look: Look, value: string): string {
  const column = look.at % view.output.columns;
  const [x, gamma, beta] = view.operands;
  const [mean, deviation] = [statistics?.mean[column] ?? 0, statistics?.deviation[column] ?? 1];
  const centred = `${latexNumber(x.numbers[look.at])} - ${bracketed(mean)}`;
  return aligned(signOf(view, look), [
    '\\gamma \\cdot \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta',
    `${bracketed(gamma.numbers[column])} \\cdot \\frac{${centred}}{${latexNumber(deviation)}} + ${bracketed(beta.numbers[column])}`,
    value,
  ]);
}

/** Weight times input for each input that the output reads, and the bias. */
function weighed(view: View, { at }: Look): string[] {
  const [x, , bias] = view.operands;
  const terms = x.numbers.flatMap((number, index) =>
    x.isLinked[at][index] ? [product(x.jacobian[at][index], number)] : [],
  );
  return [...terms, bracketed(bias.numbers[bias.numbers.length === 1 ? 0 : at % view.output.columns])];
}

function sumOf(terms: readonly string[]): string[] {
  if (terms.length === 0) return ['0'];
  const lines: string[] = [];
  const count = terms.some((term) => term.length > 20) ? perLine.long : perLine.short;
  for (let at = 0; at < terms.length; at += count) lines.push(terms.slice(at, at + count).join(' + '));
  return [lines.join(' \\\\ &\\quad + ')];
}

const aligned = (sign: string, lines: readonly string[]): string =>
  `\\begin{aligned} ${sign} &= ${lines.join(' \\\\ &= ')} \\end{aligned}`;

const product = (one: number, other: number): string => `${bracketed(one)} \\cdot ${bracketed(other)}`;

function bracketed(number: number): string {
  const text = latexNumber(number, 3);
  return number < 0 || Object.is(number, -0) ? `(${text})` : text;
}

/** Row and column of an element; its column alone in a grid of one row. */
function positionIn({ rows, columns }: { readonly rows: number; readonly columns: number }, at: number): string {
  return rows === 1 ? String(at) : `${Math.floor(at / columns)},${at % columns}`;
}

/** An operand by its name. */
export function operandIn({ operands }: View, name: OperandName): Operand {
  const operand = operands.find((each) => each.name === name);
  if (operand === undefined) throw new Error(`this layer has no ${name}`);
  return operand;
}
