// The text of generated/productTiles.ts: the innermost loops of the product of matrices. A tile is as many rows and columns
// of z as there are registers for. It is written in pairs of vectors 16 bytes apart, from load to store, which V8 can merge
// into vectors of 256 bits; what keeps it from that, or makes it slow:
//   - more than 15 wide registers alive: 6 rows of 16 columns take 12 for the sums, 2 for y, 1 for x;
//   - more than one step of the inner axis a turn;
//   - a store between the loads of a pair, and storing the lower half of a pair first.
// Lanes of 128 bits have registers for 4 rows of 8 columns.

const range = (count) => Array.from({ length: count }, (_, at) => at);

/** The rows that a tile can have: as many as 16 columns leave registers for. */
const tileRows = range(6).map((at) => at + 1);

function tile(rows, columns) {
  const vectors = range(columns / 4);
  const upperFirst = vectors.map((v) => v ^ 1);
  const each = (write) =>
    range(rows)
      .map((r) => write(r) + (r < rows - 1 ? '\n    z += zRow;' : ''))
      .join('\n');
  return `
export function tile${rows}x${columns}(depth: i32, x: usize, xStep: usize, y: usize, yStep: usize, z: usize, zRow: usize, accumulate: bool): void {
${range(rows)
  .map((r) => `  let ${vectors.map((v) => `c${r}${v} = zeros()`).join(', ')};`)
  .join('\n')}
  do {
${vectors.map((v) => `    const b${v} = v128.load(y, ${16 * v});`).join('\n')}
${range(rows)
  .map(
    (r) => `    const a${r} = v128.load32_splat(x, ${4 * r});
${vectors.map((v) => `    c${r}${v} = madd(a${r}, b${v}, c${r}${v});`).join('\n')}`,
  )
  .join('\n')}
    x += xStep;
    y += yStep;
    depth -= 1;
  } while (depth > 0);
  if (accumulate) {
${each(
  (r) => `${vectors.map((v) => `    const d${r}${v} = f32x4.add(v128.load(z, ${16 * v}), c${r}${v});`).join('\n')}
${upperFirst.map((v) => `    v128.store(z, d${r}${v}, ${16 * v});`).join('\n')}`,
)}
  } else {
${each((r) => upperFirst.map((v) => `    v128.store(z, c${r}${v}, ${16 * v});`).join('\n'))}
  }
}
`;
}

/**
 * A tile whose inner axis is made of `lines` runs of `depth` steps: behind each, x moves on by another `xSkip` bytes. The
 * numbers of y for a step lie beside each other, all steps in one piece. Adds to z.
 */
function linesTile(rows, columns) {
  const vectors = range(columns / 4);
  const upperFirst = vectors.map((v) => v ^ 1);
  return `
export function lines${rows}x${columns}(lines: i32, depth: i32, y: usize, x: usize, xStep: usize, xSkip: usize, z: usize, zRow: usize): void {
${range(rows)
  .map((r) => `  let ${vectors.map((v) => `c${r}${v} = zeros()`).join(', ')};`)
  .join('\n')}
  do {
    let left = depth;
    do {
${vectors.map((v) => `      const b${v} = v128.load(x, ${16 * v});`).join('\n')}
${range(rows)
  .map(
    (r) => `      const a${r} = v128.load32_splat(y, ${4 * r});
${vectors.map((v) => `      c${r}${v} = madd(a${r}, b${v}, c${r}${v});`).join('\n')}`,
  )
  .join('\n')}
      y += ${4 * rows};
      x += xStep;
      left -= 1;
    } while (left > 0);
    x += xSkip;
    lines -= 1;
  } while (lines > 0);
${range(rows)
  .map(
    (r) => `${vectors.map((v) => `  const d${r}${v} = f32x4.add(v128.load(z, ${16 * v}), c${r}${v});`).join('\n')}
${upperFirst.map((v) => `  v128.store(z, d${r}${v}, ${16 * v});`).join('\n')}${r < rows - 1 ? '\n  z += zRow;' : ''}`,
  )
  .join('\n')}
}
`;
}

/** Chooses a tile by its rows. */
function choice(name, columns, parameters) {
  const numbers = parameters.map((parameter) => parameter.split(':')[0]).join(', ');
  return `
// @ts-ignore: decorator
@inline
export function ${name}X${columns}(rows: i32, ${parameters.join(', ')}): void {
${tileRows
  .slice()
  .reverse()
  .map((rows) => `  ${rows > 1 ? `if (rows == ${rows}) ` : ''}${name}${rows}x${columns}(${numbers});`)
  .join('\n  else')}
}
`;
}

const tileParameters = [
  'depth: i32',
  'x: usize',
  'xStep: usize',
  'y: usize',
  'yStep: usize',
  'z: usize',
  'zRow: usize',
  'accumulate: bool',
];
const linesParameters = [
  'lines: i32',
  'depth: i32',
  'y: usize',
  'x: usize',
  'xStep: usize',
  'xSkip: usize',
  'z: usize',
  'zRow: usize',
];

export const productTiles = `/* Written by assembly/productTiles.mjs. */
import { madd, zeros } from '../lanes';
${[8, 16]
  .map(
    (columns) => `${tileRows.map((rows) => tile(rows, columns) + linesTile(rows, columns)).join('')}
${choice('tile', columns, tileParameters)}${choice('lines', columns, linesParameters)}`,
  )
  .join('')}`;
