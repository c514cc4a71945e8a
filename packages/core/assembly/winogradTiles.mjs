// The text of generated/winogradTiles.ts: the innermost parts of Winograd's F(4×4, 3×3) and F(2×2, 5×5) and of the filter
// gradient of the first.
//
// All values are pairs of vectors, of 8 channels, whose loads and stores lie 16 bytes apart: V8 can merge them into vectors
// of 256 bits. For that the upper half of a pair is stored first, constants are splat once before the loops, and few values
// are alive at a time. A transform of a square is two passes of a transform of a line in loops, by way of a scratch square:
// so the result is transposed, for images, filters and products alike.
//
// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.

import { Code, constants, cotangent, filter, filterGradient, input, output } from './winogradTransforms.mjs';

const range = (count) => Array.from({ length: count }, (_, at) => at);

/** Loads each number once. */
function lazily(load) {
  const known = [];
  return (i) => {
    known[i] ??= load(i);
    return known[i];
  };
}

/**
 * Two passes of `transform` over a square of `size`² pairs into one of `result`²: `from(code, i)` loads number i of the line
 * that begins at `line`, which then moves on by `lineStep`; `to` stores the result's line at `target`, which moves on by
 * `targetStep`. Of several `squares` behind each other, the results' lines come to `to` together.
 */
function square({ transform, size, result, from, lineStep, to, targetStep, squares = 1 }) {
  const code = new Code();
  code.write('let line = p;', 'let between = scratch;', `let left = ${size * squares};`, 'do {');
  transform(
    code,
    lazily((i) => from(code, i)),
    (i, value) => code.store('between', 32 * i, value),
  );
  code.write(`line += ${lineStep};`, `between += ${32 * result};`, 'left -= 1;', '} while (left > 0);');
  code.write('let target = q;', 'between = scratch;', `left = ${result};`, 'do {');
  to(
    code,
    transform,
    ...range(squares).map((at) => lazily((i) => code.load('between', 32 * result * (size * at + i)))),
  );
  code.write(`target += ${targetStep};`, 'between += 32;', 'left -= 1;', '} while (left > 0);');
  return code;
}

const contiguous = (code, i) => code.load('line', 32 * i);
/** To positions of an unknown distance. */
const apart = (code, transform, from) =>
  transform(code, from, (i, value) => {
    code.write(`{ const address = target + ${i} * step;`);
    code.store('address', 0, value);
    code.write('}');
  });

/** A transform of `count` tiles beside each other. */
function tiles(name, parameters, code, step) {
  return `
export function ${name}(${parameters}, scratch: usize, count: i32): void {
  ${code.splats.join('\n  ')}
  do {
    ${code.lines.join('\n    ')}
    ${step}
    count -= 1;
  } while (count > 0);
}
`;
}

function single(name, parameters, code) {
  return `
export function ${name}(${parameters}, scratch: usize): void {
  ${code.splats.join('\n  ')}
  ${code.lines.join('\n  ')}
}
`;
}

const positions = { size: 6, result: 6, from: contiguous, to: apart, targetStep: '6 * step' };
const transformInput = tiles(
  'transformInput',
  'p: usize, row: usize, q: usize, step: usize, move: usize',
  square({ ...positions, transform: input, lineStep: 'row' }),
  'p += move; q += 32;',
);
const transformCotangent = tiles(
  'transformCotangent',
  'p: usize, row: usize, q: usize, step: usize',
  square({ ...positions, transform: cotangent, size: 4, lineStep: 'row' }),
  'p += 128; q += 64;',
);
const transformFilter = (weights) =>
  single(
    `transformFilter${weights}`,
    'p: usize, q: usize, step: usize',
    square({ ...positions, transform: filter(weights), size: weights, lineStep: 32 * weights }),
  );
/**
 * The last pass exchanges lanes and columns: 4 numbers of a row of the output lie beside each other, of channels c and c + 4;
 * where a tile has only two columns, those of two tiles.
 */
const transformOutput = (outputs) =>
  single(
    `transformOutput${outputs}`,
    'p: usize, q: usize, plane: usize, row: usize',
    square({
      ...{ transform: output(outputs), size: 6, result: outputs, squares: 4 / outputs },
      ...{ from: (code, i) => code.load('line', 64 * i), lineStep: 64 * 6 },
      to: (code, transform, ...squares) => {
        const y = [];
        squares.forEach((from, at) => {
          transform(code, from, (i, value) => {
            y[at * outputs + i] = value;
          });
        });
        const [low, lowNext] = [code.shuffle(y[0], y[1], '0, 4, 1, 5'), code.shuffle(y[2], y[3], '0, 4, 1, 5')];
        const put = (i, value) => {
          code.write(`{ const address = target + ${i} * plane;`);
          code.store('address', 0, value);
          code.write('}');
        };
        put(0, code.shuffle(low, lowNext, '0, 1, 4, 5'));
        put(1, code.shuffle(low, lowNext, '2, 3, 6, 7'));
        const [high, highNext] = [code.shuffle(y[0], y[1], '2, 6, 3, 7'), code.shuffle(y[2], y[3], '2, 6, 3, 7')];
        put(2, code.shuffle(high, highNext, '0, 1, 4, 5'));
        put(3, code.shuffle(high, highNext, '2, 3, 6, 7'));
      },
      targetStep: 'row',
    }),
  );
const transformSums = single(
  'transformSums',
  'p: usize, step: usize, q: usize',
  square({
    ...{ transform: filterGradient, size: 6, result: 3, lineStep: '6 * step' },
    from: (code, i) => {
      code.write(`const from${i} = line + ${i} * step;`);
      return code.load(`from${i}`, 0);
    },
    to: (code, transform, from) => transform(code, from, (i, value) => code.store('target', 32 * i, value)),
    targetStep: 96,
  }),
);

/** The sums of `rows` tiles by `columns` output channels: loads of U, splats of V, one input channel a turn. */
function sums(rows, columns, indent, tile) {
  const vectors = range(columns / 4);
  return [
    ...vectors.map((v) => `const b${v} = v128.load(u, ${16 * v});`),
    ...range(rows).flatMap((r) => [
      `const a${r} = v128.load32_splat(v, ${tile * r});`,
      ...vectors.map((v) => `c${r}${v} = madd(a${r}, b${v}, c${r}${v});`),
    ]),
  ]
    .map((line) => indent + line)
    .join('\n');
}

/** m[tile][channel] = Σ over input channels of v[block of 8][tile][8] · u[channel][16]; tiles of m are 36·64 bytes apart. */
function product(rows, columns) {
  const vectors = range(columns / 4);
  return `
export function product${rows}x${columns}(v: usize, vBlock: usize, u: usize, blocks: i32, m: usize): void {
${range(rows)
  .map((r) => `  let ${vectors.map((v) => `c${r}${v} = zeros()`).join(', ')};`)
  .join('\n')}
  do {
    const end = v + 32;
    do {
${sums(rows, columns, '      ', 32)}
      v += 4;
      u += 64;
    } while (v < end);
    v += vBlock - 32;
    blocks -= 1;
  } while (blocks > 0);
${range(rows)
  .flatMap((r) => vectors.map((v) => `  v128.store(m, c${r}${v ^ 1}, ${r * 36 * 64 + 16 * (v ^ 1)});`))
  .join('\n')}
}
`;
}

/** m[4 input channels][channel] += Σ over tiles of v[tile][4 of 8] · u[tile][16] */
function reduction(columns) {
  const [rows, vectors] = [4, range(columns / 4)];
  return `
export function reduce${rows}x${columns}(v: usize, u: usize, m: usize, count: i32): void {
${range(rows)
  .map((r) => `  let ${vectors.map((v) => `c${r}${v} = v128.load(m, ${64 * r + 16 * v})`).join(', ')};`)
  .join('\n')}
  do {
${sums(rows, columns, '    ', 4)}
    v += 32;
    u += 64;
    count -= 1;
  } while (count > 0);
${range(rows)
  .flatMap((r) => vectors.map((v) => `  v128.store(m, c${r}${v ^ 1}, ${64 * r + 16 * (v ^ 1)});`))
  .join('\n')}
}
`;
}

export const winogradTiles = `/* Written by assembly/winogradTiles.mjs. */
import { madd, zeros } from '../lanes';

const constants = memory.data<f32>([${Object.values(constants).join(', ')}]);
${[transformInput, ...[4, 2].map(transformOutput), ...[3, 5].map(transformFilter), transformCotangent, transformSums].join('')}
${[product(6, 16), product(6, 8), product(4, 8), reduction(16), reduction(8)].join('')}`;
