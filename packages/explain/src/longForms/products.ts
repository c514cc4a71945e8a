import {
  type Attributes,
  add,
  matmul,
  multiply,
  type Padding,
  type PerAxis,
  pad,
  reshape,
  slice,
  sum,
  type Tensor,
  transpose,
} from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import { numberOf } from '@tapegrad/core/formulas';
import type { LongForms } from './longForm.ts';

type Inputs = Readonly<Record<string, Tensor>>;

/** How many positions of a filter are told one by one. */
const mostPositions = 32;

/** z[…, i, j] = Σₚ x[…, i, p]·y[…, p, j]: all products side by side, then their sum. */
function sumOfProducts({ x, y }: Inputs): Tensor {
  const left = reshape(x, [...x.shape, 1]);
  const right = reshape(y, y.shape.toSpliced(-2, 0, 1));
  return sum(multiply(left, right), { axes: -2 });
}

function isPerAxis(value: unknown): value is PerAxis {
  return typeof value === 'number' || (Array.isArray(value) && value.every((number) => typeof number === 'number'));
}

function isPadding(value: unknown): value is Padding {
  return value === 'same' || value === 'valid' || isPerAxis(value) || (Array.isArray(value) && value.every(isPerAxis));
}

function windowOf({ weight }: Inputs, { stride, padding, dilation }: Attributes) {
  if (!isPerAxis(stride) || !isPadding(padding) || !isPerAxis(dilation)) return null;
  return readWindow('conv2d', weight.shape.slice(2), ['height', 'width'], { stride, padding, dilation });
}

/** y = Σ over the positions (i, j) of the filter of weight[:, :, i, j] times the part of x that stands under it. */
function positionByPosition(inputs: Inputs, attributes: Attributes, shape: readonly number[]): Tensor {
  const { x, weight, bias } = inputs;
  const window = windowOf(inputs, attributes);
  if (window === null) return x;
  const [vertical, horizontal] = window;
  const [[batch, channels], [out, perGroup, kernelHeight, kernelWidth], [height, width]] = [
    x.shape,
    weight.shape,
    shape,
  ];
  const groups = numberOf(attributes.groups, 1);
  const margins = window.map(({ before, after }) => [before, after] as const);
  const padded = margins.flat().some((count) => count > 0) ? pad(x, [[0, 0], [0, 0], ...margins]) : x;
  const part = (i: number, j: number): Tensor => {
    const [top, left] = [i * vertical.dilation, j * horizontal.dilation];
    const under = slice(padded, [
      null,
      null,
      [top, top + (height - 1) * vertical.stride + 1, vertical.stride],
      [left, left + (width - 1) * horizontal.stride + 1, horizontal.stride],
    ]);
    const filter = slice(weight, [null, null, [i, i + 1], [j, j + 1]]);
    const images = reshape(under, [batch, groups, 1, channels / groups, height, width]);
    const factors = reshape(filter, [1, groups, out / groups, perGroup, 1, 1]);
    return reshape(sum(multiply(images, factors), { axes: 3 }), [batch, out, height, width]);
  };
  const parts = Array.from({ length: kernelHeight * kernelWidth }, (_, position) =>
    part(Math.floor(position / kernelWidth), position % kernelWidth),
  );
  const total = parts.reduce((sumSoFar, next) => add(sumSoFar, next));
  return bias ? add(total, reshape(bias, [out, 1, 1])) : total;
}

/** ⌊(length + padding - reach) / stride⌋ + 1 for height and width. */
function outputSizes(inputs: Inputs, attributes: Attributes): number[] {
  const window = windowOf(inputs, attributes) ?? [];
  return window.map(({ kernel, stride, dilation, before, after }, axis) => {
    const room = inputs.x.shape[2 + axis] + before + after - dilation * (kernel - 1) - 1;
    return Math.floor(room / stride) + 1;
  });
}

/** Matrix products and convolutions in elementary steps. */
export const productLongForms: LongForms = {
  matmul: [{ title: 'all products, then their sum', compute: sumOfProducts }],
  linear: [
    {
      title: 'as a matrix product and a sum',
      compute: ({ x, weight, bias }) => {
        const y = matmul(x, transpose(weight));
        return bias ? add(y, bias) : y;
      },
    },
  ],
  conv2d: [
    {
      title: 'position by position of the filter',
      fits: (inputs, attributes) =>
        windowOf(inputs, attributes) !== null &&
        inputs.weight.shape[2] * inputs.weight.shape[3] <= mostPositions &&
        inputs.x.size > 0 &&
        inputs.weight.size > 0,
      compute: (inputs, attributes) => positionByPosition(inputs, attributes, outputSizes(inputs, attributes)),
    },
  ],
};
