import { erf, type Step, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { type Sample, samples } from '../../test/operations.ts';
import { slopesOf } from '../derivation/jacobian.ts';
import { formulasOf } from './formulasOf.ts';
import { rightSide } from './instantiate.ts';

/*
 * The formulas of ops that work place by place, read as a reader does, and computed: so that what is written is what is
 * done. The others are sums over indices in words, which only people can read.
 */

const phi = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const functions: Readonly<Record<string, (...x: number[]) => number>> = {
  max: Math.max,
  min: Math.min,
  tanh: Math.tanh,
  sign: Math.sign,
  ln: Math.log,
  root: Math.sqrt,
  sigma: (x) => 1 / (1 + Math.exp(-x)),
  density: phi,
  distribution: (x) => (1 + erf(tensor(Float64Array.of(x / Math.SQRT2))).item()) / 2,
};

/** A formula in plain signs as an expression of JavaScript. */
function asCode(formula: string): string {
  const chosen = /^(.*?) where (.*), else (.*)$/.exec(formula);
  if (chosen) {
    const [, value, condition, instead] = chosen;
    const more = /^(.*), (.*) where (.*)$/.exec(condition);
    const rest = more ? `${more[2]} where ${more[3]}, else ${instead}` : instead;
    return `(${asCondition(more ? more[1] : condition)}) ? ${asCode(value)} : ${asCode(rest)}`;
  }
  const defined = /^(.*), ([a-z]) = (.*)$/.exec(formula);
  if (defined)
    return asCode(defined[1].replaceAll(new RegExp(`(?<![a-z])${defined[2]}(?![a-z])`, 'g'), `(${defined[3]})`));
  return formula
    .replaceAll('2/√π', '(2/root(pi))')
    .replaceAll('√(2/π)', 'root(2/pi)')
    .replaceAll(/√x/g, 'root(x)')
    .replaceAll(/\|x\|/g, 'max(x, -x)')
    .replaceAll(/ln x/g, 'ln(x)')
    .replaceAll(/tanh x/g, 'tanh(x)')
    .replaceAll('σ', 'sigma')
    .replaceAll('φ', 'density')
    .replaceAll('Φ', 'distribution')
    .replaceAll(/e\^\((.*?)\)/g, '(2.718281828459045 ** ($1))')
    .replaceAll(/e\^x/g, '(2.718281828459045 ** x)')
    .replaceAll(/-x²/g, '-(x ** 2)')
    .replaceAll('²', ' ** 2')
    .replaceAll('³', ' ** 3')
    .replaceAll('^', ' ** ')
    .replaceAll('∞', 'Infinity')
    .replaceAll('·', '*');
}

function asCondition(text: string): string {
  const signs = text.replaceAll('≤', '<=').replaceAll('≥', '>=').replaceAll('≠', '!=').replaceAll(' = ', ' == ');
  const between = /^(.*) (<=?) (.*) (<=?) (.*)$/.exec(signs.replaceAll('∞', 'Infinity'));
  const parts = between
    ? [`${between[1]} ${between[2]} ${between[3]}`, `${between[3]} ${between[4]} ${between[5]}`]
    : [signs];
  return parts.map((part) => part.replaceAll('·', '*')).join(' && ');
}

function evaluate(formula: string, letters: Readonly<Record<string, number>>): number {
  const known: Readonly<Record<string, unknown>> = { ...functions, pi: Math.PI, Infinity, ...letters };
  const compute = new Function(...Object.keys(known), `return ${asCode(formula)};`);
  return Number(compute(...Object.values(known)));
}

/** The number of an input that stands at a place of the output. */
function numberAt(step: Step, tape: Tape, input: string, place: number): number {
  const x = tape.steps[step.inputs[input]].output;
  return x.size === step.output.size ? x.read()[place] : x.read()[x.size === 1 ? 0 : place % x.size];
}

/** The slopes of a sample whose formulas can be read, each computed from its formula and from the op. */
function compare({ inputs, call }: Sample): number {
  using tape = new Tape();
  call(...inputs.map((x) => tape.watch(x)));
  let count = 0;
  for (const step of tape.steps) {
    const formulas = formulasOf(step, tape.steps);
    if (!formulas.isElementwise || step.operation === 'cast' || step.operation === 'fraction') continue;
    for (const [input, { derivative }] of Object.entries(formulas.inputs)) {
      const slopes = slopesOf(tape, step, input)?.read() ?? [];
      const [, ...right] = derivative.text.split(' = ');
      for (let place = 0; place < slopes.length; place++) {
        const letters = Object.fromEntries(
          Object.keys(step.inputs).map((name) => [name, numberAt(step, tape, name, place)]),
        );
        const written = evaluate(right.join(' = '), { ...letters, [formulas.output]: step.output.read()[place] });
        const error = Math.abs(written - slopes[place]) / Math.max(1, Math.abs(slopes[place]));
        // Attributes are written with six digits.
        expect({ operation: step.operation, input, isRight: error < 3e-6 }).toEqual({
          operation: step.operation,
          input,
          isRight: true,
        });
        count++;
      }
    }
    const value = rightSide(formulas.value);
    if (value === null || Object.keys(formulas.inputs).length === 0) continue;
    step.output.read().forEach((number, place) => {
      const letters = Object.keys(step.inputs).map((name) => [name, numberAt(step, tape, name, place)] as const);
      const written = evaluate(value.text, Object.fromEntries(letters));
      expect({
        operation: step.operation,
        isRight: Math.abs(written - number) < 3e-6 * Math.max(1, Math.abs(number)),
      }).toEqual({
        operation: step.operation,
        isRight: true,
      });
    });
  }
  return count;
}

const elementwise = [
  ...['abs', 'add', 'clamp', 'clamp, on one side', 'divide', 'elu', 'selu', 'erf', 'exp', 'gelu', 'gelu, by tanh'],
  ...['hardSigmoid', 'leakyRelu', 'log', 'maximum', 'minimum', 'mish', 'multiply', 'negate', 'pow', 'relu', 'sigmoid'],
  ...['silu', 'softplus', 'sqrt', 'subtract', 'tanh', 'where'],
];

test.each(elementwise)('%s is what its formulas say', (name) => {
  expect(compare(samples[name])).toBeGreaterThan(0);
});
