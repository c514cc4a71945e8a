import { exponential, timesExponential } from './exponentials.mjs';
import { expm1OfNegative, log, softplus } from './logarithms.mjs';

/* The kernels that know one number at a time, from their formulas. A comparison is a lane of ones or of zeros. */

const isPositive = (o, x) => o.isGreater(x, o.number(0));
/** 1 where the condition holds, else 0. */
const oneWhere = (o, condition) => o.and(condition, o.number(1));
const negative = -0;
/** A result of x, but 0 where it is NaN and x is 0. */
const unlessNothing = (o, x, result) => o.and(o.or(o.isOther(x, o.number(0)), o.isEqual(result, result)), result);

/** e^x, held where it is Infinity or 0: right to one unit in the last place, as are the others to a few. */
function exp(o, x) {
  const held = o.max(o.min(x, o.number(89)), o.number(-105));
  return timesExponential(o, null, exponential(o, held));
}

/** 1 / (1 + e^-x) */
function sigmoid(o, x) {
  const small = exp(o, o.negate(o.abs(x)));
  const share = o.choose(o.isAtLeast(x, o.number(0)), o.number(1), small);
  return o.divide(share, o.add(small, o.number(1)));
}

/** x / (1 + e^-x) */
function silu(o, x) {
  // e^-|x| as a square, so that its product with x is right where it alone would be denormal or 0.
  const root = exp(o, o.negate(o.multiply(o.abs(x), o.number(0.5))));
  // -Infinity·0 would be NaN.
  const finite = o.max(x, o.bits(0xff7fffff));
  const share = o.choose(o.isAtLeast(x, o.number(0)), x, o.multiply(o.multiply(finite, root), root));
  return o.divide(share, o.add(o.multiply(root, root), o.number(1)));
}

/** tanh(x) / x - 1 over x², by powers of x², from the highest on. */
const tanhTerms = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];

/** tanh x: an odd polynomial near 0, else 1 - 2 / (e^2|x| + 1) */
function tanh(o, x) {
  const size = o.abs(x);
  const square = o.multiply(x, x);
  const near = o.madd(o.multiply(size, square), o.polynomial(square, tanhTerms), size);
  const share = o.divide(o.number(2), o.add(exp(o, o.add(size, size)), o.number(1)));
  const y = o.choose(o.isLess(size, o.number(0.625)), near, o.subtract(o.number(1), share));
  return o.choose(o.number(negative), x, y);
}

/** By name: the arrays that are read, the formula of their numbers, and what it is told besides. */
export const elementwise = {
  add: [['x', 'y'], (o, x, y) => o.add(x, y)],
  subtract: [['x', 'y'], (o, x, y) => o.subtract(x, y)],
  multiply: [['x', 'y'], (o, x, y) => o.multiply(x, y)],
  divide: [['x', 'y'], (o, x, y) => o.divide(x, y)],
  multiplyCotangent: [['x', 'y'], (o, x, y) => unlessNothing(o, x, o.multiply(x, y))],
  divideCotangent: [['x', 'y'], (o, x, y) => unlessNothing(o, x, o.divide(x, y))],
  maximum: [['x', 'y'], (o, x, y) => o.maximum(x, y)],
  minimum: [['x', 'y'], (o, x, y) => o.minimum(x, y)],
  greaterShare: [['x', 'y'], (o, x, y) => o.or(oneWhere(o, o.isGreater(x, y)), o.and(o.isEqual(x, y), o.number(0.5)))],
  equal: [['x', 'y'], (o, x, y) => oneWhere(o, o.isEqual(x, y))],
  greater: [['x', 'y'], (o, x, y) => oneWhere(o, o.isGreater(x, y))],
  greaterOrEqual: [['x', 'y'], (o, x, y) => oneWhere(o, o.isAtLeast(x, y))],
  where: [['c', 'x', 'y'], (o, c, x, y) => o.choose(o.isOther(c, o.number(0)), x, y)],
  negate: [['x'], (o, x) => o.negate(x)],
  exp: [['x'], exp],
  log: [['x'], log],
  sqrt: [['x'], (o, x) => o.sqrt(x)],
  abs: [['x'], (o, x) => o.abs(x)],
  sign: [['x'], (o, x) => o.choose(isPositive(o, o.abs(x)), o.or(o.and(x, o.number(negative)), o.number(1)), x)],
  // Where x ≤ 0 its bits are cleared: that is a maximum which keeps NaN, in a third of the time.
  relu: [['x'], (o, x) => o.andNot(x, o.isAtMost(x, o.number(0)))],
  reluGradient: [['x', 'g'], (o, x, g) => o.and(isPositive(o, x), g)],
  sigmoid: [['x'], sigmoid],
  tanh: [['x'], tanh],
  clamp: [['x'], (o, x, low, high) => o.minimum(o.maximum(x, low), high), ['low', 'high']],
  within: [['x'], (o, x, low, high) => oneWhere(o, o.and(o.isAtLeast(x, low), o.isAtMost(x, high))), ['low', 'high']],
  leakyRelu: [['x'], (o, x, slope) => o.choose(isPositive(o, x), x, o.multiply(x, slope)), ['slope']],
  // 0·-Infinity would be NaN.
  leakyReluOfSlopeZero: [['x'], (o, x) => o.andNot(x, o.isLess(x, o.number(0)))],
  leakyReluSlope: [['x'], (o, x, slope) => o.choose(isPositive(o, x), o.number(1), slope), ['slope']],
  elu: [
    ['x'],
    (o, x, below, above) => o.choose(isPositive(o, x), o.multiply(x, above), o.multiply(expm1OfNegative(o, x), below)),
    ['below', 'above'],
  ],
  eluSlope: [
    ['x'],
    (o, x, below, above) => o.choose(isPositive(o, x), above, o.multiply(exp(o, x), below)),
    ['below', 'above'],
  ],
  silu: [['x'], silu],
  softplus: [
    ['x'],
    (o, x, beta, bound) => {
      const z = o.multiply(x, beta);
      return o.choose(o.isGreater(x, bound), x, o.divide(softplus(o, z, exp(o, o.negate(o.abs(z)))), beta));
    },
    ['beta', 'bound'],
  ],
  softplusSlope: [
    ['x'],
    (o, x, beta, bound) => o.choose(o.isGreater(x, bound), o.number(1), sigmoid(o, o.multiply(x, beta))),
    ['beta', 'bound'],
  ],
};
