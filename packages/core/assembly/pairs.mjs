/*
 * Elementwise kernels written in pairs of vectors: eight numbers a turn, in two neighbours of four. Where V8 merges two
 * operations of 128 bits into one of 256, it does so only if
 *   - both vectors go through the same operations, from their loads to their stores;
 *   - the loads, also those of constants, come before everything else: so constants are read before the loop;
 *   - the upper half is stored first.
 * AssemblyScript has no function that gives back two vectors, so the formulas are functions of JavaScript that write the
 * operations down, once for each of the two.
 */

/** The constants of all kernels, by their bits, so that 0 and -0 are two. */
class Constants {
  #bits = [];

  /** The name of the vector that holds the constant four times. */
  nameOf(bits) {
    const index = this.#bits.indexOf(bits);
    return `k${index < 0 ? this.#bits.push(bits) - 1 : index}`;
  }

  /** The line that reads the constant of that name. */
  static load(name) {
    return `  const ${name} = v128.load32_splat(constants, ${4 * Number(name.slice(1))});\n`;
  }

  get table() {
    return `const constants = memory.data<u32>([${this.#bits.map((bits) => `0x${bits.toString(16)}`).join(', ')}]);\n`;
  }
}

/** The bits of a number as float32. */
const bitsOf = (number) => new Uint32Array(Float32Array.of(number).buffer)[0];

/** Operations by the names that formulas have for them. */
const operations = {
  ...{
    add: 'f32x4.add',
    subtract: 'f32x4.sub',
    multiply: 'f32x4.mul',
    divide: 'f32x4.div',
    madd: 'f32x4.relaxed_madd',
  },
  // The larger and the smaller of two numbers; a NaN that stands first stays, and costs nothing.
  ...{ max: 'f32x4.pmax', min: 'f32x4.pmin', abs: 'f32x4.abs', negate: 'f32x4.neg' },
  // The same, but NaN wherever there is one, and 0 above -0.
  ...{ maximum: 'f32x4.max', minimum: 'f32x4.min', sqrt: 'f32x4.sqrt' },
  ...{ isLess: 'f32x4.lt', isAtMost: 'f32x4.le', isGreater: 'f32x4.gt', isAtLeast: 'f32x4.ge' },
  ...{ isEqual: 'f32x4.eq', isOther: 'f32x4.ne', and: 'v128.and', andNot: 'v128.andnot', or: 'v128.or' },
  ...{ fromWhole: 'f32x4.convert_i32x4_s' },
  ...{ addWhole: 'i32x4.add', subtractWhole: 'i32x4.sub', shiftLeft: 'i32x4.shl', shiftRight: 'i32x4.shr_s' },
};

/** What a formula is written with, for one of the two vectors: each operation is one line, and gives its name. */
class Vector {
  lines = [];
  used = new Set();
  #half;
  #constants;
  #names = new Map();

  constructor(half, constants) {
    this.#half = half;
    this.#constants = constants;
    for (const [name, instruction] of Object.entries(operations)) {
      this[name] = (...operands) => this.#keep(`${instruction}(${operands.join(', ')})`);
    }
  }

  /** A constant. */
  number(number) {
    return this.bits(bitsOf(number));
  }

  /** A constant by its 32 bits. */
  bits(bits) {
    const name = this.#constants.nameOf(bits);
    this.used.add(name);
    return name;
  }

  /** `yes` in the lanes where the condition holds, else `no`. */
  choose(condition, yes, no) {
    return this.#keep(`v128.bitselect(${yes}, ${no}, ${condition})`);
  }

  /** c₀·xⁿ + … + cₙ, by Horner's rule. */
  polynomial(x, [first, ...rest]) {
    return rest.reduce((sum, term) => this.madd(sum, x, this.number(term)), this.number(first));
  }

  /** The name of an expression, which is computed once, however often a formula asks for it. */
  #keep(expression) {
    const known = this.#names.get(expression);
    if (known) return known;
    const name = `${this.#half}${this.lines.length}`;
    this.lines.push(`    const ${name} = ${expression};\n`);
    this.#names.set(expression, name);
    return name;
  }
}

const list = (words, write) => words.map(write).join('');

/** One kernel: the arrays that it reads, the formula that gives the result of their numbers, and the numbers that it is told. */
function kernel(name, [arrays, formula, numbers = []], constants) {
  const halves = ['a', 'b'].map((half) => {
    const vector = new Vector(half, constants);
    const result = formula(vector, ...arrays.map((array) => half + array), ...numbers.map((number) => `${number}s`));
    return { vector, result };
  });
  return `
export function ${name}(${list(arrays, (array) => `${array}s: usize, `)}z: usize, ${list(numbers, (number) => `${number}: f32, `)}from: i32, to: i32, thread: i32): void {
${list(numbers, (number) => `  const ${number}s = f32x4.splat(${number});\n`)}${list([...halves[0].vector.used], Constants.load)}  const end = bytes(to);
  for (let at = bytes(from); at < end; at += 32) {
${list(arrays, (array) => `    const a${array} = v128.load(${array}s + at);\n    const b${array} = v128.load(${array}s + at, 16);\n`)}${list(halves, ({ vector }) => vector.lines.join(''))}    const target = roomFor(z + at, end - at, thread);
    v128.store(target, ${halves[1].result}, 16);
    v128.store(target, ${halves[0].result});
  }
  copyEnd(z, from, to, thread);
}
`;
}

/** The text of a file of kernels, from their formulas by name. */
export function pairs(formulas) {
  const constants = new Constants();
  const kernels = Object.entries(formulas).map(([name, formula]) => kernel(name, formula, constants));
  return `/* Written by pairs.mjs. */
import { copyEnd, roomFor } from '../ends';
import { bytes } from '../lanes';

${constants.table}${kernels.join('')}`;
}
