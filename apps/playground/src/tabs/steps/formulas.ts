import { latexNumber } from '../../parts/shownNumber.ts';
import type { ChainName } from './chainNames.ts';
import type { Machine } from './compute/machine.ts';
import type { ChainStep, Passed } from './compute/walk.ts';

const letters: Readonly<Record<ChainName, string>> = {
  logits: 'z',
  max: 'm',
  shift: 's',
  exp: 'u',
  sum: 'S',
  softmax: 'p',
  log: '\\ell',
  pick: 'q',
  add: 'a',
  negate: 'h',
  total: 'H',
  mean: 'M',
  base: 'B',
};

/** A sum within a line, from the font of the letters: the larger one would cost a page a font of its own. */
export const sumSign = '\\mathop{\\Sigma}';

/** The letter of a step in formulas; the last one is the loss. */
export function letterOf({ chain }: Machine, name: ChainName): string {
  return chain[chain.length - 1].name === name ? 'L' : letters[name];
}

/** A step in letters: `p = u / S`. */
export function signOf(machine: Machine, name: ChainName): string {
  const letter = letterOf(machine, name);
  const right = rightSide(machine, name);
  return right === '' ? letter : `${letter} = ${right}`;
}

function rightSide({ chain, question }: Machine, name: ChainName): string {
  const before = chain[Math.max(chain.findIndex((step) => step.name === name) - 1, 0)].name;
  const formulas: Readonly<Record<ChainName, string>> = {
    logits: '',
    max: '\\max z',
    shift: 'z - m',
    exp: 'e^{s}',
    sum: `${sumSign} u`,
    softmax: 'u / S',
    log: '\\ln p',
    pick: 't\\,\\ell',
    add: `${sumSign} q`,
    negate: '-a',
    total: `${sumSign} h`,
    mean: 'H / n',
    base: `${letters[before]} / \\ln ${question.base}`,
  };
  return formulas[name];
}

/** The numbers of a step for one row of the batch; those of all rows where it mixes them. */
export function rowOf(rows: readonly (readonly number[])[], row: number): readonly number[] {
  return rows[Math.min(row, rows.length - 1)];
}

const tuple = (numbers: readonly string[]): string =>
  numbers.length === 1 ? numbers[0] : `(${numbers.join(',\\; ')})`;
const shown = (numbers: readonly number[]): string => tuple(numbers.map((number) => latexNumber(number)));
const bracketed = (number: number, digits = 4): string =>
  number < 0 ? `(${latexNumber(number, digits)})` : latexNumber(number, digits);
const added = (numbers: readonly number[]): string =>
  numbers.map((number, index) => (index === 0 ? latexNumber(number) : bracketed(number))).join(' + ');

/** A step with the numbers of a row put in: `s = (3, 1, -3) - 3 = (0, -2, -6)`. */
export function withNumbers(machine: Machine, name: ChainName, row: number): string {
  const numbersOf = (wanted: ChainName): readonly number[] => {
    const step = machine.chain.find((step) => step.name === wanted);
    return step ? rowOf(step.value, row) : [];
  };
  const at = machine.chain.findIndex((step) => step.name === name);
  const before = machine.chain[Math.max(at - 1, 0)];
  const target = machine.target[Math.min(row, machine.target.length - 1)];
  const middle: Readonly<Record<ChainName, () => string>> = {
    logits: () => '',
    max: () => `\\max ${shown(numbersOf('logits'))} = `,
    shift: () => `${shown(numbersOf('logits'))} - ${bracketed(numbersOf('max')[0])} = `,
    exp: () => `${tuple(numbersOf('shift').map((s) => `e^{${latexNumber(s)}}`))} = `,
    sum: () => `${added(numbersOf('exp'))} = `,
    softmax: () => `${shown(numbersOf('exp'))} \\,/\\, ${latexNumber(numbersOf('sum')[0])} = `,
    log: () => `${tuple(numbersOf('softmax').map((p) => `\\ln ${latexNumber(p)}`))} = `,
    pick: () =>
      `${tuple(numbersOf('log').map((l, index) => `${latexNumber(target[index])} \\cdot ${bracketed(l)}`))} = `,
    add: () => `${added(numbersOf('pick'))} = `,
    negate: () => `-${bracketed(numbersOf('add')[0])} = `,
    total: () => (before.value.length === 1 ? '' : `${added(before.value.flat())} = `),
    mean: () => `${bracketed(numbersOf('total')[0])} \\,/\\, ${latexNumber(machine.divisor)} = `,
    base: () => `${shown(rowOf(before.value, row))} \\,/\\, ${latexNumber(machine.nats)} = `,
  };
  return `${signOf(machine, name)} = ${middle[name]()}${shown(numbersOf(name))}`;
}

/** ∂L/∂x in letters. */
export function slopeBy(machine: Machine, name: ChainName): string {
  return `\\frac{\\partial L}{\\partial ${letterOf(machine, name)}}`;
}

/** What a step passes on to an input, in letters: the incoming gradient times the slope. */
export function passedOn(machine: Machine, name: ChainName, to: ChainName): string {
  const g = slopeBy(machine, name);
  const rules: Readonly<Record<string, string>> = {
    'max>logits': `${g} \\cdot [z = m]`,
    'shift>logits': g,
    'shift>max': `-\\sum ${g}`,
    'exp>shift': `${g} \\cdot u`,
    'sum>exp': g,
    'softmax>exp': `${g} \\cdot \\frac{1}{S}`,
    'softmax>sum': `-\\sum ${g} \\cdot \\frac{p}{S}`,
    'log>softmax': `${g} \\cdot \\frac{1}{p}`,
    'pick>log': `${g} \\cdot t`,
    'add>pick': g,
    'negate>add': `-${g}`,
    'total>negate': g,
    'mean>total': `${g} \\cdot \\frac{1}{n}`,
  };
  return rules[`${name}>${to}`] ?? `${g} \\cdot \\frac{1}{\\ln ${machine.question.base}}`;
}

/** The product written out, one line for each number of the input; terms that are 0 are left out. */
export function productLines(machine: Machine, step: ChainStep, passed: Passed, row: number): string[] {
  const isWhole = passed.jacobian.length === 1;
  const gradient = isWhole ? step.gradient.flat() : rowOf(step.gradient, row);
  const product = isWhole ? passed.product.flat() : rowOf(passed.product, row);
  const jacobian = passed.jacobian[isWhole ? 0 : row];
  const letter = letterOf(machine, passed.to);
  return product.map((number, column) => {
    const terms = gradient.flatMap((g, index) => {
      const slope = jacobian[index][column];
      return slope === 0 || g === 0 ? [] : [`${bracketed(g, 3)} \\cdot ${bracketed(slope, 3)}`];
    });
    const by = product.length === 1 ? letter : `${letter}_{${column}}`;
    const sum = terms.length === 0 ? '' : `${terms.join(' + ')} = `;
    return `\\partial L / \\partial ${by}:\\quad ${sum}${latexNumber(number, 3)}`;
  });
}

/** A numerator over what the reduction and the base divide by, if they do. */
export function over(numerator: string, { question, nats, divisor }: Machine, inNumbers = false): string {
  const parts = [
    ...(question.reduction === 'mean' ? [inNumbers ? latexNumber(divisor) : 'n'] : []),
    ...(question.base === 'e' ? [] : [inNumbers ? latexNumber(nats) : `\\ln ${question.base}`]),
  ];
  return parts.length === 0 ? numerator : `\\frac{${numerator}}{${parts.join(' \\cdot ')}}`;
}
