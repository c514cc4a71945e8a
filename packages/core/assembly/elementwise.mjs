// The kernels that know one place at a time, from their formulas: four places at once, x, y and g being the numbers that
// stand there, and what they are told besides being f32. AssemblyScript cannot pass a formula to a loop and stay fast.

const zero = 'f32x4.splat(0)';
const one = 'f32x4.splat(1)';
const minus = 'f32x4.splat(-0.0)';
const number = (name) => `f32x4.splat(${name})`;
const choose = (condition, yes, no) => `v128.bitselect(${yes}, ${no}, ${condition})`;
/** A comparison is a lane of ones or of zeros: `and` makes it the number given, or 0. */
const share = (condition, is) => `v128.and(${condition}, ${is})`;
/** A result, but 0 where it is NaN and x is 0. */
const unlessNothing = (result) => share(`v128.or(f32x4.ne(x, ${zero}), f32x4.eq(${result}, ${result}))`, result);
const isPositive = `f32x4.gt(x, ${zero})`;

/** By name: the arrays that are read, the numbers that are told, and the formula. */
const formulas = {
  add: ['x y', '', 'f32x4.add(x, y)'],
  subtract: ['x y', '', 'f32x4.sub(x, y)'],
  multiply: ['x y', '', 'f32x4.mul(x, y)'],
  divide: ['x y', '', 'f32x4.div(x, y)'],
  multiplyCotangent: ['x y', '', unlessNothing('f32x4.mul(x, y)')],
  divideCotangent: ['x y', '', unlessNothing('f32x4.div(x, y)')],
  maximum: ['x y', '', 'f32x4.max(x, y)'],
  minimum: ['x y', '', 'f32x4.min(x, y)'],
  greaterShare: ['x y', '', `v128.or(${share('f32x4.gt(x, y)', one)}, ${share('f32x4.eq(x, y)', 'f32x4.splat(0.5)')})`],
  equal: ['x y', '', share('f32x4.eq(x, y)', one)],
  greater: ['x y', '', share('f32x4.gt(x, y)', one)],
  greaterOrEqual: ['x y', '', share('f32x4.ge(x, y)', one)],
  where: ['c x y', '', choose(`f32x4.ne(c, ${zero})`, 'x', 'y')],
  negate: ['x', '', 'f32x4.neg(x)'],
  exp: ['x', '', 'exp4(x)'],
  log: ['x', '', 'log4(x)'],
  sqrt: ['x', '', 'f32x4.sqrt(x)'],
  abs: ['x', '', 'f32x4.abs(x)'],
  sign: ['x', '', choose(`f32x4.gt(f32x4.abs(x), ${zero})`, `v128.or(${share('x', minus)}, ${one})`, 'x')],
  // Where x ≤ 0 its bits are cleared: that is a maximum which keeps NaN, in a third of the time.
  relu: ['x', '', `v128.andnot(x, f32x4.le(x, ${zero}))`],
  reluGradient: ['x g', '', share(isPositive, 'g')],
  sigmoid: ['x', '', 'sigmoid4(x)'],
  tanh: ['x', '', 'tanh4(x)'],
  clamp: ['x', 'low high', `f32x4.min(f32x4.max(x, ${number('low')}), ${number('high')})`],
  within: ['x', 'low high', share(`v128.and(f32x4.ge(x, ${number('low')}), f32x4.le(x, ${number('high')}))`, one)],
  leakyRelu: ['x', 'slope', choose(isPositive, 'x', `f32x4.mul(x, ${number('slope')})`)],
  // 0·-Infinity would be NaN.
  leakyReluOfSlopeZero: ['x', '', `v128.andnot(x, f32x4.lt(x, ${zero}))`],
  leakyReluSlope: ['x', 'slope', choose(isPositive, one, number('slope'))],
  elu: [
    'x',
    'below above',
    choose(isPositive, `f32x4.mul(x, ${number('above')})`, `f32x4.mul(expm1OfNegative4(x), ${number('below')})`),
  ],
  eluSlope: ['x', 'below above', choose(isPositive, number('above'), `f32x4.mul(exp4(x), ${number('below')})`)],
  silu: ['x', '', 'silu4(x)'],
  softplus: ['x', 'beta bound', choose(`f32x4.gt(x, ${number('bound')})`, 'x', `softplus4(x, ${number('beta')})`)],
  softplusSlope: [
    'x',
    'beta bound',
    choose(`f32x4.gt(x, ${number('bound')})`, one, `sigmoid4(f32x4.mul(x, ${number('beta')}))`),
  ],
};

const list = (words, write) => words.split(' ').filter(Boolean).map(write).join('');

const kernel = ([name, [arrays, numbers, formula]]) => `
export function ${name}(${list(arrays, (array) => `${array}s: usize, `)}z: usize, ${list(numbers, (number) => `${number}: f32, `)}from: i32, to: i32): void {
  const end = bytes(to);
  for (let at = bytes(from); at < end; at += 16) {
${list(arrays, (array) => `    const ${array} = v128.load(${array}s + at);\n`)}    storeFirst(z + at, ${formula}, <i32>((end - at) >> 2));
  }
}
`;

/** The text of generated/elementwise.ts. */
export const elementwise = `/* Written by elementwise.mjs. */
import { storeFirst } from '../edges';
import { bytes } from '../lanes';
import { exp4, expm1OfNegative4, log4, sigmoid4, silu4, softplus4, tanh4 } from '../mathematics';
${Object.entries(formulas).map(kernel).join('')}`;
