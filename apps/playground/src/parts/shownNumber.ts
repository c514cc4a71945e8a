/**
 * A number as people read it: so many significant digits (default 4), a true minus sign, powers of ten where it is very
 * large or very small, ∞ and NaN by name.
 */
export function shownNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Object.is(value, -0)) return '−0';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? powerOfTen(size, digits) : String(Number(size.toPrecision(digits)));
  return value < 0 ? `−${text}` : text;
}

/** The same for a formula, in LaTeX. */
export function latexNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '\\text{NaN}';
  return shownNumber(value, digits)
    .replace('−', '-')
    .replace('∞', '\\infty')
    .replace(/·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_all, power: string) => ` \\cdot 10^{${plain(power)}}`);
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTen(size: number, digits: number): string {
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}·10${raise(Number(exponent))}`;
}

/** A whole power of ten, for an axis: 10⁻⁸, 1, 10, 10². */
export function shownPower(power: number): string {
  return power === 0 || power === 1 ? String(10 ** power) : `10${raise(power)}`;
}

const raise = (power: number): string =>
  [...String(power)].map((sign) => (sign === '-' ? '⁻' : raised[Number(sign)])).join('');

const plain = (power: string): string =>
  [...power].map((sign) => (sign === '⁻' ? '-' : String(raised.indexOf(sign)))).join('');
