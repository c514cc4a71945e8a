import { floatsAt, launch, readable, scratch, writable } from '../launch.ts';

/** How many numbers are one piece of work: some ten microseconds. */
const grainNumbers = 16_384;
/** Of how many rows the sums are taken in float32, by one thread. */
const partRows = 32;

/** How many rows are a piece of work. */
const grainOf = (columns: number): number => Math.max(1, Math.floor(grainNumbers / columns));

/** For each row its mean in float32, 1 / deviation, and what is left of the mean, times that: see assembly/normalisationRows.ts. */
function table(moments: Float64Array, rows: number, epsilon: number): number {
  const address = scratch(16 * rows);
  const numbers = floatsAt(address, 4 * rows);
  for (let row = 0; row < rows; row++) {
    const [pivot, distance] = [moments[3 * row], moments[3 * row + 1]];
    const centre = Math.fround(pivot + distance);
    const factor = 1 / Math.sqrt(moments[3 * row + 2] + epsilon);
    const rest = pivot - centre + distance;
    numbers[4 * row] = centre;
    numbers[4 * row + 1] = factor;
    // Without a rest, an infinite factor makes no NaN of it.
    numbers[4 * row + 2] = rest && -rest * factor;
  }
  return address;
}

export function normaliseRows(
  x: Float32Array,
  moments: Float64Array,
  weight: Float32Array,
  bias: Float32Array,
  residual: Float32Array | null,
  y: Float32Array,
  rows: number,
  columns: number,
  epsilon: number,
  withRelu: number,
): void {
  const [from, other, to] = [readable(x), residual ? readable(residual) : 0, writable(y)];
  const [scale, shift] = [readable(weight), readable(bias)];
  const constants = table(moments, rows, epsilon);
  launch('normaliseRows', rows, grainOf(columns), from, other, to, constants, scale, shift, columns, withRelu);
}

export function normaliseRowsSums(
  g: Float32Array,
  gate: Float32Array | null,
  x: Float32Array,
  moments: Float64Array,
  sums: Float64Array,
  rows: number,
  columns: number,
  epsilon: number,
): void {
  const [cotangent, open, from] = [readable(g), gate ? readable(gate) : 0, readable(x)];
  const constants = table(moments, rows, epsilon);
  const width = 4 * Math.ceil(columns / 4);
  const parts = Math.ceil(rows / partRows);
  const found = scratch(8 * parts * width);
  const grain = Math.max(1, Math.floor(grainOf(columns) / partRows));
  launch('sumNormalisedColumns', parts, grain, cotangent, open, from, constants, found, rows, columns, partRows, width);
  const numbers = floatsAt(found, 2 * parts * width);
  sums.fill(0);
  for (let at = 0; at < numbers.length; at += 2 * width) {
    for (let column = 0; column < columns; column++) {
      sums[2 * column] += numbers[at + column];
      sums[2 * column + 1] += numbers[at + width + column];
    }
  }
}

export function normaliseRowsGradient(
  g: Float32Array,
  gate: Float32Array | null,
  x: Float32Array,
  moments: Float64Array,
  weight: Float32Array,
  xGradient: Float32Array,
  rows: number,
  columns: number,
  epsilon: number,
): void {
  const [cotangent, open, from, to] = [readable(g), gate ? readable(gate) : 0, readable(x), writable(xGradient)];
  const scale = readable(weight);
  const constants = table(moments, rows, epsilon);
  launch('normaliseRowsGradient', rows, grainOf(columns), cotangent, open, from, to, constants, scale, columns);
}
