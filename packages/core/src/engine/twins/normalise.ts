import { meansOfGroups } from '../../kernels/meansOfGroups.ts';
import { doublesAt, floatsAt, launch, readable, scratch, writable } from '../launch.ts';

/** How many numbers are one piece of work: some ten microseconds. */
const grainNumbers = 16_384;
/** The bytes of a row of constants: see assembly/normalisationLines.ts. */
const rowBytes = 32;

/** [lines, channels, plane, perGroup, epsilon], as the reference has them. */
type Layout = readonly [lines: number, channels: number, plane: number, perGroup: number, epsilon: number];

/** What the lines of one row of constants have in common. */
interface Row {
  readonly channel: number;
  readonly group: number;
  /** The mean as float32, and what is left of it: the one taken from the other loses nothing where both are large. */
  readonly centre: number;
  readonly rest: number;
  /** 1 / √(variance + epsilon) */
  readonly factor: number;
}

/** After how many lines the constants are the same again. */
function periodOf([lines, channels, , perGroup]: Layout): number {
  return perGroup === 0 ? channels : lines;
}

function rowsOf(moments: Float64Array, layout: Layout): Row[] {
  const [, channels, , perGroup, epsilon] = layout;
  const rows: Row[] = [];
  for (let line = 0; line < periodOf(layout); line++) {
    const channel = line % channels;
    const group = perGroup === 0 ? channel : Math.floor(line / perGroup);
    const pivot = moments[3 * group];
    const distance = moments[3 * group + 1];
    const centre = Math.fround(pivot + distance);
    const factor = 1 / Math.sqrt(moments[3 * group + 2] + epsilon);
    rows.push({ channel, group, centre, rest: pivot - centre + distance, factor });
  }
  return rows;
}

/** The rows of constants in the engine's memory. */
function table(rows: readonly Row[], constants: (row: Row) => readonly number[]): number {
  const address = scratch(rowBytes * rows.length);
  const numbers = floatsAt(address, 8 * rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = constants(rows[at]);
    // Few numbers are set faster one by one.
    for (let i = 0; i < row.length; i++) numbers[8 * at + i] = row[i];
  }
  return address;
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
  const layout = [lines, channels, plane, perGroup, epsilon] as const;
  const [from, other, to] = [readable(x), residual ? readable(residual) : 0, writable(y)];
  const rows = rowsOf(moments, layout);
  const constants = table(rows, ({ channel, centre, rest, factor }) => {
    const scale = weight[channel];
    // Without a rest, an infinite factor makes no NaN of it.
    return [centre, factor, scale, bias[channel] - (rest && rest * factor * scale)];
  });
  launch('normaliseLines', lines, grainOf(plane), from, other, to, constants, rows.length, plane, withRelu);
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
  const layout = [lines, channels, plane, perGroup, epsilon] as const;
  const rows = rowsOf(moments, layout);
  const [cotangent, open, from] = [readable(g), gate ? readable(gate) : 0, readable(x)];
  const constants = table(rows, ({ centre, factor }) => [centre, factor]);
  const found = scratch(16 * lines);
  launch('sumNormalisedLines', lines, grainOf(plane), cotangent, open, from, constants, found, rows.length, plane);
  sums.set(doublesAt(found, 2 * lines));
  // The products were taken with what the mean is in float32.
  for (let line = 0; line < lines; line++) {
    const { rest, factor } = rows[line % rows.length];
    sums[2 * line + 1] -= rest * factor * sums[2 * line];
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
  const layout = [lines, channels, plane, perGroup, epsilon] as const;
  const rows = rowsOf(moments, layout);
  const [cotangent, open, from, to] = [readable(g), gate ? readable(gate) : 0, readable(x), writable(xGradient)];
  const means = meansOfGroups(sums, weight, lines, channels, plane, perGroup);
  const constants = table(rows, ({ channel, group, centre, rest, factor }) => {
    const slope = -factor * means[2 * group + 1];
    return [centre, factor, slope, weight[channel] * factor, -factor * means[2 * group] - slope * rest * factor];
  });
  launch('normaliseLinesGradient', lines, grainOf(plane), cotangent, open, from, to, constants, rows.length, plane);
}
