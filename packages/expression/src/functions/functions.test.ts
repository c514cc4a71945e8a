import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as ops from '../../../core/src/ops/index.ts';
import { numbersOf } from '../study/numbersOf.ts';
import { studyExpression } from '../study/studyExpression.ts';
import { readExpression } from '../syntax/readExpression.ts';
import { expressionExamples } from './examples.ts';
import { isFunction } from './functions.ts';

/* Every op of core and every loss of nn can be written in the language, and its gradient is walked. */

const values = {
  x: '0.3, 0.7; 1.2, 0.4',
  y: '0.5, 1.1; 0.2, 0.9',
  s: '[[[1, 2, 0.5, 3]]]',
  i: '[[[[1, 2, 0.5], [3, 1.5, 0.7], [0.2, 2.5, 4]]]]',
  v: '[[[[[1, 2], [3, 5]], [[0.5, 4], [2.5, 1.5]]]]]',
};

/** Ops that take more than one or two arrays of any shape. */
const particular: Readonly<Record<string, string>> = {
  adaptiveAvgPool1d: 'adaptiveAvgPool1d(s, outputSize=2)',
  adaptiveAvgPool2d: 'adaptiveAvgPool2d(i, outputSize=[2, 1])',
  adaptiveMaxPool1d: 'adaptiveMaxPool1d(s, outputSize=2)',
  adaptiveMaxPool1dWithIndices: 'adaptiveMaxPool1dWithIndices(s, outputSize=2).output',
  adaptiveMaxPool2d: 'adaptiveMaxPool2d(i, outputSize=2)',
  adaptiveMaxPool2dWithIndices: 'adaptiveMaxPool2dWithIndices(i, outputSize=2).output',
  avgPool1d: 'avgPool1d(s, kernelSize=2)',
  avgPool2d: 'avgPool2d(i, kernelSize=2, stride=1)',
  avgPool3d: 'avgPool3d(v, kernelSize=2)',
  batchNorm: 'batchNorm(i, mean=[0.5], variance=[2], weight=[1.5], bias=[0.1])',
  batchNormTraining: 'batchNormTraining(i).output * i',
  bilinearSample: 'bilinearSample(i, [[[0.5, 1.2]]], [[[0.3, 1.5]]])',
  cast: 'cast(cast(x, "float32"), "float64")',
  clamp: 'clamp(x, min=0.35, max=1)',
  concat: 'concat([x, y], axis=1)',
  conv1d: 'conv1d(s, [[[1, -1]]], padding=1)',
  conv2d: 'conv2d(i, [[[[1, -1], [2, 0.5]]]], bias=[0.1])',
  conv3d: 'conv3d(v, [[[[[2]]]]])',
  convTranspose1d: 'convTranspose1d(s, [[[1, -1]]], stride=2)',
  convTranspose2d: 'convTranspose2d(i, [[[[1, -1], [2, 0.5]]]])',
  convTranspose3d: 'convTranspose3d(v, [[[[[2]]]]])',
  cumulativeSum: 'cumulativeSum(x, axis=0)',
  deformConv2d: 'deformConv2d(i, broadcastTo(0.1, [1, 8, 2, 2]), [[[[1, -1], [2, 0.5]]]])',
  einsum: 'einsum("ij,jk->ik", x, y)',
  embedding: 'embedding([1, 0, 1], x)',
  flip: 'flip(x, axes=[0])',
  gather: 'gather(x, [[0, 1]], axis=0)',
  globalAvgPool: 'globalAvgPool(i)',
  globalMaxPool: 'globalMaxPool(i)',
  groupNorm: 'groupNorm(i, groups=1) * i',
  instanceNorm: 'instanceNorm(i) * i',
  interpolate: 'interpolate(s, size=3, mode="linear")',
  layerNorm: 'layerNorm(x) * y',
  linear: 'linear(x, y, bias=[1, 2])',
  matmul: 'x @ y',
  maxAlong: 'maxAlong(x, axis=0).values',
  minAlong: 'minAlong(x, axis=0).values',
  maxPool1d: 'maxPool1d(s, kernelSize=2)',
  maxPool1dWithIndices: 'maxPool1dWithIndices(s, kernelSize=2).output',
  maxPool2d: 'maxPool2d(i, kernelSize=2)',
  maxPool2dWithIndices: 'maxPool2dWithIndices(i, kernelSize=2).output',
  maxPool3d: 'maxPool3d(v, kernelSize=2)',
  maxPool3dWithIndices: 'maxPool3dWithIndices(v, kernelSize=2).output',
  max: 'max(x, axes=[1])',
  min: 'min(x, axes=[1])',
  oneHot: 'oneHot([0, 1], classes=2) * x',
  pad: 'pad(x, [[1, 0], [0, 2]], value=3)',
  prelu: 'prelu(-x, [0.1, 0.2])',
  reshape: 'reshape(x, [4])',
  slice: 'slice(x, [[0, 1], null])',
  softmaxCrossEntropyRows: 'softmaxCrossEntropyRows(x, [[1, 0], [0, 1]])',
  softmax: 'softmax(x, axis=0) * y',
  split: 'split(x, 1, axis=1)[1]',
  stack: 'stack([x, y])',
  standardise: 'standardise(x).output * y',
  take: 'take(x, [1, 0], axis=1)',
  topK: 'topK(x, k=1).values',
  transpose: 'transpose(x, [1, 0]) * y',
  where: 'where(x > 0.5, x, y)',
  argMax: 'take(x, argMax(y, axis=0))',
  argMin: 'take(x, argMin(y, axis=0))',
};

/** Ops through which no gradient flows, each with the reason. */
const withoutGradient: Readonly<Record<string, string>> = {
  detach: 'it stops the gradient',
  sign: 'its slope is 0',
  equal: 'it is 1 or 0',
  greater: 'it is 1 or 0',
  greaterOrEqual: 'it is 1 or 0',
};

/** How an op is written: with one input or two, unless something is particular about it. */
function writtenOf(name: string, arity: number): string {
  if (name in particular) return particular[name];
  return arity > 1 ? `${name}(x, y)` : `${name}(x)`;
}

const functions = Object.entries(ops).flatMap(([name, op]) =>
  typeof op === 'function' ? [[name, op.length] as const] : [],
);

/** The study of an expression, with the values above for its names. */
function studied(text: string, given: Readonly<Record<string, string>> = values) {
  const expression = readExpression(text);
  return studyExpression(
    expression,
    Object.fromEntries(expression.names.map((name) => [name, numbersOf(given[name])])),
  );
}

describe('ops', () => {
  test('there are many, and the table names no other', () => {
    expect(functions.length).toBeGreaterThan(90);
    const names = functions.map(([name]) => name);
    expect(
      [...Object.keys(particular), ...Object.keys(withoutGradient)].filter((name) => !names.includes(name)),
    ).toEqual([]);
  });

  test.each(functions)('%s can be written, and walked back', (name, arity) => {
    const { names, agreement } = studied(writtenOf(name, arity));
    const arrives = names.some(({ gradient }) => gradient !== null);
    if (name in withoutGradient)
      expect(names.flatMap(({ gradient }) => [gradient].flat(5)).every((x) => !x)).toBe(true);
    else expect([arrives, agreement?.kind]).toEqual([true, 'agrees']);
  });
});

describe('losses', () => {
  const index = readFileSync(fileURLToPath(new URL('../../../nn/src/index.ts', import.meta.url)), 'utf8');
  const losses = [...index.matchAll(/export \{([^}]*)\} from '\.\/losses\/\w+\.ts'/g)].flatMap(([, names]) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  );

  test('every loss of nn is a function of the language and has an expression to begin with', () => {
    expect(losses.length).toBeGreaterThanOrEqual(30);
    expect(losses.filter((name) => !isFunction(name))).toEqual([]);
    expect(
      losses.filter(
        (name) =>
          !expressionExamples.some(
            ({ expression }) => expression.startsWith(`${name}(`) || expression.includes(` ${name}(`),
          ),
      ),
    ).toEqual([]);
  });

  test.each(expressionExamples.map(({ expression, values }) => [expression, values] as const))('%s', (text, given) => {
    const { names, agreement, value } = studied(text, given);
    expect([value].flat(3).every((number) => Number.isFinite(number))).toBe(true);
    expect(Object.keys(given)).toEqual(names.map(({ name }) => name));
    expect(names.some(({ gradient }) => gradient !== null)).toBe(true);
    expect(agreement).toMatchObject({ kind: 'agrees' });
  });
});

test('what is no op and no loss is no function of the language', () => {
  for (const name of [
    'Tape',
    'configureEngine',
    'onWarning',
    'profileOperations',
    'constructor',
    'toString',
    '__proto__',
    'eval',
  ]) {
    expect(isFunction(name)).toBe(false);
  }
});
