import { exp, log, softmax, sum } from '@tapegrad/core';
import { hingeLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const loss = (z: readonly number[], label = 0): number => softmaxCrossEntropy(numbers(z), label).item();
const p = (z: readonly number[]): number[] => listOf(softmax(numbers(z)));

const ignored: Piece = {
  title: both('Two rows, the second is ignored', '两行，第二行被忽略'),
  knobs: {
    z: knob(both('first logit of row 1', '第 1 行的第一个 logit'), -5, 5, 0.5, 1),
    w: knob(both('first logit of row 2', '第 2 行的第一个 logit'), -5, 5, 0.5, 2),
  },
  compute: ({ z, w }) => {
    const found = lossAndGradient(
      [
        [z, 0],
        [w, 0],
      ],
      (x) => softmaxCrossEntropy(x, [0, -100]),
    );
    const [first, , second] = found.gradient;
    return { loss: found.loss, first, second, belief: p([w, 0])[0] };
  },
  results: [
    { label: both('loss', '损失'), of: 'loss', tone: 'value' },
    { label: both('p of row 2', '第 2 行的 p'), of: 'belief', tone: 'third' },
    { label: both('gradient of row 1', '第 1 行的梯度'), of: 'first', tone: 'gradient' },
    { label: both('of row 2', '第 2 行的梯度'), of: 'second', tone: 'gradient' },
  ],
  pictures: [],
};

const allIgnored: Piece = {
  title: both('Three rows, some of them ignored', '三行，其中若干行被忽略'),
  knobs: { n: knob(both('ignored rows', '被忽略的行数'), 0, 3, 1, 3) },
  compute: ({ n }) => {
    const labels = [0, 1, 2].map((row) => (row < n ? -100 : 0));
    const rows = [
      [1, 0],
      [2, 0],
      [3, 0],
    ];
    return {
      total: softmaxCrossEntropy(numbers(rows), labels, { reduction: 'sum' }).item(),
      count: labels.filter((label) => label >= 0).length,
      mean: softmaxCrossEntropy(numbers(rows), labels).item(),
    };
  },
  results: [
    { label: both('sum of the losses', '损失之和'), of: 'total', tone: 'third' },
    { label: both('rows that count', '参与的行数'), of: 'count', tone: 'third' },
    { label: both('mean', '平均'), of: 'mean', tone: 'value' },
  ],
  pictures: [],
};

const progress: Piece = {
  title: both('Two examples: one becomes right, the other more wrong', '两个样本：一个变对，另一个错得更远'),
  knobs: { t: knob(both('training, from before to after', '训练：从之前到之后'), 0, 1, 0.05, 0) },
  compute: ({ t }) => {
    const first = -0.2 + 0.6 * t;
    const second = -1 - 4 * t;
    return {
      loss: (loss([first, 0]) + loss([second, 0])) / 2,
      right: (Number(first > 0) + Number(second > 0)) / 2,
      first: loss([first, 0]),
      second: loss([second, 0]),
    };
  },
  results: [
    { label: both('accuracy', '准确率'), of: 'right', tone: 'good' },
    { label: both('mean loss', '平均损失'), of: 'loss', tone: 'value' },
    { label: both('loss of the first', '第一个的损失'), of: 'first', tone: 'third' },
    { label: both('of the second', '第二个的损失'), of: 'second', tone: 'third' },
  ],
  pictures: [],
};

const constant: Piece = {
  title: both('One example crosses the border, the other pays for it', '一个样本越过边界，另一个为此付出代价'),
  knobs: { t: knob(both('training, from before to after', '训练：从之前到之后'), 0, 1, 0.05, 0) },
  compute: ({ t }) => {
    const first = -0.3 + 0.6 * t;
    // The margin of the second at which the sum stays what it was at first.
    const rest = loss([-0.3, 0]) + loss([3, 0]) - loss([first, 0]);
    const second = -Math.log(Math.exp(rest) - 1);
    return {
      right: (Number(first > 0) + Number(second > 0)) / 2,
      loss: (loss([first, 0]) + loss([second, 0])) / 2,
      second,
    };
  },
  results: [
    { label: both('accuracy', '准确率'), of: 'right', tone: 'good' },
    { label: both('mean loss', '平均损失'), of: 'loss', tone: 'value' },
    { label: both('margin of the other', '另一个样本的间隔'), of: 'second', tone: 'third' },
  ],
  pictures: [],
};

const hinge: Piece = {
  title: both('The pull of both losses', '两种损失的拉力'),
  knobs: { m: knob(both('margin: right logit less the other', '间隔：正确的 logit 减去另一个'), -4, 6, 0.1, 2) },
  compute: ({ m }) => ({
    hinge: gradientOf([m], (x) => hingeLoss(x, numbers([1])))[0],
    softmax: gradientOf([m, 0], (x) => softmaxCrossEntropy(x, 0))[0],
  }),
  results: [],
  pictures: [
    {
      kind: 'curves',
      title: both('Slope by the margin', '对间隔的斜率'),
      x: { label: both('margin', '间隔'), knob: 'm' },
      y: [-1.2, 0.2],
      lines: [
        {
          label: both('hinge', '合页'),
          tone: 'gradient',
          values: (ms) => ms.map((m) => gradientOf([m], (x) => hingeLoss(x, numbers([1])))[0]),
        },
        {
          label: 'softmax',
          tone: 'value',
          values: (ms) => ms.map((m) => gradientOf([m, 0], (x) => softmaxCrossEntropy(x, 0))[0]),
        },
      ],
    },
  ],
};

const overflow: Piece = {
  title: both('Softmax of (z, 0)', '(z, 0) 的 softmax'),
  knobs: { z: knob('z', 0, 1000, 10, 800) },
  compute: ({ z }) => {
    const power = exp(numbers([z, 0]));
    const [first] = listOf(power);
    return { power: first, naive: first / sum(power).item(), stable: p([z, 0])[0] };
  },
  results: [
    { label: 'eᶻ', of: 'power', tone: 'third' },
    { label: both('eᶻ / (eᶻ + 1), as written', 'eᶻ / (eᶻ + 1)，照公式计算'), of: 'naive', tone: 'gradient' },
    { label: both('maximum subtracted first', '先减去最大值'), of: 'stable', tone: 'value' },
  ],
  pictures: [],
};

const underflow: Piece = {
  title: both('The right class is behind by d', '正确类别落后 d'),
  knobs: { d: knob('d', 0, 1000, 10, 800) },
  compute: ({ d }) => ({
    belief: p([0, d])[0],
    naive: 0 - log(softmax(numbers([0, d]))).read()[0],
    loss: loss([0, d]),
    slope: gradientOf([0, d], (x) => softmaxCrossEntropy(x, 0))[0],
  }),
  results: [
    { label: 'p', of: 'belief', tone: 'third' },
    { label: both('−ln of this p', '该 p 的 −ln'), of: 'naive', tone: 'third' },
    { label: both('the loss on logits', '接收 logit 的损失'), of: 'loss', tone: 'value' },
    { label: both('its slope', '其斜率'), of: 'slope', tone: 'gradient' },
  ],
  pictures: [],
};

const temperature: Piece = {
  title: both('The same logits (2, 1, 0) at another temperature', '同样的 logit (2, 1, 0)，不同的温度'),
  knobs: { T: knob('T', 0.1, 10, 0.1, 3) },
  compute: ({ T }) => named('p', p([2 / T, 1 / T, 0])),
  results: [],
  pictures: [
    {
      kind: 'bars',
      title: both('softmax(z/T)', 'softmax(z/T)'),
      range: [0, 1],
      bars: ['p₁', 'p₂', 'p₃'].map((label, index) => ({ label, of: `p${index + 1}`, tone: 'value' })),
    },
  ],
};

const smoothing: Piece = {
  title: both('Two classes, target (1 − ε/2, ε/2)', '两个类别，目标 (1 − ε/2, ε/2)'),
  knobs: {
    s: knob(both('smoothing ε', '平滑 ε'), 0.02, 0.5, 0.02, 0.1),
    z: knob('z₁ − z₂', -2, 10, 0.1, 5),
  },
  compute: ({ s, z }) => ({
    plain: gradientOf([z, 0], (x) => softmaxCrossEntropy(x, 0))[0],
    smoothed: gradientOf([z, 0], (x) => softmaxCrossEntropy(x, 0, { labelSmoothing: s }))[0],
    best: Math.log((1 - s / 2) / (s / 2)),
  }),
  results: [
    { label: both('slope without smoothing', '无平滑时的斜率'), of: 'plain', tone: 'third' },
    { label: both('with smoothing', '有平滑时的斜率'), of: 'smoothed', tone: 'gradient' },
    { label: both('difference where it is 0', '斜率为 0 时的差'), of: 'best', tone: 'value' },
  ],
  pictures: [],
};

const atFirst: Piece = {
  title: both('The loss of a model that knows nothing', '一无所知的模型的损失'),
  knobs: { c: knob(both('classes', '类别数'), 2, 1000, 1, 10) },
  compute: ({ c }) => ({ loss: loss(new Array<number>(c).fill(0)), rule: Math.log(c) }),
  results: [
    { label: both('loss of equal logits', 'logit 全相等时的损失'), of: 'loss', tone: 'value' },
    { label: 'ln C', of: 'rule', tone: 'third' },
  ],
  pictures: [],
};

export const aboutClassification: Chapter = {
  name: 'classification',
  pieces: { ignored, allIgnored, progress, constant, hinge, overflow, underflow, temperature, smoothing, atFirst },
  facts: [],
  exercises: [],
};
