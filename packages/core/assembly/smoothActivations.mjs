import { bell, exponential, split, timesExponential, whole } from './exponentials.mjs';

/*
 * The normal distribution, activations whose formulas hold it or several exponentials, and their slopes, with all digits
 * but the last few over the whole range. Most are written for a = |x|, and for the other side by symmetry:
 * gelu(x) = max(x, 0) - a·Φ(-a), and the slope at x is 1 less the slope at -x.
 */

/** From here on, each function of a is its limit to the last digit. */
const far = { ofBell: 15, ofErf: 4, ofTanh: 12 };
/** Below and above, e^x is 0 and mish is x. */
const [lowest, highest] = [-110, 20];

/** Twice √(2/π), and that times 0.044715: the two factors in gelu by tanh, which is x / (1 + e^(-x·(linear + cubic·x²))). */
const linear = Math.sqrt(8 / Math.PI);
const cubic = 0.044715 * linear;

/**
 * e^(a²/2)·Φ(-a) / t by powers of t = 3.5 / (a + 3.5), from the highest on: the tail without its steep descent. To 8e-9 for
 * 0 ≤ a ≤ 15, fitted by least squares whose weights grow where the error is large.
 */
const tailTerms = [
  -0.01590040698647499, 0.10214924067258835, -0.24738895893096924, 0.2597535252571106, -0.1296686977148056,
  0.12769715487957, 0.06792950630187988, 0.10774347931146622, 0.11368947476148605, 0.11399570107460022,
];
/** erf(x) / x - 1 by powers of x², to 3e-9 for |x| ≤ 0.8, fitted likewise. */
const erfTerms = [
  -0.0006535235443152487, 0.005085130222141743, -0.02682080678641796, 0.11283113062381744, -0.3761260211467743,
  0.12837916612625122,
];
const bitsOfSign = 0x80000000;

/** |x|, held at a bound; NaN stays NaN. */
const sizeOf = (o, x, bound) => o.min(o.abs(x), o.number(bound));

/** e^(a²/2)·Φ(-a) for a ≥ 0 */
function tail(o, a) {
  const t = o.divide(o.number(3.5), o.add(a, o.number(3.5)));
  return o.multiply(o.polynomial(t, tailTerms), t);
}

/** What belongs to a negative x, or 1 less that. */
const mirrored = (o, x, y) => o.choose(o.isLess(x, o.number(0)), y, o.subtract(o.number(1), y));

/** max(x, 0) + y for a y < 0, with the zero that y has below. */
const besideRelu = (o, x, y) => o.add(o.max(x, o.number(-0)), y);

/**
 * The parts of e^(x·(linear + cubic·x²)) for x ≤ 0. The exponent is a sum of two numbers, high·high and the rest, or its
 * rounding would be blown up.
 */
function exponentialOfTanh(o, x) {
  const factor = split(o, x);
  const square = o.multiply(factor.high, factor.high);
  const restOfSquare = o.multiply(factor.low, o.add(x, factor.high));
  const ofSquare = split(o, square);
  const cubicHigh = Math.round(cubic * 2 ** 15) / 2 ** 15;
  const sum = o.madd(o.add(square, restOfSquare), o.number(cubic), o.number(linear));
  const { high } = split(o, sum);
  let rest = o.madd(ofSquare.high, o.number(cubic - cubicHigh), o.number(linear - Math.fround(linear)));
  rest = o.madd(ofSquare.low, o.number(cubic), rest);
  rest = o.madd(restOfSquare, o.number(cubic), rest);
  const first = o.subtract(o.multiply(ofSquare.high, o.number(cubicHigh)), high);
  rest = o.add(o.add(first, o.number(linear)), rest);
  return exponential(o, o.multiply(factor.high, high), o.madd(factor.low, sum, o.multiply(factor.high, rest)));
}

/** e = e^x in parts and whole, with n = e·(e + 2), whose share n / (n + 2) is tanh(ln(1 + e)). */
function exponentialsOfMish(o, x) {
  const parts = exponential(o, x);
  const e = whole(o, parts);
  const eAndTwo = o.add(e, o.number(2));
  return { parts, e, eAndTwo, nAndTwo: o.madd(e, eAndTwo, o.number(2)) };
}

/** By name: the arrays that are read, and the formula. */
export const smoothActivations = {
  normalDensity: [
    ['x'],
    (o, x) => timesExponential(o, o.number(1 / Math.sqrt(2 * Math.PI)), bell(o, sizeOf(o, x, far.ofBell), 0.5)),
  ],
  erf: [
    ['x'],
    (o, x) => {
      const a = sizeOf(o, x, far.ofErf);
      const twoTails = o.multiply(o.number(2), tail(o, o.multiply(a, o.number(Math.SQRT2))));
      const size = o.subtract(o.number(1), timesExponential(o, twoTails, bell(o, a, 1)));
      const distant = o.or(size, o.and(x, o.bits(bitsOfSign)));
      const near = o.madd(x, o.polynomial(o.multiply(a, a), erfTerms), x);
      return o.choose(o.isLess(a, o.number(0.75)), near, distant);
    },
  ],
  gelu: [
    ['x'],
    (o, x) => {
      const a = sizeOf(o, x, far.ofBell);
      return besideRelu(o, x, timesExponential(o, o.multiply(o.negate(a), tail(o, a)), bell(o, a, 0.5)));
    },
  ],
  geluSlope: [
    ['x'],
    (o, x) => {
      const a = sizeOf(o, x, far.ofBell);
      const factor = o.madd(a, o.number(-1 / Math.sqrt(2 * Math.PI)), tail(o, a));
      return mirrored(o, x, timesExponential(o, factor, bell(o, a, 0.5)));
    },
  ],
  geluTanh: [
    ['x'],
    (o, x) => {
      const below = o.negate(sizeOf(o, x, far.ofTanh));
      const parts = exponentialOfTanh(o, below);
      const factor = o.divide(below, o.add(whole(o, parts), o.number(1)));
      return besideRelu(o, x, timesExponential(o, factor, parts));
    },
  ],
  geluTanhSlope: [
    ['x'],
    (o, x) => {
      const below = o.negate(sizeOf(o, x, far.ofTanh));
      const parts = exponentialOfTanh(o, below);
      const eAndOne = o.add(whole(o, parts), o.number(1));
      const rise = o.madd(o.multiply(below, below), o.number(3 * cubic), o.number(linear));
      const factor = o.divide(o.madd(below, rise, eAndOne), o.multiply(eAndOne, eAndOne));
      return mirrored(o, x, timesExponential(o, factor, parts));
    },
  ],
  mish: [
    ['x'],
    (o, x) => {
      const held = o.max(o.min(x, o.number(highest)), o.number(lowest));
      const { parts, eAndTwo, nAndTwo } = exponentialsOfMish(o, held);
      const y = timesExponential(o, o.multiply(held, o.divide(eAndTwo, nAndTwo)), parts);
      return o.choose(o.isLess(o.number(highest), x), x, y);
    },
  ],
  mishSlope: [
    ['x'],
    (o, x) => {
      const held = o.max(o.min(x, o.number(highest)), o.number(lowest));
      const { parts, e, eAndTwo, nAndTwo } = exponentialsOfMish(o, held);
      const bend = o.multiply(o.multiply(o.number(4), held), o.add(e, o.number(1)));
      const factor = o.divide(o.madd(eAndTwo, nAndTwo, bend), o.multiply(nAndTwo, nAndTwo));
      return timesExponential(o, factor, parts);
    },
  ],
};
