import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { Random } from '../index.ts';

const take = <Value>(count: number, draw: () => Value): Value[] => Array.from({ length: count }, draw);

describe('the stream', () => {
  test("is xoshiro128**: the numbers of its authors' program from the state 1, 2, 3, 4", () => {
    const random = Random.from([1, 2, 3, 4]);
    expect(take(10, () => random.bits())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    expect(random.state).toEqual([939045227, 1864939416, 1451579149, 2199351389]);
  });

  test('of a seed never changes', () => {
    const random = new Random(1);
    expect(random.state).toMatchInlineSnapshot(`
      [
        1580013426,
        350525680,
        3524174333,
        3011703609,
      ]
    `);
    expect(take(3, () => random.bits())).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
      ]
    `);
    expect(take(3, () => random.uniform())).toMatchInlineSnapshot(`
      [
        0.48725518162749837,
        0.5073778237907571,
        0.6655121827883262,
      ]
    `);
    expect(take(3, () => random.normal())).toMatchInlineSnapshot(`
      [
        -1.6790615612109157,
        0.4257079741260514,
        -0.09441878074217182,
      ]
    `);
    expect(take(8, () => random.integer(10))).toMatchInlineSnapshot(`
      [
        1,
        2,
        4,
        1,
        1,
        7,
        4,
        0,
      ]
    `);
    expect([...random.permutation(8)]).toMatchInlineSnapshot(`
      [
        7,
        5,
        2,
        3,
        4,
        6,
        0,
        1,
      ]
    `);
  });

  test('differs between neighbouring seeds, and between seeds that share their lower 32 bits', () => {
    const firsts = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1].map((seed) => new Random(seed).bits());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test('goes on from its state, through JSON, with the very next number', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(50), (seed, drawn) => {
        const random = new Random(seed);
        take(drawn, () => random.bits());
        const copy = Random.from(JSON.parse(JSON.stringify(random.state)));
        expect(take(5, () => copy.normal())).toEqual(take(5, () => random.normal()));
        expect(copy.state).toEqual(random.state);
      }),
    );
  });
});

describe('distributions', () => {
  /** Mean, variance, skewness and kurtosis. */
  function moments(numbers: readonly number[]): number[] {
    const mean = (power: number, shift: number): number =>
      numbers.reduce((total, number) => total + (number - shift) ** power, 0) / numbers.length;
    const [first, spread] = [mean(1, 0), mean(2, mean(1, 0))];
    return [first, spread, mean(3, first) / spread ** 1.5, mean(4, first) / spread ** 2];
  }

  /** Expects each moment within five standard errors of its value, for 100 000 numbers. */
  function expectMoments(numbers: readonly number[], wanted: readonly number[], errors: readonly number[]): void {
    moments(numbers).forEach((moment, index) => {
      expect(Math.abs(moment - wanted[index])).toBeLessThan((5 * errors[index]) / Math.sqrt(numbers.length));
    });
  }

  test('uniform numbers', () => {
    const random = new Random(7);
    const numbers = take(100_000, () => random.uniform());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expectMoments(numbers, [1 / 2, 1 / 12, 0, 1.8], [0.289, 0.075, 1.1, 1.2]);
    const between = take(1000, () => random.uniform(-3, 5));
    expect(between.every((number) => number >= -3 && number < 5)).toBe(true);
    expect(Math.max(...between) - Math.min(...between)).toBeGreaterThan(7.9);
  });

  test('normal numbers', () => {
    const random = new Random(7);
    const numbers = take(100_000, () => random.normal());
    expect(numbers.every(Number.isFinite)).toBe(true);
    expectMoments(numbers, [0, 1, 0, 3], [1, Math.sqrt(2), Math.sqrt(6), Math.sqrt(24)]);
    const shifted = take(100_000, () => random.normal(10, 0.1)).map((number) => (number - 10) / 0.1);
    expectMoments(shifted, [0, 1, 0, 3], [1, Math.sqrt(2), Math.sqrt(6), Math.sqrt(24)]);
  });

  test('whole numbers below a bound, each as often', () => {
    const random = new Random(7);
    const counts = new Array<number>(6).fill(0);
    for (const number of take(60_000, () => random.integer(6))) counts[number]++;
    // Chi-squared with five degrees of freedom: above 25.7 once in ten thousand seeds.
    expect(counts.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(25.7);
    expect(random.integer(1)).toBe(0);
    expect(Number.isSafeInteger(random.integer(2 ** 53 - 1))).toBe(true);
  });

  test('a permutation holds every number once', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(200), (seed, length) => {
        const order = new Random(seed).permutation(length);
        expect([...order].sort((a, b) => a - b)).toEqual(take(length, () => 0).map((_, index) => index));
      }),
    );
  });

  test('all permutations come about as often', () => {
    const random = new Random(7);
    const counts = new Map<string, number>();
    for (const order of take(24_000, () => random.permutation(4).join()))
      counts.set(order, (counts.get(order) ?? 0) + 1);
    expect(counts.size).toBe(24);
    // Chi-squared with 23 degrees of freedom: above 56 once in ten thousand seeds.
    expect([...counts.values()].reduce((total, count) => total + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(56);
  });
});

test('every message', () => {
  expect(
    messagesOf({
      'a fractional seed': () => new Random(1.5),
      'a negative seed': () => new Random(-1),
      'a seed that is too large': () => new Random(2 ** 53),
      'no seed': () => new Random(Number.NaN),
      'a state of zeros': () => Random.from([0, 0, 0, 0]),
      'a state of three words': () => Random.from([1, 2, 3] as never),
      'a state of large words': () => Random.from([1, 2, 3, 2 ** 32]),
      'a bound of 0': () => new Random(1).integer(0),
      'a fractional bound': () => new Random(1).integer(2.5),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a bound of 0": "ValueError: Random.integer: the bound is 0; wanted a whole number of at least 1. Ask for one of at least one number.",
      "a fractional bound": "ValueError: Random.integer: the bound is 2.5; wanted a whole number of at least 1. Ask for one of at least one number.",
      "a fractional seed": "ValueError: Random: the seed is 1.5; wanted a whole number from 0 to 2^53 - 1. Pass a seed such as 1.",
      "a negative seed": "ValueError: Random: the seed is -1; wanted a whole number from 0 to 2^53 - 1. Pass a seed such as 1.",
      "a seed that is too large": "ValueError: Random: the seed is 9007199254740992; wanted a whole number from 0 to 2^53 - 1. Pass a seed such as 1.",
      "a state of large words": "ValueError: Random.from: the state is [1, 2, 3, 4294967296]; wanted four whole numbers from 0 to 2^32 - 1, not all zero. Pass what the \`state\` of another Random gave.",
      "a state of three words": "ValueError: Random.from: the state is [1, 2, 3]; wanted four whole numbers from 0 to 2^32 - 1, not all zero. Pass what the \`state\` of another Random gave.",
      "a state of zeros": "ValueError: Random.from: the state is [0, 0, 0, 0]; wanted four whole numbers from 0 to 2^32 - 1, not all zero. Pass what the \`state\` of another Random gave.",
      "no seed": "ValueError: Random: the seed is NaN; wanted a whole number from 0 to 2^53 - 1. Pass a seed such as 1.",
    }
  `);
});

test('a byte of the stream, or where it cannot tell a uniform number, says what is masked', () => {
  for (const [count, rate] of [
    [2000, 0.3],
    [513, 0.5],
    // Where the byte of each hundredth number or so leaves it open.
    [50_000, 1 / 3],
    [20_000, 2 ** -9],
    [1024, 0.999],
    [1025, 0.001],
    [7, 0],
    [7, 1],
    [0, 0.5],
  ]) {
    const [one, other] = [new Random(5), new Random(5)];
    const mask = new Float64Array(count).fill(9);
    one.mask(mask, rate);
    const expected: number[] = [];
    while (expected.length < count) {
      const words = Array.from({ length: Math.min(256, Math.ceil((count - expected.length) / 4)) }, () => other.bits());
      const bytes = words.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) % 256));
      for (const byte of bytes.slice(0, count - expected.length)) {
        // The number lies in [byte, byte + 1) of 256 steps.
        const isBelow = (byte + 1) / 256 <= rate || (byte / 256 <= rate && byte + other.uniform() < 256 * rate);
        expected.push(isBelow ? 0 : 1);
      }
    }
    expect([...mask]).toEqual(expected);
    expect(one.state).toEqual(other.state);
  }
});

test('the share of zeros in a mask is the rate', () => {
  const count = 400_000;
  for (const rate of [0.001, 0.1, 0.25, 0.5, 0.9]) {
    const mask = new Float32Array(count);
    new Random(3).mask(mask, rate);
    const zeros = mask.reduce((sum, each) => sum + (each === 0 ? 1 : 0), 0);
    const deviation = Math.sqrt(count * rate * (1 - rate));
    expect(Math.abs(zeros - count * rate)).toBeLessThan(4 * deviation);
  }
});

test('what is no number gives no numbers that are none', () => {
  const random = new Random(1);
  const any = (value: unknown): never => value as never;
  const before = random.state;
  expect(
    messagesOf({
      'a seed in letters': () => new Random(any('a')),
      'uniform from a letter': () => random.uniform(any('a')),
      'uniform to infinity': () => random.uniform(0, Number.POSITIVE_INFINITY),
      'normal around a list': () => random.normal(any([1])),
      'normal with a deviation in letters': () => random.normal(0, any('1')),
      'a mask of a rate in letters': () => random.mask(new Float32Array(2), any('0.5')),
      'a mask of a rate above 1': () => random.mask(new Float32Array(2), 1.5),
      'a mask of a list': () => random.mask(any([1, 2]), 0.5),
      'the order of a list': () => random.permutation(any([1, 2])),
      'the order of half a thing': () => random.permutation(0.5),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a mask of a list": "ValueError: Random.mask: numbers are a list of 2, rate is the number 0.5; wanted a typed array, and a number from 0 to 1. Pass what is to be written, and the share of zeros.",
      "a mask of a rate above 1": "ValueError: Random.mask: numbers are a Float32Array of 2, rate is the number 1.5; wanted a typed array, and a number from 0 to 1. Pass what is to be written, and the share of zeros.",
      "a mask of a rate in letters": "ValueError: Random.mask: numbers are a Float32Array of 2, rate is the text '0.5'; wanted a typed array, and a number from 0 to 1. Pass what is to be written, and the share of zeros.",
      "a seed in letters": "ValueError: Random: the seed is a; wanted a whole number from 0 to 2^53 - 1. Pass a seed such as 1.",
      "normal around a list": "ValueError: Random.normal: mean is a list of 1; wanted a finite number. Pass numbers, as in \`random.normal(0, 1)\`.",
      "normal with a deviation in letters": "ValueError: Random.normal: standardDeviation is the text '1'; wanted a finite number. Pass numbers, as in \`random.normal(0, 1)\`.",
      "the order of a list": "ValueError: Random.permutation: length is a list of 2; wanted a whole number of at least 0. Pass how many there are to be put in order.",
      "the order of half a thing": "ValueError: Random.permutation: length is the number 0.5; wanted a whole number of at least 0. Pass how many there are to be put in order.",
      "uniform from a letter": "ValueError: Random.uniform: low is the text 'a'; wanted a finite number. Pass numbers, as in \`random.uniform(0, 1)\`.",
      "uniform to infinity": "ValueError: Random.uniform: high is the number Infinity; wanted a finite number. Pass numbers, as in \`random.uniform(0, 1)\`.",
    }
  `);
  expect(random.state).toEqual(before);
});
