import { cases, elementwise } from './elementwise.ts';
import { constant, type Formula, type FormulaTable, formula, numberOf } from './formula.ts';

const zero = formula('0');
const one = formula('1');
const x = formula('x');
const isPositive = formula('x > 0');
const smoothRelu = 'Close to 1 on the far right, close to 0 on the far left, and smooth in between.';

/** a·b, where a is a number of an attribute: 1 is not written. */
function scaled(number: number, by: Formula): Formula {
  const factor = constant(number);
  return number === 1 ? by : formula(`${factor.text}·${by.text}`, `${factor.latex} \\cdot ${by.latex}`);
}

/** The two numbers for which layers of selu keep mean 0 and variance 1. */
const selfNormalising = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
const exponential = formula('e^x', 'e^{x}');
const exponentialLessOne = formula('(e^x - 1)', '(e^{x} - 1)');

/** Activations, and the slopes of theirs that are ops of their own. */
export const activations: FormulaTable = {
  relu: () =>
    elementwise({
      value: formula('max(x, 0)', '\\max(x, 0)'),
      slopes: { x: cases(one, isPositive, zero) },
      inWords: 'An open gate above 0, a shut one below, and shut at the kink at 0.',
    }),
  reluGradient: () =>
    elementwise({
      output: 'z',
      value: cases(formula('g'), formula('y > 0'), zero),
      slopes: { y: null, g: cases(one, formula('y > 0'), zero) },
      inWords: 'The gate of relu once more: it lets the same numbers pass.',
    }),
  leakyRelu: ({ attributes }) => {
    const slope = numberOf(attributes.slope, 0.01);
    return elementwise({
      value: cases(x, isPositive, scaled(slope, x)),
      slopes: { x: cases(one, isPositive, constant(slope)) },
      inWords: 'Below 0 and at the kink a small part of the cotangent still passes.',
    });
  },
  leakyReluSlope: ({ attributes }) =>
    elementwise({
      value: cases(one, isPositive, constant(numberOf(attributes.slope, 0.01))),
      slopes: { x: null },
      inWords: 'The slope of two straight lines is flat.',
    }),
  elu: ({ attributes }) => {
    const alpha = numberOf(attributes.alpha, 1);
    return elementwise({
      value: cases(x, isPositive, scaled(alpha, exponentialLessOne)),
      slopes: { x: cases(one, isPositive, scaled(alpha, exponential)) },
      inWords: 'A relu whose lower half bends: its slope dies away to the left, but is nowhere 0.',
    });
  },
  selu: () => {
    const { alpha, scale } = selfNormalising;
    return elementwise({
      value: cases(scaled(scale, x), isPositive, scaled(alpha * scale, exponentialLessOne)),
      slopes: { x: cases(constant(scale), isPositive, scaled(alpha * scale, exponential)) },
      inWords: 'An elu, scaled so that many layers of it keep mean 0 and variance 1.',
    });
  },
  eluSlope: ({ attributes }) => {
    const below = scaled(numberOf(attributes.alpha, 1), exponential);
    return elementwise({
      value: cases(constant(numberOf(attributes.above, 1)), isPositive, below),
      slopes: { x: cases(zero, isPositive, below) },
      inWords: 'The slope of elu, which on its lower half is its own slope.',
    });
  },
  gelu: ({ attributes }) =>
    attributes.approximate === 'tanh'
      ? elementwise({
          value: formula(
            'x/2·(1 + tanh u), u = √(2/π)·(x + 0.044715·x³)',
            '\\tfrac{x}{2} (1 + \\tanh u), \\quad u = \\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)',
          ),
          slopes: {
            x: formula(
              's + x·s·(1 - s)·2·√(2/π)·(1 + 0.134145·x²), s = σ(2·u), u = √(2/π)·(x + 0.044715·x³)',
              's + x\\,s\\,(1 - s) \\cdot 2\\sqrt{2/\\pi}\\,(1 + 0.134145\\,x^2), \\quad s = \\sigma(2u), \\quad u = \\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)',
            ),
          },
          inWords: 'The product rule, for (1 + tanh u)/2 is the sigmoid of 2u.',
        })
      : elementwise({
          value: formula('x·Φ(x)', 'x \\cdot \\Phi(x)'),
          slopes: { x: formula('Φ(x) + x·φ(x)', '\\Phi(x) + x\\,\\varphi(x)') },
          inWords: 'The product rule: φ, the normal density, is the slope of Φ, the normal distribution.',
        }),
  geluSlope: () =>
    elementwise({
      value: formula('Φ(x) + x·φ(x)', '\\Phi(x) + x\\,\\varphi(x)'),
      slopes: { x: formula('φ(x)·(2 - x²)', '\\varphi(x)\\,(2 - x^2)') },
      inWords: 'The slope of gelu, which is steepest at ±√2: there its own slope changes its sign.',
    }),
  geluTanhSlope: () =>
    elementwise({
      value: formula(
        's + x·s·(1 - s)·r, s = σ(v), v = √(8/π)·(x + 0.044715·x³), r = √(8/π)·(1 + 0.134145·x²)',
        's + x\\,s\\,(1 - s)\\,r, \\quad s = \\sigma(v), \\quad v = \\sqrt{8/\\pi}\\,(x + 0.044715\\,x^3), \\quad r = \\sqrt{8/\\pi}\\,(1 + 0.134145\\,x^2)',
      ),
      slopes: {
        x: formula(
          's·(1 - s)·(2·r + x·((1 - 2·s)·r² + √(8/π)·0.26829·x))',
          's\\,(1 - s)\\,(2r + x\\,((1 - 2s)\\,r^2 + \\sqrt{8/\\pi} \\cdot 0.26829\\,x))',
        ),
      },
      inWords: 'The slope of gelu by tanh; r is the slope of v, and s·(1 - s) that of the sigmoid.',
    }),
  normalDensity: () =>
    elementwise({
      value: formula('φ(x) = e^(-x²/2)/√(2π)', '\\varphi(x) = \\frac{e^{-x^2/2}}{\\sqrt{2\\pi}}'),
      slopes: { x: formula('-x·y', '-x\\,y') },
      inWords: 'The bell falls away from its middle, in proportion to the distance.',
    }),
  sigmoid: () =>
    elementwise({
      value: formula('σ(x) = 1/(1 + e^(-x))', '\\sigma(x) = \\frac{1}{1 + e^{-x}}'),
      slopes: { x: formula('y·(1 - y)', 'y\\,(1 - y)') },
      inWords: 'Steepest, at 1/4, where the sigmoid is 1/2; almost flat where it is sure.',
    }),
  tanh: () =>
    elementwise({
      value: formula('tanh x', '\\tanh x'),
      slopes: { x: formula('1 - y²', '1 - y^2') },
      inWords: 'Slope 1 in the middle, almost flat where it saturates.',
    }),
  silu: () =>
    elementwise({
      value: formula('x·σ(x)', 'x \\cdot \\sigma(x)'),
      slopes: { x: formula('σ(x)·(1 + x·(1 - σ(x)))', '\\sigma(x)\\,(1 + x\\,(1 - \\sigma(x)))') },
      inWords: 'The product rule, with the slope σ·(1 - σ) of the sigmoid.',
    }),
  mish: () =>
    elementwise({
      value: formula('x·tanh(ln(1 + e^x))', 'x \\cdot \\tanh(\\ln(1 + e^{x}))'),
      slopes: {
        x: formula(
          't + x·(1 - t²)·σ(x), t = tanh(ln(1 + e^x))',
          't + x\\,(1 - t^2)\\,\\sigma(x), \\quad t = \\tanh(\\ln(1 + e^{x}))',
        ),
      },
      inWords: 'The product rule, then the chain rule through tanh and softplus.',
    }),
  mishSlope: () =>
    elementwise({
      value: formula(
        't + x·(1 - t²)·σ(x), t = tanh(ln(1 + e^x))',
        't + x\\,(1 - t^2)\\,\\sigma(x), \\quad t = \\tanh(\\ln(1 + e^{x}))',
      ),
      slopes: {
        x: formula(
          '(1 - t²)·σ(x)·(2 + x·(1 - σ(x) - 2·t·σ(x)))',
          '(1 - t^2)\\,\\sigma(x)\\,(2 + x\\,(1 - \\sigma(x) - 2\\,t\\,\\sigma(x)))',
        ),
      },
      inWords: 'The slope of mish: the product rule once more.',
    }),
  softplus: ({ attributes }) => {
    const beta = numberOf(attributes.beta, 1);
    const scaledX = scaled(beta, x);
    const rise = formula(`ln(1 + e^(${scaledX.text}))`, `\\ln(1 + e^{${scaledX.latex}})`);
    const over = constant(beta);
    return elementwise({
      value: beta === 1 ? rise : formula(`${rise.text}/${over.text}`, `\\frac{${rise.latex}}{${over.latex}}`),
      slopes: { x: formula(`σ(${scaledX.text})`, `\\sigma(${scaledX.latex})`) },
      inWords: `${smoothRelu} Beyond a threshold of ${constant(numberOf(attributes.threshold, 20)).text} it is a straight line of slope 1.`,
    });
  },
  softplusSlope: ({ attributes }) => {
    const beta = numberOf(attributes.beta, 1);
    const scaledX = scaled(beta, x);
    return elementwise({
      value: formula(`σ(${scaledX.text})`, `\\sigma(${scaledX.latex})`),
      slopes: { x: scaled(beta, formula('y·(1 - y)', 'y\\,(1 - y)')) },
      inWords: 'The slope of softplus is a sigmoid.',
    });
  },
  hardSigmoid: ({ attributes }) => {
    const [alpha, beta] = [numberOf(attributes.alpha, 1 / 6), constant(numberOf(attributes.beta, 0.5))];
    const line = scaled(alpha, x);
    return elementwise({
      value: formula(
        `min(max(${line.text} + ${beta.text}, 0), 1)`,
        `\\min(\\max(${line.latex} + ${beta.latex}, 0), 1)`,
      ),
      slopes: {
        x: cases(
          constant(alpha),
          formula(`0 < ${line.text} + ${beta.text} < 1`, `0 < ${line.latex} + ${beta.latex} < 1`),
          zero,
        ),
      },
      inWords: 'One slope between the kinks, and none beyond and at them.',
    });
  },
  hardSigmoidSlope: ({ attributes }) =>
    elementwise({
      value: formula(
        `${constant(numberOf(attributes.alpha, 1 / 6)).text} between the kinks, else 0`,
        `${constant(numberOf(attributes.alpha, 1 / 6)).latex} \\text{ between the kinks, else } 0`,
      ),
      slopes: { x: null },
      inWords: 'The slope of straight lines is flat.',
    }),
  logCosh: () =>
    elementwise({
      value: formula('ln cosh x', '\\ln \\cosh x'),
      slopes: { x: formula('tanh(x)', '\\tanh(x)') },
      inWords: 'The slope of a logarithm of cosh is sinh/cosh, the tanh: it never pulls harder than 1.',
    }),
};
