// The text of generated/convolutionTiles.ts: the innermost loops of convolution, unrolled over the columns of the
// kernel, which AssemblyScript cannot do by itself, and small enough for the sixteen registers of a machine.

const range = (count) => Array.from({ length: count }, (_, at) => at);
const lines = (count, write) => range(count).map(write).join('\n');

/** What a tile is told about its taps: where each finds its numbers, in bytes, so that strides and dilations are all one. */
const taps = 'offsets: usize, taps: i32, inChannels: i32';

/**
 * A tile of `channels` output channels × 8 columns: for each tap, two vectors of the input row meet the weights of the
 * channels, which lie four beside each other. Not unrolled: so few numbers at a time stay in registers, which is measured to
 * be almost twice as fast.
 */
function forwardTile(channels) {
  return `
export function forwardTile${channels}(x: usize, plane: usize, ${taps}, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
${lines(channels, (i) => `  let c${i}0 = v128.load32_splat(bias, ${i * 4});\n  let c${i}1 = c${i}0;`)}
  for (let c = 0; c < inChannels; c++) {
    let tap = offsets;
    for (let t = 0; t < taps; t++) {
      const from = x + <usize>load<u32>(tap);
      const b0 = v128.load(from);
      const b1 = v128.load(from, 16);
${lines(
  channels,
  (i) => `      const w${i} = v128.load32_splat(weight, ${i * 4});
      c${i}0 = madd(w${i}, b0, c${i}0);
      c${i}1 = madd(w${i}, b1, c${i}1);`,
)}
      tap += 4;
      weight += 16;
    }
    x += plane;
  }
  if (relu) {
    const zero = zeros();
${lines(channels, (i) => `    c${i}0 = f32x4.max(c${i}0, zero);\n    c${i}1 = f32x4.max(c${i}1, zero);`)}
  }
${lines(channels, (i) => `  v128.store(y, c${i}0);\n  v128.store(y, c${i}1, 16);${i < channels - 1 ? '\n  y += yPlane;' : ''}`)}
}
`;
}

/**
 * The same for lanes of 256 bits: up to six output channels, whose weights lie beside each other, × 8 or 16 columns. All
 * vectors in pairs, as in productTiles.mjs.
 */
function wideTile(channels, columns) {
  const vectors = range(columns / 4);
  const stores = (value) =>
    lines(
      channels,
      (i) =>
        vectors.map((v) => `    v128.store(y, ${value(`c${i}${v ^ 1}`)}, ${16 * (v ^ 1)});`).join('\n') +
        (i < channels - 1 ? '\n    y += yPlane;' : ''),
    );
  return `
export function wideTile${channels}x${columns}(x: usize, plane: usize, ${taps}, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
${lines(channels, (i) => `  let ${vectors.map((v) => `c${i}${v} = v128.load32_splat(bias, ${i * 4})`).join(', ')};`)}
  do {
    let tap = offsets;
    let left = taps;
    do {
      const from = x + <usize>load<u32>(tap);
${vectors.map((v) => `      const b${v} = v128.load(from, ${16 * v});`).join('\n')}
${lines(
  channels,
  (i) => `      const w${i} = v128.load32_splat(weight, ${4 * i});
${vectors.map((v) => `      c${i}${v} = madd(w${i}, b${v}, c${i}${v});`).join('\n')}`,
)}
      weight += ${4 * channels};
      tap += 4;
      left -= 1;
    } while (left > 0);
    x += plane;
    inChannels -= 1;
  } while (inChannels > 0);
  // A number to compare with that is there in both cases takes the register too much: half as fast.
  if (relu) {
${stores((sum) => `f32x4.max(${sum}, zeros())`)}
  } else {
${stores((sum) => sum)}
  }
}
`;
}

/** Chooses a wide tile by its channels. */
function wideChoice(columns) {
  const numbers = 'x, plane, offsets, taps, inChannels, weight, bias, y, yPlane, relu';
  return `
// @ts-ignore: decorator
@inline
export function wideTileX${columns}(channels: i32, x: usize, plane: usize, ${taps}, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
${[6, 5, 4, 3, 2, 1].map((channels) => `  ${channels > 1 ? `if (channels == ${channels}) ` : ''}wideTile${channels}x${columns}(${numbers});`).join('\n  else')}
}
`;
}

/**
 * For `channels` output channels and `width` kernel columns, the products of cotangent rows with input rows, summed over
 * rows and samples. Behind the last whole vector of a row both factors are masked: 0 · Infinity would not be 0.
 */
function filterTile(width, channels) {
  /** A vector of each row, `offset` bytes on, all through `read`: two of them at a time are faster than a loop of one. */
  const products = (offset, read) => `{
${lines(channels, (i) => `          const d${i} = ${read(`v128.load(g${i}, ${offset})`)};`)}
${lines(
  width,
  (j) => `          const b${j} = ${read(`v128.load(x0, ${j * 4 + offset})`)};
${lines(channels, (i) => `          c${i}${j} = madd(d${i}, b${j}, c${i}${j});`)}`,
)}
        }`;
  const whole = (offset) => products(offset, (vector) => vector);
  const move = (step) => `x0 += ${step};\n${lines(channels, (i) => `        g${i} += ${step};`)}`;
  return `
export function filterTile${width}x${channels}(x: usize, xSample: usize, xRow: usize, g: usize, gSample: usize, gPlane: usize, rows: i32, columns: i32, samples: i32, target: usize, targetStep: usize, accumulate: bool): void {
${lines(
  channels,
  (i) =>
    `  let ${range(width)
      .map((j) => `c${i}${j} = zeros()`)
      .join(', ')};`,
)}
  const rest = columns & 3;
  const mask = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest));
  for (let n = 0; n < samples; n++) {
    let xFrom = x;
    let gFrom = g;
    for (let r = 0; r < rows; r++) {
      let x0 = xFrom;
${lines(channels, (i) => (i === 0 ? '      let g0 = gFrom;' : `      let g${i} = g${i - 1} + gPlane;`))}
      let left = columns;
      while (left >= 8) {
        ${whole(0)}
        ${whole(16)}
        ${move(32)}
        left -= 8;
      }
      if (left >= 4) {
        ${whole(0)}
        ${move(16)}
      }
      if (rest) {
        ${products(0, (vector) => `v128.and(${vector}, mask)`)}
      }
      xFrom += xRow;
      gFrom += bytes(columns);
    }
    x += xSample;
    g += gSample;
  }
${lines(channels, (i) => `${lines(width, (j) => `  put(target, sumOfLanes(c${i}${j}), accumulate, ${j * 4});`)}${i < channels - 1 ? '\n  target += targetStep;' : ''}`)}
}
`;
}

export const convolutionTiles = `/* Written by assembly/convolutionTiles.mjs. */
import { bytes, madd, sumOfLanes, zeros } from '../lanes';

// @ts-ignore: decorator
@inline
function put(target: usize, sum: f32, accumulate: bool, offset: usize): void {
  store<f32>(target + offset, accumulate ? load<f32>(target + offset) + sum : sum);
}
${forwardTile(4)}${[8, 16].map((columns) => [1, 2, 3, 4, 5, 6].map((channels) => wideTile(channels, columns)).join('') + wideChoice(columns)).join('')}${[
  [1, 4],
  [1, 1],
  [3, 4],
  [3, 1],
  [5, 2],
  [5, 1],
]
  .map(([width, channels]) => filterTile(width, channels))
  .join('')}`;
