/** The finest share that is kept: shares are whole multiples of it once a bar was moved, so that they sum to 1 and read well in an address. */
const grains = 1e6;

/**
 * The shares after one of them was set: the others shrink or grow by one factor, so that all sum to 1. Where the others were
 * all 0, so that there is nothing to scale, they share what is left evenly.
 *
 * @param shares at least two, of sum 1
 * @param share from 0 to 1
 */
export function withShare(shares: readonly number[], at: number, share: number): number[] {
  const rest = shares.reduce((sum, one, index) => (index === at ? sum : sum + one), 0);
  const wanted = shares.map((one, index) => {
    if (index === at) return share;
    return rest > 0 ? (one / rest) * (1 - share) : (1 - share) / (shares.length - 1);
  });
  return inGrains(wanted, at);
}

/** One outcome more, of share 0. */
export function withOneMore(shares: readonly number[]): number[] {
  return [...shares, 0];
}

/** Without the last outcome; what it had goes to the others in proportion, or evenly where they have nothing. */
export function withOneLess(shares: readonly number[]): number[] {
  return withShare(shares, shares.length - 1, 0).slice(0, -1);
}

/** Weights divided by their sum, of which one at least is above 0: how far up their bars go. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Rounds to whole grains that sum to 1: what rounding loses goes to those that lost most, but not to the one at `fixed`. */
function inGrains(shares: readonly number[], fixed: number): number[] {
  const whole = shares.map((share, at) => (at === fixed ? Math.round(share * grains) : Math.floor(share * grains)));
  const lost = grains - whole.reduce((sum, one) => sum + one, 0);
  const byLoss = shares
    .map((share, at) => ({ at, loss: share * grains - whole[at] }))
    .filter(({ at }) => at !== fixed)
    .sort((one, other) => other.loss - one.loss);
  for (let left = 0; left < lost; left++) whole[byLoss[left % byLoss.length].at]++;
  return whole.map((count) => count / grains);
}

/** Two lists of weights for as many outcomes: the shorter one says nothing of the last, so they never happen there. */
export function paired(p: readonly number[], q: readonly number[]): [p: readonly number[], q: readonly number[]] {
  const count = Math.max(p.length, q.length);
  const filled = (weights: readonly number[]): number[] => Array.from({ length: count }, (_, at) => weights[at] ?? 0);
  return [filled(p), filled(q)];
}
