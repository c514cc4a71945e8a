import { erf, tensor } from '@tapegrad/core';

/*
 * The formulas of ops that work element by element, read as a reader does, and computed: so that what is written can be
 * held against what is done. The others are sums over indices in words, which only people can read.
 */

/** All that `Math` has, and what a textbook writes otherwise. */
const functions: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name as 'sin']])),
  pi: Math.PI,
  ln: Math.log,
  root: Math.sqrt,
  sigma: (x: number) => 1 / (1 + Math.exp(-x)),
  density: (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  distribution: (x: number) => (1 + erf(tensor(Float64Array.of(x / Math.SQRT2))).item()) / 2,
};

/**
 * The number that a formula in plain signs has for these letters; `undefined` where it cannot be read.
 *
 * @param formula the right side of an equation: `max(x, 0)`, `1 where x > 0, else 0`, `2·t, t = tanh x`
 */
export function evaluate(formula: string, letters: Readonly<Record<string, number>>): number | undefined {
  const known = { ...functions, ...letters };
  try {
    const compute = new Function(...Object.keys(known), `return ${asCode(formula)};`);
    return Number(compute(...Object.values(known)));
  } catch {
    return undefined;
  }
}

/** A formula in plain signs as an expression of JavaScript. */
function asCode(formula: string): string {
  const chosen = /^(.*?) where (.*), else (.*)$/.exec(formula);
  if (chosen) {
    const [, value, condition, instead] = chosen;
    const more = /^(.*), (.*) where (.*)$/.exec(condition);
    const rest = more ? `${more[2]} where ${more[3]}, else ${instead}` : instead;
    return `(${asCondition(more ? more[1] : condition)}) ? ${asCode(value)} : ${asCode(rest)}`;
  }
  const defined = /^(.*), ([a-z]) = (.*)$/.exec(formula);
  if (defined)
    return asCode(defined[1].replaceAll(new RegExp(`(?<![a-z])${defined[2]}(?![a-z])`, 'g'), `(${defined[3]})`));
  return formula
    .replaceAll('2/√π', '(2/root(pi))')
    .replaceAll('√(2/π)', 'root(2/pi)')
    .replaceAll(/√([a-z])/g, 'root($1)')
    .replaceAll(/\|([a-z])\|/g, 'max($1, -$1)')
    .replaceAll(/([a-z]) as float32/g, 'fround($1)')
    .replaceAll(/([a-z]) as float64/g, '$1')
    .replaceAll(/⌊([a-z])⌋/g, 'floor($1)')
    .replaceAll(/\b([a-z]{2,}) ([a-z])\b/g, '$1($2)')
    .replaceAll(/\b([a-z]{2,}) ([a-z]{2,}\([a-z]\))/g, '$1($2)')
    .replaceAll('σ', 'sigma')
    .replaceAll('φ', 'density')
    .replaceAll('Φ', 'distribution')
    .replaceAll(/e\^\((.*?)\)/g, '(2.718281828459045 ** ($1))')
    .replaceAll(/e\^x/g, '(2.718281828459045 ** x)')
    .replaceAll(/-x²/g, '-(x ** 2)')
    .replaceAll('²', ' ** 2')
    .replaceAll('³', ' ** 3')
    .replaceAll('^', ' ** ')
    .replaceAll('∞', 'Infinity')
    .replaceAll('·', '*');
}

function asCondition(text: string): string {
  const signs = text.replaceAll('≤', '<=').replaceAll('≥', '>=').replaceAll('≠', '!=').replaceAll(' = ', ' == ');
  const between = /^(.*) (<=?) (.*) (<=?) (.*)$/.exec(signs.replaceAll('∞', 'Infinity'));
  const parts = between
    ? [`${between[1]} ${between[2]} ${between[3]}`, `${between[3]} ${between[4]} ${between[5]}`]
    : [signs];
  return parts.map((part) => part.replaceAll('·', '*')).join(' && ');
}
