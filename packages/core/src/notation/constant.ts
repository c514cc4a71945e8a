import { type Formula, formula } from './formula.ts';

/** An attribute as a number; `instead` where it is none. */
export function numberOf(attribute: unknown, instead: number): number {
  return typeof attribute === 'number' ? attribute : instead;
}

/** A number within a formula: infinities have signs of their own. */
export function constant(number: number): Formula {
  if (Math.abs(number) === Infinity) return number > 0 ? formula('∞', '\\infty') : formula('-∞', '-\\infty');
  const short = String(Number(number.toPrecision(6)));
  const [digits, exponent] = short.split('e');
  return formula(short, exponent ? `${digits} \\cdot 10^{${Number(exponent)}}` : digits);
}

/** number·by, where a factor of 1 is not written. */
export function scaled(number: number, by: Formula): Formula {
  const factor = constant(number);
  return number === 1 ? by : formula(`${factor.text}·${by.text}`, `${factor.latex} \\cdot ${by.latex}`);
}
