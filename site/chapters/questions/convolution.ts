import { conv1d, conv2d, convTranspose1d, flip, linear, Tape, type Tensor, zeros } from '@tapegrad/core';
import { line, plane, rowsIn, shaped } from '../grids.ts';
import { listOf, named, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const small = (letter: string, start: number) => knob(letter, -3, 3, 0.5, start);

const name: Piece = {
  title: both('x = (1, 2, 4), w = (a, b)', 'x = (1, 2, 4)，w = (a, b)'),
  knobs: { a: small('a', 2), b: small('b', -1) },
  compute: ({ a, b }) => {
    const [x, w] = [line([1, 2, 4]), line([a, b])];
    return { ...named('c', listOf(conv1d(x, w))), ...named('f', listOf(conv1d(x, flip(w, { axes: 2 })))) };
  },
  results: [
    { label: both('layer, first output', '该层的第一个输出'), of: 'c1', tone: 'value' },
    { label: both('second', '第二个'), of: 'c2', tone: 'value' },
    { label: both('convolution of mathematics, first', '数学中的卷积，第一个'), of: 'f1', tone: 'third' },
    { label: both('second', '第二个'), of: 'f2', tone: 'third' },
  ],
  pictures: [],
};

const nines = (rows: number): number[][] => Array.from({ length: rows }, () => new Array<number>(rows).fill(9));

const border: Piece = {
  title: both('A mean of 3 × 3 over an image of nines', '对全为 9 的图像取 3 × 3 平均'),
  knobs: { n: knob(both('image side', '图像边长'), 3, 7, 1, 5) },
  compute: ({ n }) => {
    const y = smoothed(n);
    return { corner: y[0][0], middle: y[Math.floor(n / 2)][Math.floor(n / 2)] };
  },
  results: [
    { label: both('corner', '角上'), of: 'corner', tone: 'gradient' },
    { label: both('middle', '中间'), of: 'middle', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('With padding 1', '填充为 1'),
      grids: [{ label: 'y', tone: 'value', rows: ({ n }) => smoothed(n) }],
    },
  ],
};

const smoothed = (n: number): number[][] =>
  rowsIn(conv2d(plane(nines(n)), shaped(new Array<number>(9).fill(1 / 9), [1, 1, 3, 3]), { padding: 1 }));

/** What g at the output of a 1-D convolution hands back to the input. */
function handedBack(w: readonly number[], g: readonly number[]): number[] {
  const tape = new Tape();
  try {
    const x = tape.watch(line(new Array<number>(g.length + w.length - 1).fill(0)));
    return listOf(tape.gradients(conv1d(x, line(w)), { cotangent: line(g) }).get(x));
  } finally {
    tape.release();
  }
}

const turn: Piece = {
  title: both('A filter (a, b), two outputs', '卷积核 (a, b)，两个输出'),
  knobs: { a: small('a', 2), b: small('b', -1), g0: small('g₀', 1), g1: small('g₁', 3) },
  compute: ({ a, b, g0, g1 }) => ({ middle: handedBack([a, b], [g0, g1])[1], first: b * g0, second: a * g1 }),
  results: [
    { label: both('b·g₀, from the first output', 'b·g₀，来自第一个输出'), of: 'first', tone: 'third' },
    { label: both('a·g₁, from the second', 'a·g₁，来自第二个'), of: 'second', tone: 'third' },
    { label: both('∂L/∂x₁', '∂L/∂x₁'), of: 'middle', tone: 'gradient' },
  ],
  pictures: [],
};

const stack: Piece = {
  title: both('Weights from C to C channels', 'C 个通道到 C 个通道的权重数'),
  knobs: { c: knob(both('channels C', '通道数 C'), 1, 64, 1, 32) },
  compute: ({ c }) => ({ two: 2 * zeros([c, c, 3, 3]).size, one: zeros([c, c, 5, 5]).size }),
  results: [
    { label: both('two layers of 3 × 3', '两层 3 × 3'), of: 'two', tone: 'value' },
    { label: both('one of 5 × 5', '一层 5 × 5'), of: 'one', tone: 'third' },
  ],
  pictures: [],
};

const pixel: Piece = {
  title: both('One pixel with the channels (u, v)', '一个像素，通道为 (u, v)'),
  knobs: { u: small('u', 1), v: small('v', 2) },
  compute: ({ u, v }) => {
    const weight = [3, -1];
    return {
      convolved: listOf(conv2d(shaped([u, v], [1, 2, 1, 1]), shaped(weight, [1, 2, 1, 1])))[0],
      dense: listOf(linear(numbers([[u, v]]), numbers([weight])))[0],
    };
  },
  results: [
    { label: both('1 × 1 convolution', '1 × 1 卷积'), of: 'convolved', tone: 'value' },
    { label: both('dense layer', '全连接层'), of: 'dense', tone: 'third' },
  ],
  pictures: [],
};

const stampsOf = (k: number, s: number): number[] =>
  listOf(convTranspose1d(line([1, 1, 1, 1, 1]), line(new Array<number>(k).fill(1)), { stride: s }));

const checkerboard: Piece = {
  title: both('How many stamps meet at each element', '每个元素处重叠的印记数'),
  knobs: {
    k: knob(both('filter length k', '卷积核长度 k'), 1, 4, 1, 3),
    s: knob(both('stride s', '步幅 s'), 1, 3, 1, 2),
  },
  compute: ({ k, s }) => {
    // Without the ends, where stamps are missing on one side.
    const middle = stampsOf(k, s).slice(k - 1, 4 * s + 1);
    return { least: Math.min(...middle), most: Math.max(...middle) };
  },
  results: [
    { label: both('fewest inside', '内部最少'), of: 'least', tone: 'third' },
    { label: both('most', '最多'), of: 'most', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('Five pixels, transposed', '五个像素的转置卷积'),
      grids: [{ label: both('stamps', '印记'), tone: 'value', rows: ({ k, s }) => [stampsOf(k, s)] }],
    },
  ],
};

const there = ({ a, b }: { readonly a: number; readonly b: number }): Tensor => conv1d(line([1, 2, 4]), line([a, b]));

const inverse: Piece = {
  title: both('(1, 2, 4) by (a, b), and back by the transposed', '(1, 2, 4) 经过 (a, b)，再经过转置卷积'),
  knobs: { a: small('a', 1), b: small('b', 1) },
  compute: ({ a, b }) => named('x', listOf(convTranspose1d(there({ a, b }), line([a, b])))),
  results: ['x₀', 'x₁', 'x₂'].map((label, index) => ({ label, of: `x${index + 1}`, tone: 'value' })),
  pictures: [],
};

const even: Piece = {
  title: both('A filter of length k over 8 elements', '长度为 k 的卷积核作用于 8 个元素'),
  knobs: { k: knob('k', 1, 7, 1, 4) },
  compute: ({ k }) => {
    const lengthBy = (padding: number): number => conv1d(zeros([1, 1, 8]), zeros([1, 1, k]), { padding }).size;
    return { half: (k - 1) / 2, less: lengthBy(Math.floor((k - 1) / 2)), more: lengthBy(Math.ceil((k - 1) / 2)) };
  },
  results: [
    { label: '(k − 1)/2', of: 'half', tone: 'third' },
    { label: both('outputs with that, rounded down', '向下取整后的输出个数'), of: 'less', tone: 'value' },
    { label: both('rounded up', '向上取整后'), of: 'more', tone: 'value' },
  ],
  pictures: [],
};

const bump = (at: number): Tensor => line(Array.from({ length: 10 }, (_, index) => (index === at ? 1 : 0)));
const seenBy = (at: number, s: number): number[] => listOf(conv1d(bump(at), line([1, 2, 3]), { stride: s }));

const shift: Piece = {
  title: both('A bump at element i, filter (1, 2, 3)', '第 i 个元素处的凸起，卷积核 (1, 2, 3)'),
  knobs: { i: knob('i', 2, 7, 1, 4), s: knob(both('stride', '步幅'), 1, 2, 1, 1) },
  compute: ({ i, s }) => ({ sum: seenBy(i, s).reduce((a, b) => a + b) }),
  results: [{ label: both('sum of the outputs', '输出之和'), of: 'sum', tone: 'value' }],
  pictures: [
    {
      kind: 'grids',
      title: both('Move the bump', '移动凸起'),
      grids: [
        { label: 'x', tone: 'third', rows: ({ i }) => [listOf(bump(i))] },
        { label: 'y', tone: 'value', rows: ({ i, s }) => [seenBy(i, s)] },
      ],
    },
  ],
};

export const aboutConvolution: Chapter = {
  name: 'convolution',
  pieces: { name, border, turn, stack, pixel, checkerboard, inverse, even, shift },
  facts: [],
  exercises: [],
};
