import {
  conv2d,
  divide,
  einsum,
  linear,
  max,
  maximum,
  mean,
  norm,
  reshape,
  subtract,
  sum,
  type Tensor,
  take,
  tensor,
} from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { type FileParts, fileOf, floats, node, options, wholes } from '../../test/edits.ts';
import { run } from '../../test/run.ts';
import { importOnnx } from './importOnnx.ts';

/* Weights that PyTorch's older exporter leaves to be worked out: standardised, normalised, repeated for each group. */

const numbers = (size: number): Float32Array => Float32Array.from({ length: size }, (_, at) => Math.cos(at));
const [filters, table] = [numbers(24), numbers(12)];
const w = tensor(filters, { shape: [3, 2, 2, 2] });
const rows = tensor(table, { shape: [3, 4] });
const image: FileParts['input'] = ['batch', 2, 4, 3];
const constants = [floats('w', [3, 2, 2, 2], [...filters]), wholes('axes', [1, 2, 3])];

/** A convolution whose weight is reduced by an operation, and what is left of it taken away. */
const without = (op: string, isLater: boolean): FileParts => ({
  ...{ input: image, constants, opset: 18 },
  nodes: [
    isLater || op === 'ReduceSum'
      ? node(op, ['w', 'axes'], ['part'])
      : node(op, ['w'], ['part'], options({ axes: [1, 2, 3], keepdims: 1 })),
    node('Sub', ['w', 'part'], ['rest']),
    node('Conv', ['input', 'rest'], ['output']),
  ],
});

const over = { axes: [1, 2, 3], keepDims: true };
const cases: Readonly<Record<string, { readonly parts: FileParts; readonly wanted: (x: Tensor) => Tensor }>> = {
  ...Object.fromEntries(
    Object.entries({ ReduceMean: mean, ReduceMax: max, ReduceSum: sum }).flatMap(([op, reduction]) =>
      [true, false].map((isLater) => [
        `${op}, its axes as ${isLater ? 'an input' : 'an option'}`,
        { parts: without(op, isLater), wanted: (x: Tensor) => conv2d(x, subtract(w, reduction(w, over))) },
      ]),
    ),
  ),
  'rows of length 1, with a Clip whose upper bound is left out': {
    parts: {
      input: ['batch', 4],
      constants: [floats('w', [3, 4], [...table]), floats('least', [], [1e-12]), wholes('shape', [3, 4])],
      nodes: [
        node('ReduceL2', ['w'], ['length'], options({ axes: [1], keepdims: 1 })),
        node('Clip', ['length', 'least', ''], ['bounded']),
        node('Expand', ['bounded', 'shape'], ['whole']),
        node('Div', ['w', 'whole'], ['unit']),
        node('Transpose', ['unit'], ['turned'], options({ perm: [1, 0] })),
        node('MatMul', ['input', 'turned'], ['output']),
      ],
    },
    wanted: (x) => linear(x, divide(rows, maximum(norm(rows, { axes: 1, keepDims: true }), 1e-12))),
  },
  'one filter for each channel, by Tile': {
    parts: {
      input: image,
      constants: [floats('w', [1, 1, 2, 2], [...filters.slice(0, 4)]), wholes('times', [2, 1, 1, 1])],
      nodes: [node('Tile', ['w', 'times'], ['all']), node('Conv', ['input', 'all'], ['output'], options({ group: 2 }))],
    },
    wanted: (x) =>
      conv2d(x, take(reshape(tensor(filters.slice(0, 4)), [1, 1, 2, 2]), [0, 0], { axis: 0 }), { groups: 2 }),
  },
  'letters for dots': {
    parts: {
      input: ['batch', 3, 4],
      constants: [floats('w', [3, 4], [...table])],
      nodes: [node('Einsum', ['input', 'w'], ['output'], options({ equation: '...i, oi -> ...o' }))],
    },
    wanted: (x) => einsum('bai,oi->bao', x, rows),
  },
  'letters for dots of two values': {
    parts: {
      input: ['batch', 2, 3, 4],
      nodes: [
        node('Relu', ['input'], ['r']),
        node('Einsum', ['input', 'r'], ['output'], options({ equation: '...ij,...kj->...ik' })),
      ],
    },
    wanted: (x) => einsum('abij,abkj->abik', x, maximum(x, 0)),
  },
};

test.each(Object.entries(cases))('%s', (_, { parts, wanted }) => {
  const { x, y } = run(parts);
  expect(y.shape).toEqual(wanted(x).shape);
  expectClose(y, wanted(x), 1e-5);
});

test('a shape by every other length, backwards, or times 1', () => {
  const shaped = (...nodes: FileParts['nodes']): readonly number[] =>
    run({
      input: ['batch', 2, 4, 3],
      constants: [
        ...[0, 1, 4, -1, 2].map((number) => wholes(`${number}`, [number])),
        { ...wholes('first', [0]), dims: [] },
      ],
      nodes: [node('Shape', ['input'], ['s']), ...nodes, node('Reshape', ['input', 'shape'], ['output'])],
    }).y.shape;
  const joined = (...parts: string[]) => node('Concat', parts, ['shape'], options({ axis: 0 }));
  expect(shaped(node('Slice', ['s', '0', '4', '0', '2'], ['k']), joined('k', '-1'))).toEqual([2, 4, 6]);
  expect(shaped(node('Slice', ['s', '-1', '0', '0', '-1'], ['k']), joined('0', 'k'))).toEqual([2, 3, 4, 2]);
  expect(shaped(node('Gather', ['s', 'first'], ['n']), node('Mul', ['n', '1'], ['k']), joined('k', '-1'))).toEqual([
    2, 24,
  ]);
});

test('dots that stand for nothing that is known are refused, and so is a weight repeated beyond measure', () => {
  const constants = [floats('w', [3, 4]), floats('f', [1, 1, 2, 2]), wholes('times', [2 ** 20, 1, 1, 1])];
  expect(
    messagesOf({
      'dots in a weight': () =>
        importOnnx(
          fileOf({
            input: ['batch', 4],
            constants,
            nodes: [node('Einsum', ['input', 'w'], ['output'], options({ equation: 'bi,...i->b...' }))],
          }),
        ),
      'a million filters': () =>
        importOnnx(
          fileOf({
            input: ['batch', 1, 4, 4],
            constants,
            nodes: [node('Tile', ['f', 'times'], ['all']), node('Conv', ['input', 'all'], ['output'])],
          }),
        ),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a million filters": "OnnxError: importOnnx: a model with many times the weights that the file holds; wanted each of them about once. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
      "dots in a weight": "OnnxError: Einsum 'output': the equation "bi,...i->b..."; wanted letters with the batch in front, of values, or of one value and a weight: bij,bjk->bik, bi,oi->bo. Write it as products of matrices before the export.",
    }
  `);
});
