/** A number as a reader wants it: four digits that count, the sign − of print, a power of ten where it is very small or large. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  // Counts are said in full.
  if (Number.isInteger(value) && size >= 1e4 && size < 1e9) return String(value).replace('-', '−');
  // What is left of a sum that should be 0.
  if (size < 1e-15) return '0';
  const digits = size < 1e-4 || size >= 1e6 ? inPowers(value) : String(Number(value.toPrecision(4)));
  return digits.replace('-', '−');
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function inPowers(value: number): string {
  const [digits, exponent] = value.toExponential(2).split('e');
  const raised = [...exponent.replace('+', '')].map((digit) => (digit === '-' ? '⁻' : superscripts[Number(digit)]));
  return `${digits.replace(/\.?0+$/, '')}·10${raised.join('')}`;
}
