import { describe, expect, test } from 'vitest';
import { digits, exactCosine, exactExponential, exactLogarithm, fixed } from '../../test/exact.ts';
import { Random } from '../random/random.ts';
import { cosine, exponential, logarithm, power, sine } from './index.ts';

/** How many ulp a result is off from an exact number in fixed point. */
function ulps(result: number, exact: bigint): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(result));
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  const ulp = fixed(bits.getFloat64(0)) - fixed(Math.abs(result));
  const error = fixed(result) - exact;
  return Number(((error < 0n ? -error : error) * 1000n) / ulp) / 1000;
}

const random = new Random(1);
const draw = (low: number, high: number): number[] => Array.from({ length: 300 }, () => random.uniform(low, high));

describe('at most 1 ulp off', () => {
  test.each([
    ['near 1', draw(0.5, 2)],
    ['small and large', draw(-700, 700).map((x) => Math.exp(x))],
  ])('ln x, %s', (_, numbers) => {
    for (const x of numbers) expect(ulps(logarithm(x), exactLogarithm(x)), `${x}`).toBeLessThan(1);
  });

  test.each([
    ['near 0', draw(-1, 1)],
    ['small and large', draw(-300, 300)],
  ])('e^x, %s', (_, numbers) => {
    for (const x of numbers) expect(ulps(exponential(x), exactExponential(fixed(x))), `${x}`).toBeLessThan(1);
  });

  test.each([
    ['of one turn', draw(0, 2 * Math.PI)],
    ['of many turns', draw(-1e5, 1e5)],
  ])('cos x and sin x, %s', (_, numbers) => {
    for (const x of numbers) {
      expect(ulps(cosine(x), exactCosine(fixed(x))), `${x}`).toBeLessThan(1);
      // sin x = 2·cos(x/2 - π/4)² - 1
      const half = exactCosine(fixed(x) / 2n - exactQuarter());
      expect(ulps(sine(x), ((2n * half * half) >> digits) - (1n << digits)), `${x}`).toBeLessThan(1);
    }
  });

  test('x^y', () => {
    const exponents = draw(-200, 200);
    draw(0.1, 10).forEach((x, at) => {
      const y = at % 2 === 0 ? exponents[at] : Math.round(exponents[at]);
      const exact = exactExponential((fixed(y) * exactLogarithm(x)) >> digits);
      expect(ulps(power(x, y), exact), `${x}^${y}`).toBeLessThan(1);
    });
  });

  /** π/4 by Machin's formula: 4·arctan(1/5) - arctan(1/239). */
  function exactQuarter(): bigint {
    const arctangent = (of: bigint): bigint => {
      let sum = 0n;
      let term = (1n << digits) / of;
      for (let odd = 1n; term !== 0n; odd += 2n, term /= -(of * of)) sum += term / odd;
      return sum;
    };
    return 4n * arctangent(5n) - arctangent(239n);
  }
});

describe('at the ends', () => {
  const { NaN: none } = Number;
  test.each([
    ['ln', logarithm, [1, 0, -0, -1, Infinity, none], [0, -Infinity, -Infinity, none, Infinity, none]],
    [
      'exp',
      exponential,
      [0, Infinity, -Infinity, 709.782712893384, 710, none],
      [1, Infinity, 0, 1.7976931348622732e308, Infinity, none],
    ],
    ['cos', cosine, [0, -0, Infinity, none], [1, 1, none, none]],
    ['sin', sine, [0, -0, Infinity, none], [0, -0, none, none]],
  ] as const)('%s', (_, f, numbers, expected) => {
    expect(numbers.map(f)).toEqual(expected);
  });

  test('the smallest numbers', () => {
    expect(exponential(-745)).toBe(Number.MIN_VALUE);
    expect(exponential(-745.2)).toBe(0);
    expect(logarithm(Number.MIN_VALUE)).toBe(-744.4400719213812);
    expect(power(2, -1074)).toBe(Number.MIN_VALUE);
    expect(power(0.5, 1075)).toBe(0);
  });

  test('x^y, as C says', () => {
    const cases = [
      [none, 0, 1],
      [1, none, 1],
      [1, -Infinity, 1],
      [-1, Infinity, 1],
      [none, 1, none],
      [2, none, none],
      [-8, 1 / 3, none],
      [-2, 3, -8],
      [-2, 4, 16],
      [-2, 1025, -Infinity],
      [0, -1, Infinity],
      [-0, -1, -Infinity],
      [-0, 3, -0],
      [0, 0.5, 0],
      [Infinity, -1, 0],
      [-Infinity, 3, -Infinity],
      [0.5, Infinity, 0],
      [2, 1024, Infinity],
      [Infinity, 0.5, Infinity],
    ];
    expect(cases.map(([x, y]) => power(x, y))).toEqual(cases.map(([, , z]) => z));
  });

  test('whole numbers have exact powers', () => {
    for (let x = 2; x <= 12; x++) {
      for (let y = 0; x ** y < 2 ** 50; y++) expect(power(x, y)).toBe(Number(BigInt(x) ** BigInt(y)));
    }
  });
});

test('the bits are these, in every engine', () => {
  const stream = new Random(7);
  const bits = new Float64Array(5 * 2000);
  for (let at = 0; at < bits.length; at += 5) {
    const x = stream.uniform();
    const y = stream.uniform(-400, 400);
    bits.set([logarithm(x), exponential(y), cosine(y), sine(y), power(x, y)], at);
  }
  // FNV-1a over the bytes, from the lowest on.
  let hash = 0x811c9dc5;
  const view = new DataView(bits.buffer);
  for (const [at, number] of bits.entries()) view.setFloat64(8 * at, number, true);
  for (const byte of new Uint8Array(bits.buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  expect(hash >>> 0).toMatchInlineSnapshot(`1627782136`);
});
