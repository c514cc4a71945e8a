import { hessian, log, softmax } from '@tapegrad/core';
import { binaryCrossEntropyWithLogits, nllLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const loss = (z: readonly number[], label = 0): number => softmaxCrossEntropy(numbers(z), label).item();
const p = (z: readonly number[]): number[] => listOf(softmax(numbers(z)));
const gradient = (z: readonly number[], label = 0): number[] => gradientOf(z, (x) => softmaxCrossEntropy(x, label));

const z1 = knob('z₁', -6, 6, 0.1, 1);
const z2 = knob('z₂', -6, 6, 0.1, 0);

const slope: Piece = {
  title: both('The slope, measured and computed', '斜率：测量与计算'),
  knobs: { z1, z2 },
  compute: (at) => {
    const h = 1e-4;
    const z = [at.z1, at.z2];
    return {
      measured: (loss([z[0] + h, z[1]]) - loss([z[0] - h, z[1]])) / (2 * h),
      belief: p(z)[0],
      rule: p(z)[0] - 1,
      walked: gradient(z)[0],
    };
  },
  results: [
    { label: both('(L(z₁ + h) − L(z₁ − h)) / 2h', '(L(z₁ + h) − L(z₁ − h)) / 2h'), of: 'measured', tone: 'third' },
    { label: 'p₁ − 1', of: 'rule', tone: 'gradient' },
    { label: both('by the tape', '由计算记录得到'), of: 'walked', tone: 'gradient' },
  ],
  pictures: [],
};

const fused: Piece = {
  title: both('Step by step, and in one', '分步与融合'),
  knobs: { z1: { ...z1, start: -6 }, z2 },
  compute: (at) => {
    const z = [at.z1, at.z2];
    const byP = gradientOf(p(z), (x) => nllLoss(log(x), 0))[0];
    return {
      byP,
      chain: gradientOf(z, (x) => nllLoss(log(softmax(x)), 0))[0],
      fused: gradient(z)[0],
      twice: gradientOf(z, (x) => softmaxCrossEntropy(softmax(x), 0))[0],
    };
  },
  results: [
    { label: both('−1/p₁, by the probability', '−1/p₁，对概率'), of: 'byP', tone: 'third' },
    { label: both('both steps walked', '走完两步'), of: 'chain', tone: 'gradient' },
    { label: both('the loss on logits', '接收 logit 的损失'), of: 'fused', tone: 'gradient' },
    {
      label: both('the loss on probabilities: softmax twice', '把概率当作 logit：两次 softmax'),
      of: 'twice',
      tone: 'third',
    },
  ],
  pictures: [],
};

const weighted: Piece = {
  title: both(
    'Three rows, of which the second has a weight, and the third is ignored',
    '三行：第二行带权重，第三行被忽略',
  ),
  knobs: { w: knob(both('weight of class 2', '类别 2 的权重'), 0, 5, 0.5, 3) },
  compute: ({ w }) => {
    const rows = [
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    const g = gradientOf(rows, (x) => softmaxCrossEntropy(x, [0, 1, -100], { weight: numbers([1, w]) }));
    const plain = gradientOf(rows.slice(0, 2), (x) => softmaxCrossEntropy(x, [0, 1]));
    return { first: g[0], second: g[3], ignored: g[5], plain: plain[0] };
  },
  results: [
    { label: both('row 1', '第 1 行'), of: 'first', tone: 'gradient' },
    { label: both('row 2', '第 2 行'), of: 'second', tone: 'gradient' },
    { label: both('ignored row', '被忽略的行'), of: 'ignored', tone: 'gradient' },
    { label: both('row 1 without weights', '没有权重时的第 1 行'), of: 'plain', tone: 'third' },
  ],
  pictures: [],
};

const size: Piece = {
  title: both('How large it can be', '它能有多大'),
  knobs: { p: knob(both('p of the right class', '正确类别的 p'), 0.01, 1, 0.01, 0.2) },
  compute: (at) => ({ loss: nllLoss(log(numbers([at.p, 1 - at.p || 1e-300])), 0).item() }),
  results: [{ label: '−ln p', of: 'loss', tone: 'value' }],
  pictures: [
    {
      kind: 'curves',
      title: both('−ln p', '−ln p'),
      x: { label: 'p', knob: 'p' },
      y: [0, 5],
      lines: [{ label: '−ln p', tone: 'value', values: (ps) => listOf(log(numbers(ps))).map((value) => 0 - value) }],
    },
  ],
};

const sigmoid: Piece = {
  title: both('One sigmoid, or softmax of two', '一个 sigmoid，或两个输出的 softmax'),
  knobs: { z1, z2 },
  compute: (at) => {
    const two = lossAndGradient([at.z1, at.z2], (x) => softmaxCrossEntropy(x, 0));
    const one = lossAndGradient([at.z1 - at.z2], (x) => binaryCrossEntropyWithLogits(x, numbers([1])));
    return { two: two.loss, one: one.loss, ...named('t', two.gradient), o1: one.gradient[0] };
  },
  results: [
    { label: both('softmax loss of (z₁, z₂)', '(z₁, z₂) 的 softmax 损失'), of: 'two', tone: 'value' },
    { label: both('sigmoid loss of z₁ − z₂', 'z₁ − z₂ 的 sigmoid 损失'), of: 'one', tone: 'value' },
    { label: both('∂/∂z₁ of the first', '前者的 ∂/∂z₁'), of: 't1', tone: 'gradient' },
    { label: both('slope of the second', '后者的斜率'), of: 'o1', tone: 'gradient' },
  ],
  pictures: [],
};

const order: Piece = {
  title: both('Logits and probabilities, in the same order', 'logit 与概率，顺序相同'),
  knobs: { z1, z2, z3: knob('z₃', -6, 6, 0.1, -1) },
  compute: (at) => named('p', p([at.z1, at.z2, at.z3])),
  results: [],
  pictures: [
    {
      kind: 'bars',
      title: both('z', 'z'),
      range: [-6, 6],
      bars: ['z₁', 'z₂', 'z₃'].map((label, index) => ({ label, of: `z${index + 1}`, tone: 'third' })),
    },
    {
      kind: 'bars',
      title: both('p', 'p'),
      range: [0, 1],
      bars: ['p₁', 'p₂', 'p₃'].map((label, index) => ({ label, of: `p${index + 1}`, tone: 'value' })),
    },
  ],
};

const curvature: Piece = {
  title: both('The second derivative for two classes', '两个类别时的二阶导数'),
  knobs: { z1, z2 },
  compute: (at) => {
    const h = listOf(hessian((x) => softmaxCrossEntropy(x, 0), numbers([at.z1, at.z2])));
    return { h11: h[0], h12: h[1], along: h[0] - h[1], same: h[0] + h[1] };
  },
  results: [
    { label: '∂²L/∂z₁²', of: 'h11', tone: 'gradient' },
    { label: '∂²L/∂z₁∂z₂', of: 'h12', tone: 'gradient' },
    { label: both('eigenvalue along (1, −1)', '沿 (1, −1) 的特征值'), of: 'along', tone: 'value' },
    { label: both('along (1, 1)', '沿 (1, 1)'), of: 'same', tone: 'value' },
  ],
  pictures: [],
};

export const aboutSoftmaxLoss: Chapter = {
  name: 'softmax-loss',
  pieces: { slope, fused, weighted, size, sigmoid, order, curvature },
  facts: [],
  exercises: [],
};
