// The text of generated/winogradTiles.ts: the innermost parts of Winograd's F(4×4, 3×3) and of its filter gradient.
//
// All values are pairs of vectors, of 8 channels, whose loads and stores lie 16 bytes apart: V8 can merge them into vectors
// of 256 bits. For that the upper half of a pair is stored first, constants are splat once before the loops, and few values
// are alive at a time. A transform of a square is two passes of a transform of a line in loops, by way of a scratch square:
// so the result is transposed, for images, filters and products alike.
//
// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016. The points 0, ±5/8, ±3/2 and ∞ were
// chosen by measurement: the error is twice that of a plain sum, with the usual 0, ±1, ±2 and ∞ more than four times.

const [a, b] = [5 / 8, 3 / 2];
const [a2, b2] = [a * a, b * b];
const [na, nb] = [2 * a2 * (a2 - b2), 2 * b2 * (b2 - a2)];
/** What the transforms multiply by, by name. */
const constants = {
  ...{ a2b2: a2 * b2, minusBoth: -(a2 + b2), a, minusA: -a, b, minusB: -b, a2, minusA2: -a2, b2, minusB2: -b2 },
  ...{ a3: a * a2, b3: b * b2, perZero: 1 / (a2 * b2), perA: 1 / na, perB: 1 / nb },
  ...{ aPerA: a / na, bPerB: b / nb, a2PerA: a2 / na, b2PerB: b2 / nb },
};

const range = (count) => Array.from({ length: count }, (_, at) => at);

/** Statements on pairs of vectors. */
class Code {
  lines = [];
  used = new Set();
  #serial = 0;

  /** A new pair; `expression` writes a half, given 'l' or 'h' and the bytes of its offset. */
  pair(expression) {
    const name = `t${this.#serial++}`;
    this.lines.push(`const ${name}l = ${expression('l', 0)};`, `const ${name}h = ${expression('h', 16)};`);
    return name;
  }
  load(address, offset) {
    return this.pair((_, half) => `v128.load(${address}, ${offset + half})`);
  }
  store(address, offset, value) {
    this.lines.push(
      `v128.store(${address}, ${value}h, ${offset + 16});`,
      `v128.store(${address}, ${value}l, ${offset});`,
    );
  }
  constant(name) {
    this.used.add(name);
    return `${name}_`;
  }
  /** x·constant + y */
  madd(name, x, y) {
    const k = this.constant(name);
    return this.pair((half) => `madd(${k}${half}, ${x}${half}, ${y}${half})`);
  }
  multiply(name, x) {
    const k = this.constant(name);
    return this.pair((half) => `f32x4.mul(${k}${half}, ${x}${half})`);
  }
  add(x, y) {
    return this.pair((half) => `f32x4.add(${x}${half}, ${y}${half})`);
  }
  subtract(x, y) {
    return this.pair((half) => `f32x4.sub(${x}${half}, ${y}${half})`);
  }
  shuffle(x, y, lanes) {
    return this.pair((half) => `v128.shuffle<f32>(${x}${half}, ${y}${half}, ${lanes})`);
  }
  write(...lines) {
    this.lines.push(...lines);
  }
  /** The constants that were used, splat into pairs. */
  get splats() {
    const names = Object.keys(constants);
    return [...this.used].flatMap((name) =>
      ['l', 'h'].map((half) => `const ${name}_${half} = v128.load32_splat(constants, ${4 * names.indexOf(name)});`),
    );
  }
}

/* Transforms of a line: `from(i)` loads its number i when it is asked for, `to(i, value)` takes the result. */

/** Bᵀ·d, of 6 numbers to 6. */
function input(code, from, to) {
  const [d0, d2, d4] = [from(0), from(2), from(4)];
  to(0, code.madd('a2b2', d0, code.madd('minusBoth', d2, d4)));
  const [u, e] = [code.madd('minusB2', d2, d4), code.madd('minusA2', d2, d4)];
  const [d1, d3, d5] = [from(1), from(3), from(5)];
  to(5, code.madd('a2b2', d1, code.madd('minusBoth', d3, d5)));
  const [w, f] = [code.madd('minusB2', d1, d3), code.madd('minusA2', d1, d3)];
  to(1, code.madd('a', w, u));
  to(2, code.madd('minusA', w, u));
  to(3, code.madd('b', f, e));
  to(4, code.madd('minusB', f, e));
}

/** Aᵀ·m, of 6 numbers to 4. */
function output(code, from, to) {
  const [m1, m2] = [from(1), from(2)];
  const [s, d] = [code.add(m1, m2), code.subtract(m1, m2)];
  const [m3, m4] = [from(3), from(4)];
  const [u, w] = [code.add(m3, m4), code.subtract(m3, m4)];
  to(0, code.add(code.add(from(0), s), u));
  to(1, code.madd('b', w, code.multiply('a', d)));
  to(2, code.madd('b2', u, code.multiply('a2', s)));
  to(3, code.madd('a3', d, code.madd('b3', w, from(5))));
}

/** A·g, of 4 numbers to 6: the transpose of `output`. */
function cotangent(code, from, to) {
  const [g0, g2] = [from(0), from(2)];
  const [e, f] = [code.madd('a2', g2, g0), code.madd('b2', g2, g0)];
  const [g1, g3] = [from(1), from(3)];
  const [o, q] = [code.madd('a2', g3, g1), code.madd('b2', g3, g1)];
  to(0, g0);
  to(5, g3);
  to(1, code.madd('a', o, e));
  to(2, code.madd('minusA', o, e));
  to(3, code.madd('b', q, f));
  to(4, code.madd('minusB', q, f));
}

/** G·w, of 3 numbers to 6. */
function filter(code, from, to) {
  const [w0, w1, w2] = [from(0), from(1), from(2)];
  const [e, f] = [code.madd('a2', w2, w0), code.madd('b2', w2, w0)];
  to(0, code.multiply('perZero', w0));
  to(1, code.multiply('perA', code.madd('a', w1, e)));
  to(2, code.multiply('perA', code.madd('minusA', w1, e)));
  to(3, code.multiply('perB', code.madd('b', w1, f)));
  to(4, code.multiply('perB', code.madd('minusB', w1, f)));
  to(5, w2);
}

/** Gᵀ·m, of 6 numbers to 3: the transpose of `filter`. */
function filterGradient(code, from, to) {
  const [m1, m2] = [from(1), from(2)];
  const [s, d] = [code.add(m1, m2), code.subtract(m1, m2)];
  const [m3, m4] = [from(3), from(4)];
  const [u, w] = [code.add(m3, m4), code.subtract(m3, m4)];
  to(0, code.madd('perZero', from(0), code.madd('perA', s, code.multiply('perB', u))));
  to(1, code.madd('aPerA', d, code.multiply('bPerB', w)));
  to(2, code.madd('a2PerA', s, code.madd('b2PerB', u, from(5))));
}

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
 * that begins at `line`, which then moves on by `lineStep`; `to(code, i, value)` stores number i of the result's line at
 * `target`, which moves on by `targetStep`.
 */
function square({ transform, size, result, from, lineStep, to, targetStep }) {
  const code = new Code();
  code.write('let line = p;', 'let between = scratch;', `let left = ${size};`, 'do {');
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
    lazily((i) => code.load('between', 32 * result * i)),
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
  'p: usize, row: usize, q: usize, step: usize',
  square({ ...positions, transform: input, lineStep: 'row' }),
  'p += 128; q += 32;',
);
const transformCotangent = tiles(
  'transformCotangent',
  'p: usize, row: usize, q: usize, step: usize',
  square({ ...positions, transform: cotangent, size: 4, lineStep: 'row' }),
  'p += 128; q += 64;',
);
const transformFilter = single(
  'transformFilter',
  'p: usize, q: usize, step: usize',
  square({ ...positions, transform: filter, size: 3, lineStep: '96' }),
);
/** The last pass exchanges lanes and columns: 4 numbers of a row of the output lie beside each other, of channels c and c + 4. */
const transformOutput = single(
  'transformOutput',
  'p: usize, q: usize, plane: usize, row: usize',
  square({
    ...{ transform: output, size: 6, result: 4, from: (code, i) => code.load('line', 64 * i), lineStep: 64 * 6 },
    to: (code, transform, from) => {
      const y = [];
      transform(code, from, (i, value) => {
        y[i] = value;
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
${[transformInput, transformOutput, transformFilter, transformCotangent, transformSums].join('')}
${[product(6, 16), product(6, 8), product(4, 8), reduction(16), reduction(8)].join('')}`;
