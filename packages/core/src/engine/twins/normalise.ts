import { meansOfGroups } from '../../kernels/meansOfGroups.ts';
import { doublesAt, floatsAt, launch, readable, scratch, writable } from '../launch.ts';

/** How many numbers are one piece of work: some ten microseconds. */
const grainNumbers = 16_384;
/** The bytes of a row of constants, of which not all are used: see assembly/normalisationLines.ts. */
const rowBytes = 32;

/** What the lines of one row of constants have in common. An array for each, since there may be thousands of rows. */
interface Rows {
  readonly count: number;
  /** The mean as float32, and what is left of it: the one taken from the other loses nothing where both are large. */
  readonly centres: Float64Array;
  readonly rests: Float64Array;
  /** 1 / √(variance + epsilon) */
  readonly factors: Float64Array;
}

/** After `count` lines the constants are the same again: row r is for the lines r, r + count, … */
function rowsOf(moments: Float64Array, lines: number, channels: number, perGroup: number, epsilon: number): Rows {
  const count = perGroup === 0 ? channels : lines;
  const [centres, rests, factors] = [0, 1, 2].map(() => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    const group = groupOf(row, perGroup);
    const pivot = moments[3 * group];
    const distance = moments[3 * group + 1];
    const centre = Math.fround(pivot + distance);
    centres[row] = centre;
    rests[row] = pivot - centre + distance;
    factors[row] = 1 / Math.sqrt(moments[3 * group + 2] + epsilon);
  }
  return { count, centres, rests, factors };
}

/** Whose moments a row has. */
function groupOf(row: number, perGroup: number): number {
  return perGroup === 0 ? row : Math.floor(row / perGroup);
}

/** Room for the constants of all rows in the engine's memory, eight numbers each, of which mean and factor are written. */
function table({ count, centres, factors }: Rows): { address: number; numbers: Float32Array } {
  const address = scratch(rowBytes * count);
  const numbers = floatsAt(address, 8 * count);
  for (let row = 0; row < count; row++) {
    numbers[8 * row] = centres[row];
    numbers[8 * row + 1] = factors[row];
  }
  return { address, numbers };
}

/** How many lines are a piece of work. */
function grainOf(plane: number): number {
  return Math.max(1, Math.floor(grainNumbers / Math.max(1, plane)));
}

export function normalise(
  x: Float32Array,
  moments: Float64Array,
  weight: Float32Array,
  bias: Float32Array,
  residual: Float32Array | null,
  y: Float32Array,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
  withRelu: number,
): void {
  const [from, other, to] = [readable(x), residual ? readable(residual) : 0, writable(y)];
  const rows = rowsOf(moments, lines, channels, perGroup, epsilon);
  const { count, rests, factors } = rows;
  const { address, numbers } = table(rows);
  for (let row = 0; row < count; row++) {
    const [channel, rest, factor] = [row % channels, rests[row], factors[row]];
    numbers[8 * row + 2] = weight[channel];
    // Without a rest, an infinite factor makes no NaN of it.
    numbers[8 * row + 3] = bias[channel] - (rest && rest * factor * weight[channel]);
  }
  launch('normaliseLines', lines, grainOf(plane), from, other, to, address, count, plane, withRelu);
}

export function normaliseSums(
  g: Float32Array,
  gate: Float32Array | null,
  x: Float32Array,
  moments: Float64Array,
  sums: Float64Array,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
): void {
  const rows = rowsOf(moments, lines, channels, perGroup, epsilon);
  const { count, rests, factors } = rows;
  const [cotangent, open, from] = [readable(g), gate ? readable(gate) : 0, readable(x)];
  const { address } = table(rows);
  const found = scratch(16 * lines);
  launch('sumNormalisedLines', lines, grainOf(plane), cotangent, open, from, address, found, count, plane);
  const taken = doublesAt(found, 2 * lines);
  for (let first = 0; first < lines; first += count) {
    for (let row = 0; row < count; row++) {
      const at = 2 * (first + row);
      sums[at] = taken[at];
      // The products were taken with what the mean is in float32.
      sums[at + 1] = taken[at + 1] - rests[row] * factors[row] * taken[at];
    }
  }
}

export function normaliseGradient(
  g: Float32Array,
  gate: Float32Array | null,
  x: Float32Array,
  moments: Float64Array,
  weight: Float32Array,
  sums: Float64Array,
  xGradient: Float32Array,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
  epsilon: number,
): void {
  const [cotangent, open, from, to] = [readable(g), gate ? readable(gate) : 0, readable(x), writable(xGradient)];
  const means = meansOfGroups(sums, weight, lines, channels, plane, perGroup);
  const rows = rowsOf(moments, lines, channels, perGroup, epsilon);
  const { count, rests, factors } = rows;
  const { address, numbers } = table(rows);
  for (let row = 0; row < count; row++) {
    const [group, factor] = [groupOf(row, perGroup), factors[row]];
    const slope = -factor * means[2 * group + 1];
    numbers[8 * row + 2] = slope;
    numbers[8 * row + 3] = weight[row % channels] * factor;
    numbers[8 * row + 4] = -factor * means[2 * group] - slope * rests[row] * factor;
  }
  launch('normaliseLinesGradient', lines, grainOf(plane), cotangent, open, from, to, address, count, plane);
}
