// The text of generated/convolutionTiles.ts: the innermost loops of convolution, unrolled over the columns of the
// kernel, which AssemblyScript cannot do by itself, and small enough for the sixteen registers of a machine.

const range = (count) => Array.from({ length: count }, (_, at) => at);
const lines = (count, write) => range(count).map(write).join('\n');

/**
 * A tile of `channels` output channels × 8 columns: for each tap, two vectors of the input row meet the weights of the
 * channels, which lie four beside each other. `width` is 0 for a loop over kernel columns.
 */
function forwardTile(width, channels) {
  const tap = (j) => `
      const b${j}0 = v128.load(from, ${j * 4});
      const b${j}1 = v128.load(from, ${j * 4 + 16});
${lines(
  channels,
  (i) => `      const w${j}${i} = v128.load32_splat(weight, ${(j * 4 + i) * 4});
      c${i}0 = madd(w${j}${i}, b${j}0, c${i}0);
      c${i}1 = madd(w${j}${i}, b${j}1, c${i}1);`,
)}`;
  const unrolled = `${range(width).map(tap).join('')}
      from += row;
      weight += ${width * 16};`;
  const looped = `for (let j = 0; j < kernelWidth; j++) {${tap(0)}
        from += 4;
        weight += 16;
      }
      from += row - bytes(kernelWidth);`;
  return `
export function forwardTile${width || 'Any'}x${channels}(x: usize, plane: usize, row: usize, inChannels: i32, kernelHeight: i32, kernelWidth: i32, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
${lines(channels, (i) => `  let c${i}0 = v128.load32_splat(bias, ${i * 4});\n  let c${i}1 = c${i}0;`)}
  for (let c = 0; c < inChannels; c++) {
    let from = x;
    for (let i = 0; i < kernelHeight; i++) {
      ${width ? unrolled : looped}
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
export function wideTile${channels}x${columns}(x: usize, plane: usize, row: usize, inChannels: i32, kernelHeight: i32, kernelWidth: i32, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
${lines(channels, (i) => `  let ${vectors.map((v) => `c${i}${v} = v128.load32_splat(bias, ${i * 4})`).join(', ')};`)}
  do {
    let from = x;
    let i = kernelHeight;
    do {
      let j = kernelWidth;
      do {
${vectors.map((v) => `        const b${v} = v128.load(from, ${16 * v});`).join('\n')}
${lines(
  channels,
  (i) => `        const w${i} = v128.load32_splat(weight, ${4 * i});
${vectors.map((v) => `        c${i}${v} = madd(w${i}, b${v}, c${i}${v});`).join('\n')}`,
)}
        weight += ${4 * channels};
        from += 4;
        j -= 1;
      } while (j > 0);
      from += row - bytes(kernelWidth);
      i -= 1;
    } while (i > 0);
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
  const numbers = 'x, plane, row, inChannels, kernelHeight, kernelWidth, weight, bias, y, yPlane, relu';
  return `
// @ts-ignore: decorator
@inline
export function wideTileX${columns}(channels: i32, x: usize, plane: usize, row: usize, inChannels: i32, kernelHeight: i32, kernelWidth: i32, weight: usize, bias: usize, y: usize, yPlane: usize, relu: i32): void {
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

/**
 * What 8 columns of the cotangent, over all its channels and `kernelHeight` rows, give to the input row: 8 + width - 1
 * columns of it in `channels` input channels. A sum is kept for each kernel column, and only at the end they are shifted
 * against each other and added.
 */
function gatherTile(width, channels) {
  const sums = range(channels).flatMap((p) => range(width).map((j) => [p, j]));
  const shifted = (p, vector) => {
    const terms = range(width).flatMap((j) => {
      const start = 4 * vector - j;
      if (start + 3 < 0 || start > 7) return [];
      const low = Math.floor(start / 4);
      const half = (at) => (at < 0 || at > 1 ? 'zero' : `c${p}${j}${at}`);
      const offset = start - 4 * low;
      const lanes = range(4).map((lane) => offset + lane);
      return [offset === 0 ? half(low) : `v128.shuffle<f32>(${half(low)}, ${half(low + 1)}, ${lanes.join(', ')})`];
    });
    return terms.reduce((sum, term) => `f32x4.add(${sum}, ${term})`);
  };
  return `
export function gatherTile${width}(g: usize, plane: usize, row: usize, outChannels: i32, kernelHeight: i32, weight: usize, target: usize, targetRow: usize): void {
${sums.map(([p, j]) => `  let c${p}${j}0 = zeros();\n  let c${p}${j}1 = zeros();`).join('\n')}
  for (let i = 0; i < kernelHeight; i++) {
    let from = g;
    for (let o = 0; o < outChannels; o++) {
      const b0 = v128.load(from);
      const b1 = v128.load(from, 16);
${sums
  .map(
    ([p, j]) => `      const w${p}${j} = v128.load32_splat(weight, ${(p * width + j) * 4});
      c${p}${j}0 = madd(w${p}${j}, b0, c${p}${j}0);
      c${p}${j}1 = madd(w${p}${j}, b1, c${p}${j}1);`,
  )
  .join('\n')}
      from += plane;
      weight += ${sums.length * 4};
    }
    g -= row;
  }
  const zero = zeros();
${lines(channels, (p) => `${lines(3, (v) => `  v128.store(target, f32x4.add(v128.load(target, ${v * 16}), ${shifted(p, v)}), ${v * 16});`)}${p < channels - 1 ? '\n  target += targetRow;' : ''}`)}
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
${forwardTile(0, 4)}${[0, 3, 5].map((width) => forwardTile(width, 1)).join('')}${[8, 16].map((columns) => [1, 2, 3, 4, 5, 6].map((channels) => wideTile(channels, columns)).join('') + wideChoice(columns)).join('')}${[
  [1, 4],
  [1, 1],
  [3, 4],
  [3, 1],
  [5, 2],
  [5, 1],
]
  .map(([width, channels]) => filterTile(width, channels))
  .join('')}${gatherTile(3, 2)}${gatherTile(5, 1)}`;
