/*
 * Arithmetic coding of bits: what is likely costs little. A bit of chance p divides the interval from `low` to `high` in two
 * parts, the lower of which is p of the whole, and the part of the bit that comes is the next interval. Leading bytes that
 * both ends share are settled.
 *
 * The chances are learnt on the way, by writer and reader alike: each context, which is what stands around the bit, counts
 * what followed. Only sums, products and quotients of numbers are used, so that every machine comes to the same chances.
 *
 * Source: Witten, Neal and Cleary, "Arithmetic coding for data compression", Communications of the ACM 30 (1987).
 */

/** Takes bits one by one, each with the context that it stands in, or two: the writer, the reader, or who asks what it costs. */
export interface BitCoder {
  /** The bit, which a reader finds out by itself, whatever `bit` is. */
  bit(bit: number, context: number, other?: number): number;
}

/** Beyond so many bits an old one counts less and less. */
const memory = 60;

/** The chance of a 1 in each context, and how many bits have come there, and a little. */
export class Chances {
  readonly #chances: Float32Array;
  readonly #counts: Float32Array;

  constructor(contexts: number) {
    this.#chances = new Float32Array(contexts).fill(0.5);
    this.#counts = new Float32Array(contexts).fill(0.5);
  }

  /** The chance of a 1. Of two contexts, the one that has seen more has the greater say. */
  of(context: number, other = context): number {
    const count = this.#counts[context];
    const otherCount = this.#counts[other];
    const chance = (this.#chances[context] * count + this.#chances[other] * otherCount) / (count + otherCount);
    return Math.min(Math.max(chance, 0.001), 0.999);
  }

  learn(bit: number, context: number, other = context): void {
    this.#learn(bit, context);
    if (other !== context) this.#learn(bit, other);
  }

  #learn(bit: number, context: number): void {
    const count = this.#counts[context];
    this.#chances[context] += (bit - this.#chances[context]) / (count + 1.1);
    if (count < memory) this.#counts[context] = count + 1;
  }
}

/** The interval that the bits so far have left. */
export class Interval {
  low = 0;
  high = 0xffffffff;

  /** The end of the lower part, which is where a 1 is. */
  middle(chance: number): number {
    return this.low + Math.floor((this.high - this.low) * chance);
  }

  /** Goes on with the part of the bit; `settle` is called for each leading byte that no longer changes. */
  narrow(bit: number, middle: number, settle: () => void): void {
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while ((this.low ^ this.high) >>> 24 === 0) {
      settle();
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
    }
  }
}
