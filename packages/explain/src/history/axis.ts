/** One axis of a chart: which numbers it goes over, where its lines stand, and which share of it a number lies at. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  /** The numbers that have a line and a label. */
  readonly ticks: readonly number[];
  /** 0 at `from`, 1 at `to`. */
  share(number: number): number;
}

/**
 * An axis over at least these numbers, ending at ticks that are round: 1, 2 or 5 times a power of ten apart.
 *
 * @param numbers finite; all numbers of the chart
 * @param most how many ticks it has at most
 */
export function linearAxis(numbers: readonly number[], most = 6): Axis {
  const [smallest, largest] = rangeOf(numbers);
  // Where all numbers are one, it stands in the middle.
  const half = smallest === largest ? Math.abs(smallest) / 2 || 1 : 0;
  const [low, high] = [smallest - half, largest + half];
  const least = (high - low) / (most - 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const between = ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
  const [first, last] = [Math.floor(low / between), Math.ceil(high / between)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * between).toPrecision(12)));
  const [from, to] = [ticks[0], ticks[ticks.length - 1]];
  return { from, to, ticks, share: (number) => (number - from) / (to - from) };
}

/**
 * An axis by powers of ten, from one of them to another.
 *
 * @param numbers finite and above 0
 */
export function logarithmicAxis(numbers: readonly number[], most = 6): Axis {
  const [smallest, largest] = rangeOf(numbers);
  const low = Math.floor(Math.log10(smallest));
  const high = Math.max(low + 1, Math.ceil(Math.log10(largest)));
  const between = Math.ceil((high - low) / (most - 1));
  const length = Math.ceil((high - low) / between) + 1;
  const ticks = Array.from({ length }, (_, at) => Number(`1e${low + at * between}`));
  const [from, to] = [ticks[0], ticks[length - 1]];
  return { from, to, ticks, share: (number) => Math.log(number / from) / Math.log(to / from) };
}

/** The smallest and the largest, of so many that they are not to be spread over arguments. */
function rangeOf(numbers: readonly number[]): readonly [number, number] {
  return [
    numbers.reduce((least, number) => Math.min(least, number), Infinity),
    numbers.reduce((most, number) => Math.max(most, number), -Infinity),
  ];
}
