import {
  add,
  avgPool2d,
  batchNormTraining,
  layerNorm,
  maxPool2d,
  mean,
  multiply,
  Random,
  square,
  sum,
  type Tensor,
} from '@tapegrad/core';
import { Dropout } from '@tapegrad/nn';
import { plane, shaped } from '../grids.ts';
import { gradientOf, listOf, named, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const asWindow = (x: Tensor): Tensor => multiply(x, plane([[1, 1]]));
const window = { kernelSize: [1, 2] as const };
const small = (letter: string, start: number) => knob(letter, -3, 3, 0.5, start);

const ties: Piece = {
  title: both('max(a, b), pooled', '池化 max(a, b)'),
  knobs: { a: small('a', 1), b: small('b', 1) },
  compute: ({ a, b }) => {
    const [byA, byB] = gradientOf([[a, b]], (x) => sum(maxPool2d(asWindow(x), window)));
    return { byA, byB };
  },
  results: [
    { label: '∂/∂a', of: 'byA', tone: 'gradient' },
    { label: '∂/∂b', of: 'byB', tone: 'gradient' },
  ],
  pictures: [],
};

const pools: Piece = {
  title: both('A dark window (1, 1, 1, v)', '暗的窗口 (1, 1, 1, v)'),
  knobs: { v: knob('v', 1, 50, 1, 9) },
  compute: ({ v }) => {
    const x = plane([
      [1, 1],
      [1, v],
    ]);
    return { max: maxPool2d(x, { kernelSize: 2 }).item(), average: avgPool2d(x, { kernelSize: 2 }).item() };
  },
  results: [
    { label: both('max', '最大池化'), of: 'max', tone: 'value' },
    { label: both('average', '平均池化'), of: 'average', tone: 'value' },
  ],
  pictures: [],
};

const conserved: Piece = {
  title: both('What g becomes over the window (3, 1)', 'g 在窗口 (3, 1) 上变成什么'),
  knobs: { g: small('g', 2) },
  compute: ({ g }) => {
    const x = [[3, 1]];
    const back = (y: (x: Tensor) => Tensor): number[] => gradientOf(x, (u) => sum(multiply(y(u), g)));
    return {
      ...named(
        'm',
        back((u) => maxPool2d(asWindow(u), window)),
      ),
      ...named(
        'a',
        back((u) => avgPool2d(asWindow(u), window)),
      ),
    };
  },
  results: [
    { label: both('max, for 3', '最大池化，3'), of: 'm1', tone: 'gradient' },
    { label: both('for 1', '1'), of: 'm2', tone: 'gradient' },
    { label: both('average, for 3', '平均池化，3'), of: 'a1', tone: 'gradient' },
    { label: both('for 1', '1'), of: 'a2', tone: 'gradient' },
  ],
  pictures: [],
};

const column = (list: readonly number[]): Tensor => shaped(list, [list.length, 1]);

/** The normalised batch (1, 4, 2) with b added to all, and a loss of it. */
const shifted = (b: Tensor): Tensor => batchNormTraining(add(column([1, 4, 2]), b)).output;

const bias: Piece = {
  title: both('A bias b before batch norm', '批归一化之前的偏置 b'),
  knobs: { b: small('b', 1) },
  compute: ({ b }) => ({
    first: listOf(shifted(numbers([b])))[0],
    slope: gradientOf([b], (bias) => sum(multiply(shifted(bias), column([1, -2, 5]))))[0],
  }),
  results: [
    { label: 'y₁', of: 'first', tone: 'value' },
    { label: '∂L/∂b', of: 'slope', tone: 'gradient' },
  ],
  pictures: [],
};

const scaled = (c: number): readonly number[][] => [[1 * c], [4 * c], [2 * c]];
const normalisedLoss = (x: Tensor): Tensor =>
  sum(multiply(batchNormTraining(x, { epsilon: 0 }).output, column([1, -2, 5])));

const scale: Piece = {
  title: both('A batch (1, 4, 2), multiplied by c', '批次 (1, 4, 2) 乘以 c'),
  knobs: { c: knob('c', 0.5, 10, 0.5, 2) },
  compute: ({ c }) => ({
    first: listOf(batchNormTraining(numbers(scaled(c)), { epsilon: 0 }).output)[0],
    slope: gradientOf(scaled(c), normalisedLoss)[0],
    at1: gradientOf(scaled(1), normalisedLoss)[0],
  }),
  results: [
    { label: 'y₁', of: 'first', tone: 'value' },
    { label: '∂L/∂x₁', of: 'slope', tone: 'gradient' },
    { label: both('the same at c = 1', 'c = 1 时'), of: 'at1', tone: 'third' },
  ],
  pictures: [],
};

const pair: Piece = {
  title: both('A batch of two', '两个样本的批次'),
  knobs: { a: small('a', 1), b: small('b', 3) },
  compute: ({ a, b }) => named('y', listOf(batchNormTraining(column([a, b])).output)),
  results: [
    { label: 'y₁', of: 'y1', tone: 'value' },
    { label: 'y₂', of: 'y2', tone: 'value' },
  ],
  pictures: [],
};

const neighbours: Piece = {
  title: both('The example (1, 3) in a batch with (w, 0)', '样本 (1, 3) 与 (w, 0) 在同一批次'),
  knobs: { w: knob('w', -5, 5, 0.5, 2) },
  compute: ({ w }) => {
    const x = numbers([
      [1, 3],
      [w, 0],
    ]);
    return { batch: listOf(batchNormTraining(x).output)[0], layer: listOf(layerNorm(x))[0] };
  },
  results: [
    { label: both('its first number by batch norm', '其第一个数，批归一化'), of: 'batch', tone: 'gradient' },
    { label: both('by layer norm', '层归一化'), of: 'layer', tone: 'value' },
  ],
  pictures: [],
};

const epsilon: Piece = {
  title: both('A batch (5 − d, 5, 5 + d)', '批次 (5 − d, 5, 5 + d)'),
  knobs: { e: knob(both('d = 10⁻ᵉ, e', 'd = 10⁻ᵉ，e'), 0, 8, 1, 4) },
  compute: ({ e }) => {
    const d = 10 ** -e;
    return { last: listOf(batchNormTraining(column([5 - d, 5, 5 + d])).output)[2] };
  },
  results: [{ label: both('y of the last, for ε = 0.00001', '最后一个的 y，ε = 0.00001'), of: 'last', tone: 'value' }],
  pictures: [],
};

const dropout: Piece = {
  title: both('2000 ones through dropout', '2000 个 1 经过 dropout'),
  knobs: { rate: knob(both('rate', '丢弃率'), 0, 0.9, 0.05, 0.5) },
  compute: ({ rate }) => {
    const layer = new Dropout({ rate });
    layer.build([2000], { name: 'dropout', dtype: 'float64', random: new Random(1) });
    const y = layer.call(shaped(new Array<number>(2000).fill(1), [1, 2000]), { training: true, random: new Random(2) });
    return { kept: Math.max(...listOf(y)), mean: mean(y).item(), size: mean(square(y)).item() };
  },
  results: [
    { label: both('what is kept becomes', '保留的数变成'), of: 'kept', tone: 'third' },
    { label: both('mean', '均值'), of: 'mean', tone: 'value' },
    { label: both('mean square', '均方'), of: 'size', tone: 'third' },
  ],
  pictures: [],
};

export const aboutLayers: Chapter = {
  name: 'layers',
  pieces: { ties, pools, conserved, bias, scale, pair, neighbours, epsilon, dropout },
  facts: [],
  exercises: [],
};
