import { allocate } from '../allocate.ts';
import { cosine, logarithm } from '../arithmetic/index.ts';
import { ValueError } from '../errors.ts';
import { kindOf } from '../kinds.ts';
import { checkSurplus } from '../options/index.ts';

/** The state of a {@link Random} as plain data: four 32-bit words. It survives JSON. */
export type RandomState = readonly [number, number, number, number];

/**
 * A seeded stream of random numbers: the same seed gives the same numbers on every machine.
 *
 * Everything random in tapegrad (initialisers, shuffling, drawn digits) takes one of these as an argument; there is no
 * hidden global stream. The state is plain data, so that a stopped run can go on with the very next number.
 *
 * Source: xoshiro128**, Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021, seeded through
 * splitmix32 so that neighbouring seeds give unrelated streams.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  /** The words that the next number is made of. */
  readonly #pair = new Int32Array(2);

  /**
   * @param seed a whole number from 0 to 2^53 - 1
   * @throws ValueError when the seed is anything else
   */
  constructor(seed: number, ...surplus: []) {
    checkSurplus('Random', surplus);
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new ValueError({
        operation: 'Random',
        got: `the seed is ${seed}`,
        wanted: 'a whole number from 0 to 2^53 - 1',
        remedy: 'Pass a seed such as 1',
      });
    }
    const next = splitmix32((seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1));
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = next();
  }

  /** The state, to be kept and handed to {@link Random.from}. */
  get state(): RandomState {
    return [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0];
  }

  /**
   * The stream that goes on where `state` was taken.
   *
   * @throws ValueError when `state` is not four 32-bit words, or is all zero
   */
  static from(state: RandomState, ...surplus: []): Random {
    checkSurplus('Random.from', surplus);
    const words = Array.isArray(state) ? [...state] : [];
    if (words.length !== 4 || words.some((word) => word >>> 0 !== word) || words.every((word) => word === 0)) {
      throw new ValueError({
        operation: 'Random.from',
        got: `the state is [${words.join(', ')}]`,
        wanted: 'four whole numbers from 0 to 2^32 - 1, not all zero',
        remedy: 'Pass what the `state` of another Random gave',
      });
    }
    const random = new Random(0);
    [random.a, random.b, random.c, random.d] = words.map((word) => word | 0);
    return random;
  }

  /** 32 random bits, as a whole number from 0 to 2^32 - 1. */
  bits(...surplus: []): number {
    checkSurplus('Random.bits', surplus);
    this.#draw(this.#pair, 1);
    return this.#pair[0] >>> 0;
  }

  /**
   * A number from [low, high), each of 2^53 steps equally likely.
   *
   * @throws ValueError when one of them is not a finite number
   */
  uniform(low = 0, high = 1, ...surplus: []): number {
    checkSurplus('Random.uniform', surplus);
    checkFinite('Random.uniform', low, 'low', high, 'high');
    this.#draw(this.#pair, 2);
    const [high27, low26] = [this.#pair[0] >>> 5, this.#pair[1] >>> 6];
    return low + (high - low) * ((high27 * 2 ** 26 + low26) / 2 ** 53);
  }

  /**
   * Writes 0 with probability `rate` and else 1. A byte of the stream decides, by whether it is below or above 256 · rate, and
   * where it is neither, a uniform number, by whether it is below what a byte cannot tell.
   *
   * @param numbers what is written, of any length
   * @param rate the share of zeros to expect, from 0 to 1
   * @throws ValueError when the rate is not from 0 to 1, or the numbers are no typed array
   */
  mask(numbers: Float32Array | Float64Array, rate: number, ...surplus: []): void {
    checkSurplus('Random.mask', surplus);
    if (!ArrayBuffer.isView(numbers) || typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
      throw new ValueError({
        operation: 'Random.mask',
        got: `numbers are ${kindOf(numbers)}, rate is ${kindOf(rate)}`,
        wanted: 'a typed array, and a number from 0 to 1',
        remedy: 'Pass what is to be written, and the share of zeros',
      });
    }
    const whole = Math.floor(256 * rate);
    const rest = 256 * rate - whole;
    const words = new Int32Array(256);
    const open: number[] = [];
    for (let first = 0; first < numbers.length; first += 1024) {
      const end = Math.min(first + 1024, numbers.length);
      this.#draw(words, Math.ceil((end - first) / 4));
      for (let at = first; at < end; at++) {
        const byte = (words[(at - first) >> 2] >>> (8 * (at & 3))) & 255;
        // 0 below and 1 else, without a branch that would be guessed wrong for each zero.
        numbers[at] = 1 + ((byte - whole) >> 31);
        if (byte === whole) open.push(at);
      }
      for (const at of open) if (this.uniform() < rest) numbers[at] = 0;
      open.length = 0;
    }
  }

  /**
   * The next `count` words of 32 bits. They are signed, as those of the state are, so that JavaScript engines keep them as
   * whole numbers and not as an object each.
   */
  #draw(words: Int32Array, count: number): void {
    let [a, b, c, d] = [this.a, this.b, this.c, this.d];
    for (let at = 0; at < count; at++) {
      const product = Math.imul(b, 5);
      words[at] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    [this.a, this.b, this.c, this.d] = [a, b, c, d];
  }

  /**
   * A number from the normal distribution (Box and Muller, 1958; two uniform numbers for each, none kept back). Logarithm
   * and cosine are the project's own, so that its last bit is the same in every engine.
   *
   * @throws ValueError when one of them is not a finite number
   */
  normal(mean = 0, standardDeviation = 1, ...surplus: []): number {
    checkSurplus('Random.normal', surplus);
    checkFinite('Random.normal', mean, 'mean', standardDeviation, 'standardDeviation');
    const radius = Math.sqrt(-2 * logarithm(1 - this.uniform()));
    return mean + standardDeviation * radius * cosine(2 * Math.PI * this.uniform());
  }

  /** A whole number from 0 to `bound - 1`, all equally likely. */
  integer(bound: number, ...surplus: []): number {
    checkSurplus('Random.integer', surplus);
    if (!Number.isSafeInteger(bound) || bound < 1) {
      throw new ValueError({
        operation: 'Random.integer',
        got: `the bound is ${bound}`,
        wanted: 'a whole number of at least 1',
        remedy: 'Ask for one of at least one number',
      });
    }
    return Math.floor(this.uniform() * bound);
  }

  /**
   * The numbers 0 to `length - 1` in random order (Fisher and Yates).
   *
   * @throws ValueError when `length` is not a whole number of at least 0
   * @throws OutOfMemoryError when no array can hold so many
   */
  permutation(length: number, ...surplus: []): Uint32Array {
    checkSurplus('Random.permutation', surplus);
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new ValueError({
        operation: 'Random.permutation',
        got: `length is ${kindOf(length)}`,
        wanted: 'a whole number of at least 0',
        remedy: 'Pass how many there are to be put in order',
      });
    }
    const order = allocate(Uint32Array, length).map((_, index) => index);
    for (let last = length - 1; last > 0; last--) {
      const chosen = this.integer(last + 1);
      const kept = order[last];
      order[last] = order[chosen];
      order[chosen] = kept;
    }
    return order;
  }
}

/** Throws a ValueError unless both of two arguments are finite numbers: a text, added to a number, would be one no more. */
function checkFinite(operation: string, first: number, firstName: string, second: number, secondName: string): void {
  const isFirst = !Number.isFinite(first);
  if (!isFirst && Number.isFinite(second)) return;
  throw new ValueError({
    operation,
    got: `${isFirst ? firstName : secondName} is ${kindOf(isFirst ? first : second)}`,
    wanted: 'a finite number',
    remedy: `Pass numbers, as in \`random.${operation.slice(7)}(0, 1)\``,
  });
}

/** Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014, in its 32-bit form. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
