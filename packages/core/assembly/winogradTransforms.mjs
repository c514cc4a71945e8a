// Winograd's transforms of a line, for winogradTiles.mjs: statements on pairs of vectors.
//
// F(4×4, 3×3) and F(2×2, 5×5) have the same points, and with them the same transform of the input.
//
// The points 0, ±5/8, ±3/2 and ∞ were chosen by measurement: the error is twice that of a plain sum, with the usual 0, ±1, ±2
// and ∞ more than four times.

const [a, b] = [5 / 8, 3 / 2];
const [a2, b2] = [a * a, b * b];
const [na, nb] = [2 * a2 * (a2 - b2), 2 * b2 * (b2 - a2)];
/** What the transforms multiply by, by name. */
export const constants = {
  ...{ a2b2: a2 * b2, minusBoth: -(a2 + b2), a, minusA: -a, b, minusB: -b, a2, minusA2: -a2, b2, minusB2: -b2 },
  ...{ a3: a * a2, b3: b * b2, perZero: 1 / (a2 * b2), perA: 1 / na, perB: 1 / nb },
  ...{ aPerA: a / na, bPerB: b / nb, a2PerA: a2 / na, b2PerB: b2 / nb },
};

/** Statements on pairs of vectors. */
export class Code {
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
  /** Σ coefficients[k]·constantᵏ */
  polynomial(name, coefficients) {
    return coefficients.reduceRight((sum, x) => this.madd(name, sum, x));
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
export function input(code, from, to) {
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

/** The sums and differences of what belongs to the points ±a and ±b. */
function pairs(code, from) {
  const [m1, m2] = [from(1), from(2)];
  const [s, d] = [code.add(m1, m2), code.subtract(m1, m2)];
  const [m3, m4] = [from(3), from(4)];
  return { s, d, u: code.add(m3, m4), w: code.subtract(m3, m4) };
}

/** A polynomial of `count` coefficients at ±a and ±b, and in the limit; `at` has a word about each value. */
function values(code, from, count, to, at) {
  const even = (square) => code.polynomial(square, range(count, 0).map(from));
  const odd = (square) => code.polynomial(square, range(count, 1).map(from));
  const [e, f] = [even('a2'), even('b2')];
  const [o, q] = [odd('a2'), odd('b2')];
  to(0, at('Zero', from(0)));
  to(5, from(count - 1));
  to(1, at('A', code.madd('a', o, e)));
  to(2, at('A', code.madd('minusA', o, e)));
  to(3, at('B', code.madd('b', q, f)));
  to(4, at('B', code.madd('minusB', q, f)));
}

/** Every other number from `first` on. */
const range = (count, first) => Array.from({ length: Math.ceil((count - first) / 2) }, (_, at) => first + 2 * at);

/** Aᵀ·m, of 6 numbers to so many outputs. */
export const output = (count) => (code, from, to) => {
  const { s, d, u, w } = pairs(code, from);
  to(0, code.add(code.add(from(0), s), u));
  for (let i = 1; i < count; i++) {
    const power = i === 1 ? '' : i;
    const [x, y] = i % 2 === 1 ? [d, w] : [s, u];
    if (i < count - 1) to(i, code.madd(`b${power}`, y, code.multiply(`a${power}`, x)));
    else to(i, code.madd(`a${power}`, x, code.madd(`b${power}`, y, from(5))));
  }
};

/** A·g, of 4 outputs' cotangents to 6 numbers: the transpose of `output`. */
export const cotangent = (code, from, to) => values(code, from, 4, to, (_, value) => value);

/** G·w, of so many weights to 6 numbers. */
export const filter = (count) => (code, from, to) =>
  values(code, from, count, to, (point, value) => code.multiply(`per${point}`, value));

/** Gᵀ·m, of 6 numbers to 3 weights: the transpose of `filter`. */
export function filterGradient(code, from, to) {
  const { s, d, u, w } = pairs(code, from);
  to(0, code.madd('perZero', from(0), code.madd('perA', s, code.multiply('perB', u))));
  to(1, code.madd('aPerA', d, code.multiply('bPerB', w)));
  to(2, code.madd('a2PerA', s, code.madd('b2PerB', u, from(5))));
}
