import { divide, softmax as softmaxOf } from '@tapegrad/core';
import {
  additiveMarginSoftmaxLoss,
  entropy,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithTemperature,
} from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const softened = (z: readonly number[], temperature: number): number[] =>
  listOf(softmaxOf(divide(numbers(z), temperature)));

const lossAt = (z: readonly number[], temperature: number) =>
  lossAndGradient(z, (x) => softmaxCrossEntropyWithTemperature(x, 0, { temperature }));

const softer: Piece = {
  title: both('The same logits at a temperature', '同样的 logit，不同的温度'),
  knobs: {
    z1: knob('z₁', -6, 6, 0.1, 3),
    z2: knob('z₂', -6, 6, 0.1, 1),
    z3: knob('z₃', -6, 6, 0.1, -1),
    t: knob('T', 0.1, 10, 0.1, 2),
  },
  compute: ({ z1, z2, z3, t }) => {
    const z = [z1, z2, z3];
    const { loss, gradient } = lossAt(z, t);
    return {
      ...named('p', softened(z, t)),
      ...named('g', gradient),
      loss,
      entropy: entropy(softmaxOf(divide(numbers(z), t))).item(),
    };
  },
  results: [
    { label: both('loss of class 1', '类别 1 的损失'), of: 'loss', tone: 'value' },
    { label: both('entropy of p', 'p 的熵'), of: 'entropy', tone: 'third' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: both('softmax(z/T)', 'softmax(z/T)'),
      range: [0, 1],
      bars: [
        { label: 'p₁', of: 'p1', tone: 'value' },
        { label: 'p₂', of: 'p2', tone: 'value' },
        { label: 'p₃', of: 'p3', tone: 'value' },
      ],
    },
    {
      kind: 'bars',
      title: both('The gradient with respect to z: (p − y)/T', '对 z 的梯度：(p − y)/T'),
      range: [-1, 1],
      bars: [
        { label: '∂L/∂z₁', of: 'g1', tone: 'gradient' },
        { label: '∂L/∂z₂', of: 'g2', tone: 'gradient' },
        { label: '∂L/∂z₃', of: 'g3', tone: 'gradient' },
      ],
    },
  ],
};

/** A feature vector of length 1 at an angle between the weights of two classes, which stand at 0° and 90°. */
const angular = (degrees: number, margin: number, scale: number): number => {
  const angle = (degrees * Math.PI) / 180;
  const classes = numbers([
    [1, 0],
    [0, 1],
  ]);
  return additiveMarginSoftmaxLoss(numbers([[Math.cos(angle), Math.sin(angle)]]), classes, [0], {
    margin,
    scale,
  }).item();
};

const margins: Piece = {
  title: both('A margin on the cosine', '在余弦上加间隔'),
  knobs: {
    angle: knob(both('angle to the right class, in degrees', '与正确类别的夹角（度）'), 0, 90, 1, 30),
    m: knob(both('margin m', '间隔 m'), 0, 1, 0.05, 0.35),
    s: knob(both('scale s', '缩放 s'), 1, 30, 1, 10),
  },
  compute: ({ angle, m, s }) => ({ without: angular(angle, 0, s), with: angular(angle, m, s) }),
  results: [
    { label: both('loss without margin', '没有间隔的损失'), of: 'without', tone: 'third' },
    { label: both('with margin', '有间隔'), of: 'with', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('The loss by the angle', '损失随夹角的变化'),
      x: { label: both('angle', '夹角'), knob: 'angle' },
      y: [0, 12],
      lines: [
        {
          label: both('with margin', '有间隔'),
          tone: 'value',
          values: (angles, { m, s }) => angles.map((angle) => angular(angle, m, s)),
        },
        {
          label: both('without', '没有间隔'),
          tone: 'third',
          values: (angles, { s }) => angles.map((angle) => angular(angle, 0, s)),
        },
      ],
    },
  ],
};

export const temperature: Chapter = {
  name: 'temperature',
  pieces: { softer, margins },
  facts: [],
  exercises: [
    {
      name: 'temperature/halved',
      task: both('z = (2 ln 3, 0), T = 2. What is p₁?', 'z = (2 ln 3, 0)，T = 2。p₁ 是多少？'),
      answer: { kind: 'number', right: () => softened([2 * Math.log(3), 0], 2)[0], tolerance: 0.002 },
      hints: [both('z/T = (ln 3, 0).', 'z/T = (ln 3, 0)。')],
      solution: both('3/(3 + 1) = 0.75. At T = 1 it would be 9/10.', '3/(3 + 1) = 0.75。当 T = 1 时为 9/10。'),
      slips: [
        slip(
          () => softened([2 * Math.log(3), 0], 1)[0],
          'That is at T = 1. Divide the logits by 2 first.',
          '这是 T = 1 的结果。应先把 logit 除以 2。',
        ),
        slip(() => 0.45, 'It is the logits that are divided, not the probability.', '除以温度的是 logit，而不是概率。'),
        slip(() => softened([2 * Math.log(3), 0], 0.5)[0], 'The logits were multiplied by 2.', '您把 logit 乘以了 2。'),
      ],
    },
    {
      name: 'temperature/hot',
      task: both(
        'Three classes. What does p₁ come near to, as T grows without bound?',
        '三个类别。当 T 无限增大时，p₁ 趋于多少？',
      ),
      answer: { kind: 'number', right: () => softened([3, 1, -1], 1e9)[0], tolerance: 0.002 },
      hints: [both('All logits come near to 0.', '所有 logit 都趋于 0。')],
      solution: both('1/3: all classes come to be alike.', '1/3：所有类别趋于相同。'),
      slips: [
        slip(() => 1, 'That is the limit as T goes to 0.', '这是 T 趋于 0 时的极限。'),
        slip(() => 0, 'The probabilities sum to 1, and all are alike.', '概率之和为 1，且彼此相同。'),
        slip(() => 0.5, 'There are three classes.', '共有三个类别。'),
      ],
    },
    {
      name: 'temperature/gradient',
      task: both(
        'z = (0, 0), class 1 is right, T = 4. What is the gradient with respect to z?',
        'z = (0, 0)，正确类别是 1，T = 4。对 z 的梯度是什么？',
      ),
      answer: { kind: 'list', right: () => lossAt([0, 0], 4).gradient, tolerance: 0.001 },
      hints: [both('(p − y)/T.', '(p − y)/T。')],
      solution: both('(−0.5, 0.5)/4 = (−0.125, 0.125).', '(−0.5, 0.5)/4 = (−0.125, 0.125)。'),
      slips: [
        slip(
          () => gradientOf([0, 0], (z) => softmaxCrossEntropy(z, 0)),
          'The division by T has a derivative too: 1/T.',
          '除以 T 这一步也有导数：1/T。',
        ),
        slip(() => [-2, 2], 'It is divided by T, not multiplied.', '是除以 T，而不是乘以。'),
        slip(
          () => [-0.03125, 0.03125],
          'One factor of 1/T comes from z/T; p is at (0.5, 0.5) whatever T is.',
          '只有 z/T 带来一个 1/T；无论 T 多大，p 都是 (0.5, 0.5)。',
        ),
      ],
    },
    {
      name: 'temperature/distillation',
      task: both(
        'Distillation at T = 4 multiplies the loss by a factor so that the gradient keeps its size. Which?',
        '在 T = 4 下做蒸馏时，损失要乘以一个系数，使梯度的大小保持不变。是多少？',
      ),
      answer: { kind: 'number', right: () => 4 * 4, tolerance: 0.001 },
      hints: [
        both(
          'One 1/T stands before p − y; at high T the difference of two distributions shrinks with 1/T too.',
          'p − y 前有一个 1/T；T 较大时，两个分布之差也按 1/T 缩小。',
        ),
      ],
      solution: both('T² = 16.', 'T² = 16。'),
      slips: [
        slip(
          () => 4,
          'That makes up for z/T alone. The difference of the softened distributions shrinks with 1/T as well.',
          '这只补偿了 z/T。两个软化分布之差也按 1/T 缩小。',
        ),
        slip(() => 1 / 16, 'The gradient became smaller; it has to be made larger.', '梯度变小了，应当放大。'),
      ],
    },
    {
      name: 'temperature/decision',
      task: both('Does a temperature change which class is predicted?', '温度会改变预测的类别吗？'),
      answer: {
        kind: 'choice',
        options: [
          both('no', '不会'),
          both('yes, above T = 1', '会，当 T 大于 1 时'),
          both('yes, below T = 1', '会，当 T 小于 1 时'),
        ],
        right: 0,
      },
      hints: [both('Division by a positive number keeps the order.', '除以正数不改变大小顺序。')],
      solution: both(
        'No: the largest logit stays the largest. Only the confidence changes.',
        '不会：最大的 logit 仍是最大的。改变的只是置信度。',
      ),
      slips: [
        slip(
          () => 1,
          'The distribution becomes softer, but its largest stays the largest.',
          '分布变得平缓，但最大的仍是最大的。',
        ),
        slip(
          () => 2,
          'The distribution becomes sharper, around the same largest.',
          '分布变得尖锐，但最大的还是同一个。',
        ),
      ],
    },
    {
      name: 'temperature/formula',
      task: both(
        'The loss is softmax cross-entropy of z/T with the target y. Write its gradient with respect to z as a formula in z, y and T.',
        '损失是 z/T 的 softmax 交叉熵，目标为 y。请用 z、y 和 T 写出它对 z 的梯度公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { z: [3, 1, -3], y: [1, 0, 0], T: 2 },
          { z: [0.2, -1, 2], y: [0, 1, 0], T: 0.5 },
          { z: [1, 2, 0.5], y: [0.2, 0.5, 0.3], T: 4 },
        ],
        right: ({ z, y, T }) =>
          gradientOf(z as number[], (x) =>
            softmaxCrossEntropyWithTemperature(x, numbers(y as number[]), { temperature: T as number }),
          ),
        shown: '(softmax(z / T) - y) / T',
        others: ['softmax(z/T)/T - y/T', '1/T * (softmax(z / T) - y)'],
      },
      hints: [both('By z/T it is p − y. One step of the chain rule is left.', '对 z/T 是 p − y。链式法则还剩一步。')],
      solution: both(
        '(softmax(z/T) − y)/T: the division by T comes back as a factor 1/T.',
        '(softmax(z/T) − y)/T：除以 T 在反向传播时成为因子 1/T。',
      ),
      slips: [
        slip(
          () => 'softmax(z / T) - y',
          'That is the gradient with respect to z/T. With respect to z it is divided by T once more.',
          '这是对 z/T 的梯度。对 z 还要再除以 T。',
        ),
        slip(
          () => 'softmax(z) - y',
          'Without a temperature. The softmax sees z/T.',
          '这是没有温度的情形。softmax 的输入是 z/T。',
        ),
        slip(() => '(softmax(z) - y) / T', 'The probabilities are those of z/T as well.', '概率也应是 z/T 的概率。'),
      ],
    },
  ],
};
