import { describe, expect, test } from 'vitest';
import { constant, scaled } from './constant.ts';
import { elementwise } from './elementwise.ts';
import { cases, formula, letter, one, zero } from './formula.ts';
import { reduced } from './reduced.ts';
import { structural } from './structural.ts';

test.each([
  ['x', 'x'],
  ['x0', '{x_{0}}'],
  ['x12', '{x_{12}}'],
  ['weight', '\\mathrm{weight}'],
  ['a_b', '\\mathrm{a b}'],
  ['ℓ', '\\ell'],
])('the letter %s', (name, latex) => {
  expect(letter(name)).toEqual({ text: name, latex });
});

test.each([
  [0.1 + 0.2, '0.3', '0.3'],
  [1 / 6, '0.166667', '0.166667'],
  [1e-5, '0.00001', '0.00001'],
  [1e-7, '1e-7', '1 \\cdot 10^{-7}'],
  [Infinity, '∞', '\\infty'],
  [-Infinity, '-∞', '-\\infty'],
])('the number %d', (number, text, latex) => {
  expect(constant(number)).toEqual({ text, latex });
});

test('a factor of 1 is not written', () => {
  expect(scaled(1, formula('x'))).toEqual(formula('x'));
  expect(scaled(2, formula('x'))).toEqual({ text: '2·x', latex: '2 \\cdot x' });
});

describe('the product of an elementwise op', () => {
  test.each([
    ['1', 'g'],
    ['-1', '-g'],
    ['y', 'g·y'],
    ['tanh(x)', 'g·tanh(x)'],
    ['1 - y²', 'g·(1 - y²)'],
    ['σ(x)·σ(y)', 'g·(σ(x)·σ(y))'],
  ])('with the slope %s is %s', (slope, product) => {
    const { inputs } = elementwise({ value: formula('f(x)'), slopes: { x: formula(slope) }, inWords: 'A slope.' });
    expect(inputs.x?.product.text).toBe(`∂L/∂x = ${product}`);
    expect(inputs.x?.derivative.text).toBe(`∂y/∂x = ${slope}`);
  });

  test('has another letter for the cotangent where an input is called g', () => {
    const gate = cases(one, formula('y > 0'), zero);
    const formulas = elementwise({ output: 'z', value: gate, slopes: { y: null, g: gate }, inWords: 'A gate.' });
    expect(formulas.cotangent).toBe('h');
    expect(formulas.inputs.y).toBeNull();
    expect(formulas.inputs.g).toEqual({
      derivative: {
        text: '∂z/∂g = 1 where y > 0, else 0',
        latex: '\\frac{\\partial z}{\\partial g} = \\begin{cases} 1 & y > 0 \\\\ 0 & \\text{else} \\end{cases}',
      },
      product: {
        text: '∂L/∂g = h·(1 where y > 0, else 0)',
        latex:
          '\\frac{\\partial L}{\\partial g} = h \\cdot \\left( \\begin{cases} 1 & y > 0 \\\\ 0 & \\text{else} \\end{cases} \\right)',
      },
    });
  });
});

test('a structural op keeps its equations, and names what its products are', () => {
  const formulas = structural({
    value: formula('y = x·w'),
    inputs: { x: { derivative: formula('∂y/∂x = w'), product: formula('g·w') }, w: null },
    inWords: 'A product.',
  });
  expect(formulas).toMatchObject({
    isElementwise: false,
    value: { text: 'y = x·w' },
    inputs: { x: { derivative: { text: '∂y/∂x = w' }, product: { text: '∂L/∂x = g·w' } }, w: null },
  });
});

test.each([
  [{ axes: [0, 1] }, 'y = Σ x'],
  [{ axes: [1] }, 'y = Σ x over axis 1'],
  [{ axis: 0 }, 'y = Σ x over axis 0'],
  [{}, 'y = Σ x'],
])('a reduction with %j says its axes where they are not all', (attributes, text) => {
  const facts = { operation: 'sum', attributes, shape: [2], inputs: { x: [2, 3] }, withGradient: ['x'] };
  const { value } = reduced(facts, {
    value: (x) => formula(`Σ ${x.text}`),
    slope: () => one,
    product: (g) => formula(g),
    inWords: 'A sum.',
  });
  expect(value.text).toBe(text);
});
