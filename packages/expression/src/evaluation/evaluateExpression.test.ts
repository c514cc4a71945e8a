import { exp, multiply, ShapeError, Tape, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../errors/expressionError.ts';
import { readExpression } from '../syntax/readExpression.ts';
import { evaluateExpression } from './evaluateExpression.ts';

const double = (numbers: number | number[]) => tensor(numbers, { dtype: 'float64' });

describe('on a tape', () => {
  test('the steps are those of a program', () => {
    using tape = new Tape();
    const x = tape.watch(double(2), 'x');
    evaluateExpression(readExpression('x * exp(x)'), { x });
    using other = new Tape();
    const z = other.watch(double(2), 'x');
    multiply(z, exp(z));
    expect(String(tape)).toBe(String(other));
  });

  test('gradients are those of a program, options by their names', () => {
    using tape = new Tape();
    const z = tape.watch(double([3, 1, -3]), 'z');
    const loss = evaluateExpression(readExpression('softmaxCrossEntropy(z, 1, labelSmoothing=0.1)'), { z });
    using other = new Tape();
    const x = other.watch(double([3, 1, -3]), 'z');
    const wanted = softmaxCrossEntropy(x, 1, { labelSmoothing: 0.1 });
    expect(loss.item()).toBe(wanted.item());
    expect(tape.gradients(loss).get(z).toList()).toEqual(other.gradients(wanted).get(x).toList());
  });

  test('a list of tensors is one tensor, and a written number keeps its type', () => {
    using tape = new Tape();
    const x = tape.watch(double(2), 'x');
    const y = evaluateExpression(readExpression('sum([x, 2 * x, 1] * exp([0, 0, 1]))'), { x });
    expect([y.dtype, y.item()]).toEqual(['float64', 6 + Math.E]);
    expect(tape.gradients(y).get(x).item()).toBe(3);
  });

  test('an option that is a name is its number, and has no gradient', () => {
    using tape = new Tape();
    const [x, d] = [tape.watch(double(3), 'x'), tape.watch(double(0.5), 'd')];
    const y = evaluateExpression(readExpression('huberLoss(x, 0, delta=d)'), { x, d });
    expect(tape.gradients(y).get(x).item()).toBe(0.5);
    expect(tape.gradients(y).has(d)).toBe(false);
  });
});

test('float32 where it is asked for', () => {
  const y = evaluateExpression(readExpression('[0.1, 1] * 3'), {}, { dtype: 'float32' });
  expect([y.dtype, y.toList()]).toEqual(['float32', [Math.fround(Math.fround(0.1) * 3), 3]]);
});

/** What is said of an expression that cannot be computed, and the part that is meant. */
function complaintOf(text: string): string {
  try {
    evaluateExpression(readExpression(text), {
      x: 2,
      w: [
        [1, 2],
        [3, 4],
      ],
      long: [1, 2, 3],
    });
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.message} «${text.slice(error.start, error.end)}»`;
    throw error;
  }
  return 'nothing';
}

test('what cannot be computed is told with the part of the text', () => {
  const texts = [
    'x + y',
    'x + lomg',
    'expp(x)',
    'cross_entropy(x, 1)',
    'x(1 + 2)',
    'exp * x',
    '1 + w * long',
    'w @ long + 1',
    'sum(w, axis=0)',
    'sum(w, axes=[0], axes=[1])',
    'sum(axes=[0], w)',
    'topK(long, k=2) + 1',
    'topK(long, k=2).value',
    'x.values',
    'x[0]',
    'w[2]',
    'w[0.5]',
    '"text" + 1',
    'softmaxCrossEntropy(long, 7)',
    '[[1, 2], [3]] + x',
    'exp(x, 3)',
    'x.constructor',
    'topK(long, k=2).__proto__',
  ];
  expect(Object.fromEntries(texts.map((text) => [text, complaintOf(text)]))).toMatchInlineSnapshot(`
    {
      ""text" + 1": "expression: "text" gives the text 'text'; wanted numbers. Name a part of what a function gives, as in topK(x, k=2).values; texts and truth values are for options. «"text"»",
      "1 + w * long": "multiply: x is [2, 2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1. «w * long»",
      "[[1, 2], [3]] + x": "tensor: ragged lists: a list of 1 at depth 1 where the first entry has a list of 2; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number. «[[1, 2], [3]]»",
      "cross_entropy(x, 1)": "expression: cross_entropy, which is no function of the language; wanted an op of core or a loss of nn. Perhaps softmaxCrossEntropy is meant. «cross_entropy»",
      "exp * x": "expression: the function exp without brackets; wanted exp(…). Write what it is called with: exp(x). «exp»",
      "exp(x, 3)": "exp: one argument too many, the number 3; wanted no argument there. Leave it out. «exp(x, 3)»",
      "expp(x)": "expression: expp, which is no function of the language; wanted an op of core or a loss of nn. Perhaps exp is meant. «expp»",
      "softmaxCrossEntropy(long, 7)": "softmaxCrossEntropy: target[0] is 7, with 3 classes; wanted whole numbers from 0 to 2. Check the labels, or mark rows to leave out with \`ignoreIndex\`. «softmaxCrossEntropy(long, 7)»",
      "sum(axes=[0], w)": "expression: an input behind the option axes; wanted all inputs in front of the options. Move it in front of axes=, or say which option it is: name=…. «w»",
      "sum(w, axes=[0], axes=[1])": "expression: the option axes twice; wanted each option once. Leave one of them out. «axes=[1]»",
      "sum(w, axis=0)": "sum: an option called axis; wanted axes, keepDims. Perhaps axes is meant. «sum(w, axis=0)»",
      "topK(long, k=2) + 1": "expression: topK(long, k=2) gives an object; wanted numbers. Name a part of what a function gives, as in topK(x, k=2).values; texts and truth values are for options. «topK(long, k=2)»",
      "topK(long, k=2).__proto__": "expression: .__proto__ of topK(long, k=2), which is an object; wanted .values or .indices. Choose one of these. «topK(long, k=2).__proto__»",
      "topK(long, k=2).value": "expression: .value of topK(long, k=2), which is an object; wanted .values or .indices. Choose one of these. «topK(long, k=2).value»",
      "w @ long + 1": "matmul: x is [2, 2], y is [3]; wanted as many columns in x as rows in y: [rows, inner] and [inner, columns]. Transpose one of them, or reshape a scalar to [1, 1]. «w @ long»",
      "w[0.5]": "expression: [0.5] of a tensor of shape [2, 2]; wanted a whole number that counts the rows of a tensor or the items of a list, from 0. Give such a number, or use take or slice. «w[0.5]»",
      "w[2]": "take: indices is 2; wanted whole numbers from 0 to 1, the indices along axis 0 of x [2, 2]. Count from 0, and check that the indices belong to this tensor. «w[2]»",
      "x + lomg": "expression: lomg, which has no value; wanted a name that has one: x, w, long. Perhaps long is meant, else give lomg a value. «lomg»",
      "x + y": "expression: y, which has no value; wanted a name that has one: x, w, long. Give y a value. «y»",
      "x(1 + 2)": "expression: x, a value, called like a function; wanted the name of a function in front of a bracket. Write a product with a star: x * (…). «x»",
      "x.constructor": "expression: .constructor of x, which is a tensor of shape []; wanted what has parts with names. Leave it out. «x.constructor»",
      "x.values": "expression: .values of x, which is a tensor of shape []; wanted what has parts with names. Leave it out. «x.values»",
      "x[0]": "expression: [0] of a tensor of shape []; wanted a whole number that counts the rows of a tensor or the items of a list, from 0. Give such a number, or use take or slice. «x[0]»",
    }
  `);
});

test('the error of an op is the cause', () => {
  const error = (() => {
    try {
      evaluateExpression(readExpression('1 + a * b'), { a: [1, 2], b: [1, 2, 3] });
    } catch (error) {
      return error as ExpressionError;
    }
    return undefined;
  })();
  expect(error).toMatchObject({ code: 'EXPRESSION', operation: 'multiply', start: 4, end: 9, text: '1 + a * b' });
  expect(error?.fault).toEqual({ kind: 'operation', operation: 'multiply' });
  expect(error?.cause).toBeInstanceOf(ShapeError);
});

describe('bounds', () => {
  test('numbers in a value', () => {
    expect(complaintOf('broadcastTo(x, [1000, 1000]) + 1')).toContain(
      'a value of 1000000 numbers; wanted at most 10000',
    );
    expect(complaintOf('pad(long, [[0, 1e9]])')).toContain('wanted at most 10000');
    expect(() => evaluateExpression(readExpression('x'), { x: Array<number>(10_001).fill(0) })).toThrow(
      '10001 numbers',
    );
  });

  test('ops', () => {
    expect(complaintOf(`sum([${Array(330).fill('-x').join(',')}])`)).toContain('more than 300 ops; wanted at most 300');
  });

  test('time', () => {
    const expression = readExpression('exp(x) + 1');
    expect(() => evaluateExpression(expression, { x: 1 }, { until: performance.now() - 1 })).toThrow(
      'more than 5 seconds',
    );
  });
});

test('what is no expression is refused', () => {
  expect(() => evaluateExpression('x' as never, { x: 1 })).toThrow(
    "evaluateExpression: expression is the text 'x'; wanted an expression that was read. Read it first",
  );
});
