import { latexNumber } from '../../parts/shownNumber.ts';
import type { View } from './compute/view.ts';

/** A formula of nn's calculators, which is plain text, as LaTeX. */
export function latexOf(text: string): string {
  return text
    .replace(/[A-Za-z]{2,}\d*(?: [A-Za-z]{2,})*(?: (?=\d))?/g, (words) => `\\text{${words}}`)
    .replaceAll('start₋₁', 'start_{-1}')
    .replaceAll('₋₁', '_{-1}')
    .replaceAll('·', '\\cdot ')
    .replaceAll('−', '-')
    .replaceAll('⌊', '\\left\\lfloor ')
    .replaceAll('⌋', '\\right\\rfloor ')
    .replaceAll('⌈', '\\left\\lceil ')
    .replaceAll('⌉', '\\right\\rceil ')
    .replaceAll(', ', ',\\; ')
    .replaceAll(': ', ':\\; ');
}

/** How many terms of a sum are written out, and how many on a line. */
const most = 36;
const perLine = 6;

/** The number looked at as the sum that it is, with the numbers put in. */
export function sumOf({ picture, look }: View): string {
  const { input, cotangent, bias, form } = picture;
  const index = look.at.join(',');
  if (look.side === 'input') {
    const terms = look.weights.flatMap((weight, at) =>
      look.isLinked[at] ? [term(weight, cotangent.numbers[at])] : [],
    );
    const sign = `\\frac{\\partial L}{\\partial x_{${index}}}`;
    return written(sign, 'w \\cdot \\frac{\\partial L}{\\partial y}', terms, look.value);
  }
  const ring = ringOf(form);
  const width = input.width + 2 * ring;
  const terms = look.weights.flatMap((weight, at) => {
    if (!look.isLinked[at]) return [];
    const [row, column] = [(Math.floor(at / width) % width) - ring, (at % width) - ring];
    const isInside = row >= 0 && row < input.height && column >= 0 && column < input.width;
    const channel = Math.floor(at / width ** 2);
    return isInside ? [term(weight, input.numbers[(channel * input.height + row) * input.width + column])] : [];
  });
  return written(`y_{${index}}`, 'w \\cdot x', [...terms, bracketed(bias[look.at[0]])], look.value, ' + b');
}

/** How many zeros stand around the picture of the input: the padding, but of a transposed convolution, which cuts it off. */
export function ringOf({ operation, padding }: View['picture']['form']): number {
  return operation === 'transposed' ? 0 : padding;
}

function written(sign: string, what: string, terms: readonly string[], value: number, more = ''): string {
  const shown = terms.length > most ? [...terms.slice(0, most), '\\cdots'] : terms;
  const lines: string[] = [];
  for (let at = 0; at < shown.length; at += perLine) lines.push(shown.slice(at, at + perLine).join(' + '));
  const sum = lines.map((line, at) => (at === 0 ? `&= ${line}` : `&\\quad + ${line}`)).join(' \\\\ ');
  return `\\begin{aligned} ${sign} &= \\sum ${what}${more} \\\\ ${sum || '&= 0'} \\\\ &= ${latexNumber(value, 6)} \\end{aligned}`;
}

const term = (weight: number, number: number): string => `${bracketed(weight)} \\cdot ${bracketed(number)}`;

function bracketed(number: number): string {
  const text = latexNumber(number, 3);
  return number < 0 ? `(${text})` : text;
}
