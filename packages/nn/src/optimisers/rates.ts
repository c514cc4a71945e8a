import { ValueError } from '@tapegrad/core';

/** Whatever has a learning rate: the settings of a group. */
interface Rated {
  learningRate: number;
}

/** The rates of groups as data: that for all, and by how much each group's own differs. */
export interface RatesState {
  readonly learningRate: number;
  readonly shares: readonly number[];
}

/**
 * learningRate_i = share_i · learningRate: the rate for all, and of each group its own as a multiple of it. A schedule moves
 * the first, and so all groups together; that a group learns at a tenth of the rate of the others stays true.
 *
 * Shares are kept rather than worked out anew, for a rate of 0 would lose them, and rounding would change them. A group
 * whose rate was set by hand since has a new share from then on.
 */
export class Rates {
  readonly #operation: string;
  readonly #groups: readonly Rated[];
  #base: number;
  #shares: readonly number[];
  /** What the groups' rates were when they were last looked at. */
  #seen: readonly number[];

  /** @param base the rate that the settings for all groups have */
  constructor(operation: string, groups: readonly Rated[], base: number) {
    this.#operation = operation;
    this.#groups = groups;
    this.#base = base;
    this.#seen = ratesOf(groups);
    this.#shares = this.#seen.map((rate) => shareOf(rate, base));
  }

  /** The rate for all groups. */
  get learningRate(): number {
    this.#look();
    return this.#base;
  }

  /** @throws ValueError when a group has a rate of its own that is no multiple of that for all, which is 0 */
  set learningRate(rate: number) {
    this.#look();
    const lost = this.#shares.findIndex((share) => !Number.isFinite(share));
    if (lost !== -1) {
      throw new ValueError({
        operation: this.#operation,
        got: `groups[${lost}].learningRate is ${this.#groups[lost].learningRate}, where that for all groups is 0`,
        wanted: 'a rate of the group that is a multiple of that for all',
        remedy: `Give the optimiser a learningRate above 0, or set \`groups[${lost}].learningRate\` alone`,
      });
    }
    this.#groups.forEach((group, index) => {
      group.learningRate = this.#shares[index] * rate;
    });
    this.#base = rate;
    this.#seen = ratesOf(this.#groups);
  }

  state(): RatesState {
    this.#look();
    // Infinity would not survive JSON; it follows from the rates, as they are.
    return { learningRate: this.#base, shares: this.#shares.map((share) => (Number.isFinite(share) ? share : 0)) };
  }

  /** Goes on from a state, once the groups have the rates that they had then. */
  load({ learningRate, shares }: RatesState): void {
    this.#base = learningRate;
    this.#seen = ratesOf(this.#groups);
    this.#shares = shares.map((share, index) => (share === 0 ? shareOf(this.#seen[index], learningRate) : share));
  }

  /** Takes in what was set by hand. The one group of an optimiser without groups is all there is: it moves the rate itself. */
  #look(): void {
    const rates = ratesOf(this.#groups);
    if (rates.every((rate, index) => rate === this.#seen[index])) return;
    if (rates.length === 1 && this.#shares[0] === 1) this.#base = rates[0];
    this.#shares = rates.map((rate, index) =>
      rate === this.#seen[index] ? this.#shares[index] : shareOf(rate, this.#base),
    );
    this.#seen = rates;
  }
}

function ratesOf(groups: readonly Rated[]): number[] {
  return groups.map((group) => group.learningRate);
}

/** The rate as a multiple of that for all, where there is such a multiple; Infinity where there is none. */
function shareOf(rate: number, base: number): number {
  return rate === base ? 1 : rate / base;
}
