import { softmax } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';

const logit = (index: number, start: number) =>
  ({ label: `z${'₁₂₃'[index]}`, from: -6, to: 6, step: 0.1, start }) as const;

const logitsOf = ({ z1, z2, z3 }: Numbers): number[] => [z1, z2, z3];

/** Three logits, of which the first belongs to the right class. */
const loss: Piece = {
  title: { en: 'The loss, and how it pulls at each logit', zh: '损失，以及它对每个 logit 的拉力' },
  knobs: { z1: logit(0, 3), z2: logit(1, 1), z3: logit(2, -3) },
  compute: (at) => {
    const { loss, gradient } = lossAndGradient(logitsOf(at), (z) => softmaxCrossEntropy(z, 0));
    return { loss, ...named('p', listOf(softmax(numbers(logitsOf(at))))), ...named('g', gradient) };
  },
  results: [
    { label: { en: 'L = −ln p₁', zh: 'L = −ln p₁' }, of: 'loss', tone: 'value' },
    { label: '∂L/∂z₁', of: 'g1', tone: 'gradient' },
    { label: '∂L/∂z₂', of: 'g2', tone: 'gradient' },
    { label: '∂L/∂z₃', of: 'g3', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: { en: 'p: what the model believes (class 1 is true)', zh: 'p：模型相信的（真实类别是 1）' },
      range: [0, 1],
      bars: [
        { label: 'p₁', of: 'p1', tone: 'value' },
        { label: 'p₂', of: 'p2', tone: 'value' },
        { label: 'p₃', of: 'p3', tone: 'value' },
      ],
    },
    {
      kind: 'bars',
      title: { en: 'p − y: the gradient', zh: 'p − y：梯度' },
      range: [-1, 1],
      bars: [
        { label: 'p₁ − 1', of: 'g1', tone: 'gradient' },
        { label: 'p₂ − 0', of: 'g2', tone: 'gradient' },
        { label: 'p₃ − 0', of: 'g3', tone: 'gradient' },
      ],
    },
  ],
};

/** A batch of two rows, to see where 1/N comes from. */
const batch: Piece = {
  title: { en: 'A batch of two', zh: '两个样本的批次' },
  knobs: {
    z: { label: { en: 'right logit, row 1', zh: '第 1 行的正确 logit' }, from: -6, to: 6, step: 0.1, start: 2 },
    w: { label: { en: 'right logit, row 2', zh: '第 2 行的正确 logit' }, from: -6, to: 6, step: 0.1, start: -1 },
  },
  compute: ({ z, w }) => {
    const rows = [
      [z, 0],
      [w, 0],
    ];
    const one = (row: number[]): number => lossAndGradient([row], (x) => softmaxCrossEntropy(x, [0])).loss;
    const { loss, gradient } = lossAndGradient(rows, (x) => softmaxCrossEntropy(x, [0, 0]));
    const [alone] = gradientOf([rows[0]], (x) => softmaxCrossEntropy(x, [0]));
    return { first: one(rows[0]), second: one(rows[1]), mean: loss, alone, together: gradient[0] };
  },
  results: [
    { label: { en: 'loss of row 1', zh: '第 1 行的损失' }, of: 'first', tone: 'value' },
    { label: { en: 'loss of row 2', zh: '第 2 行的损失' }, of: 'second', tone: 'value' },
    { label: { en: 'mean', zh: '平均' }, of: 'mean', tone: 'value' },
    { label: { en: 'gradient of row 1 alone', zh: '第 1 行单独的梯度' }, of: 'alone', tone: 'gradient' },
    { label: { en: 'in the batch', zh: '在批次中' }, of: 'together', tone: 'gradient' },
  ],
  pictures: [],
};

export const softmaxLoss: Chapter = {
  name: 'softmax-loss',
  pieces: { loss, batch },
  facts: [{ text: '0.6931', value: () => lossAndGradient([0, 0], (z) => softmaxCrossEntropy(z, 0)).loss }],
  exercises: [
    {
      name: 'softmax-loss/uniform',
      task: {
        en: 'A new model knows nothing: its 10 logits are all 0. What is the loss, in nats?',
        zh: '一个新模型一无所知：10 个 logit 全为 0。损失是多少（单位：奈特）？',
      },
      answer: {
        kind: 'number',
        right: () => softmaxCrossEntropy(numbers(new Array<number>(10).fill(0)), 0).item(),
        tolerance: 0.002,
      },
      hints: [
        { en: 'All probabilities are equal. What is each?', zh: '所有概率都相等。每个是多少？' },
        { en: 'L = −ln(1/10).', zh: 'L = −ln(1/10)。' },
      ],
      solution: {
        en: 'Each class has the probability 1/10, so L = −ln(1/10) = ln 10, about 2.303. A first loss far above that says that the last layer starts too large.',
        zh: '每个类别的概率都是 1/10，所以 L = −ln(1/10) = ln 10，约为 2.303。如果第一次算出的损失远大于它，说明最后一层的初始值太大。',
      },
      slips: [
        {
          given: () => 1,
          remark: {
            en: 'That is the logarithm to base 10. The loss is taken with the natural logarithm: ln 10.',
            zh: '这是以 10 为底的对数。损失用的是自然对数：ln 10。',
          },
        },
        {
          given: () => 0,
          remark: {
            en: 'A loss of 0 would mean that the right class has the probability 1. Here it has 1/10.',
            zh: '损失为 0 意味着正确类别的概率是 1。这里只有 1/10。',
          },
        },
        {
          given: () => -softmaxCrossEntropy(numbers(new Array<number>(10).fill(0)), 0).item(),
          remark: {
            en: 'The logarithm of 1/10 is negative; the loss has a minus sign before it.',
            zh: '1/10 的对数是负数；损失前面还有一个负号。',
          },
        },
      ],
    },
  ],
};
