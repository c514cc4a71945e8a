import { softplus } from '@tapegrad/core';
import { hingeLoss, multiMarginLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const ones = (count: number): number[] => new Array<number>(count).fill(1);
const hingeSlope = (s: number, t: number): number => gradientOf([s], (x) => hingeLoss(x, numbers([t])))[0];

const margin: Piece = {
  title: both('Two classes, t = +1', '两个类别，t = +1'),
  knobs: { s: knob(both('score s', '得分 s'), -3, 3, 0.1, 0.4) },
  compute: ({ s }) => {
    const logistic = lossAndGradient([s, 0], (x) => softmaxCrossEntropy(x, 0));
    return {
      hinge: hingeLoss(numbers([s]), numbers([1])).item(),
      slope: hingeSlope(s, 1),
      logistic: logistic.loss,
      logisticSlope: logistic.gradient[0],
    };
  },
  results: [
    { label: both('hinge', '合页损失'), of: 'hinge', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'slope', tone: 'gradient' },
    { label: both('softmax loss', 'softmax 损失'), of: 'logistic', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'logisticSlope', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('Hinge beside softmax loss', '合页损失与 softmax 损失'),
      x: { label: 's', knob: 's' },
      y: [0, 4],
      lines: [
        {
          label: 'max(0, 1 − s)',
          tone: 'value',
          values: (ss) => listOf(hingeLoss(numbers(ss), numbers(ones(ss.length)), { reduction: 'none' })),
        },
        { label: 'ln(1 + e^−s)', tone: 'gradient', values: (ss) => listOf(softplus(numbers(ss.map((s) => -s)))) },
        { label: both('0-1 loss', '0-1 损失'), tone: 'third', values: (ss) => ss.map((s) => Number(s < 0)) },
      ],
    },
  ],
};

const marginLoss = (z: readonly number[], label: number) => lossAndGradient([z], (x) => multiMarginLoss(x, [label]));

const many: Piece = {
  title: both('Three classes: only those within the margin pull', '三个类别：只有在间隔之内的才有拉力'),
  knobs: {
    z1: knob(both('z₁, the right class', 'z₁，正确类别'), -4, 4, 0.1, 1),
    z2: knob('z₂', -4, 4, 0.1, 0.5),
    z3: knob('z₃', -4, 4, 0.1, -2),
  },
  compute: ({ z1, z2, z3 }) => {
    const z = [z1, z2, z3];
    const { loss, gradient } = marginLoss(z, 0);
    const softmax = gradientOf(z, (x) => softmaxCrossEntropy(x, 0));
    return { loss, ...named('h', gradient), ...named('s', softmax) };
  },
  results: [{ label: both('loss', '损失'), of: 'loss', tone: 'value' }],
  pictures: [
    {
      kind: 'bars',
      title: both('The gradient of the hinge loss', '合页损失的梯度'),
      range: [-1, 1],
      bars: [
        { label: '∂L/∂z₁', of: 'h1', tone: 'gradient' },
        { label: '∂L/∂z₂', of: 'h2', tone: 'gradient' },
        { label: '∂L/∂z₃', of: 'h3', tone: 'gradient' },
      ],
    },
    {
      kind: 'bars',
      title: both('That of softmax loss, p − y', 'softmax 损失的梯度 p − y'),
      range: [-1, 1],
      bars: [
        { label: 'p₁ − 1', of: 's1', tone: 'third' },
        { label: 'p₂', of: 's2', tone: 'third' },
        { label: 'p₃', of: 's3', tone: 'third' },
      ],
    },
  ],
};

export const hinge: Chapter = {
  name: 'hinge',
  pieces: { margin, many },
  facts: [],
  exercises: [
    {
      name: 'hinge/value',
      task: both('t = +1, s = 0.4. What is the hinge loss?', 't = +1，s = 0.4。合页损失是多少？'),
      answer: { kind: 'number', right: () => hingeLoss(numbers([0.4]), numbers([1])).item(), tolerance: 0.001 },
      hints: [both('max(0, 1 − t·s).', 'max(0, 1 − t·s)。')],
      solution: both(
        '1 − 0.4 = 0.6: the sign is right, but the margin is not reached.',
        '1 − 0.4 = 0.6：符号正确，但还没有达到间隔。',
      ),
      slips: [
        slip(() => 0, 'The sign is right, but the score should be at least 1.', '符号正确，但得分应至少为 1。'),
        slip(() => 1.4, 'That is 1 + s: with t = +1 it is 1 − s.', '这是 1 + s：当 t = +1 时应为 1 − s。'),
        slip(() => -0.4, 'The loss starts at 1 and is never negative.', '损失从 1 开始，且不会为负。'),
      ],
    },
    {
      name: 'hinge/slope',
      task: both('t = −1, s = 0.4. What is the slope with respect to s?', 't = −1，s = 0.4。对 s 的斜率是多少？'),
      answer: { kind: 'number', right: () => hingeSlope(0.4, -1), tolerance: 0.001 },
      hints: [both('L = max(0, 1 + s) here.', '此处 L = max(0, 1 + s)。')],
      solution: both('+1: the score has to go down.', '+1：得分应当降低。'),
      slips: [
        slip(() => -1, 'With t = −1 the loss is 1 + s, which rises with s.', 't = −1 时损失是 1 + s，随 s 增大。'),
        slip(() => 0, 't·s = −0.4 is below 1, so it costs and pulls.', 't·s = −0.4 小于 1，所以有代价，也有拉力。'),
        slip(() => 1.4, 'That is the loss itself.', '这是损失本身。'),
      ],
    },
    {
      name: 'hinge/zero',
      task: both('When is the gradient of the hinge loss exactly 0?', '合页损失的梯度何时恰好为 0？'),
      answer: {
        kind: 'choice',
        options: [
          both('once t·s is at least 1', '当 t·s 至少为 1 时'),
          both('as soon as the sign is right', '只要符号正确'),
          both('never, as with softmax loss', '从不，与 softmax 损失一样'),
        ],
        right: 0,
      },
      hints: [both('Look at the flat part of the curve.', '看曲线的水平部分。')],
      solution: both(
        'Beyond the margin the loss is 0 and flat. Softmax loss is never quite flat: p is never quite 1.',
        '超过间隔之后损失为 0 且水平。softmax 损失从不完全水平：p 永远不会恰好为 1。',
      ),
      slips: [
        slip(() => 1, 'Between 0 and 1 the sign is right, and it still pulls.', '在 0 与 1 之间符号正确，但仍有拉力。'),
        slip(
          () => 2,
          'That is softmax loss. The hinge is flat beyond 1.',
          '那是 softmax 损失。合页损失在 1 之后是水平的。',
        ),
      ],
    },
    {
      name: 'hinge/many',
      task: both(
        'Logits (1, 0.5, −2), the first class is right, margin 1. What is the loss, the sum over the wrong classes divided by 3?',
        'logit 为 (1, 0.5, −2)，正确类别是第一个，间隔为 1。损失（对错误类别求和再除以 3）是多少？',
      ),
      answer: { kind: 'number', right: () => marginLoss([1, 0.5, -2], 0).loss, tolerance: 0.001 },
      hints: [both('max(0, 1 − 1 + 0.5) for the second class.', '第二个类别：max(0, 1 − 1 + 0.5)。')],
      solution: both(
        'The second class lies within the margin by 0.5, the third is far below: 0.5/3, about 0.1667.',
        '第二个类别在间隔之内，差 0.5；第三个远在其下：0.5/3，约为 0.1667。',
      ),
      slips: [
        slip(() => 0.5, 'Divide by the number of classes, 3, as PyTorch does.', '还要除以类别数 3，与 PyTorch 相同。'),
        slip(
          () => 0.25,
          'It is divided by all 3 classes, the right one among them.',
          '要除以全部 3 个类别，包括正确的那个。',
        ),
        slip(() => -0.5, 'A class beyond the margin costs 0, not less.', '间隔之外的类别代价为 0，不会更小。'),
      ],
    },
    {
      name: 'hinge/gradient',
      task: both(
        'What is the gradient of that loss with respect to the three logits?',
        '该损失对三个 logit 的梯度是什么？',
      ),
      answer: { kind: 'list', right: () => marginLoss([1, 0.5, -2], 0).gradient, tolerance: 0.002 },
      hints: [both('Only the second class is within the margin.', '只有第二个类别在间隔之内。')],
      solution: both(
        '(−1/3, 1/3, 0): the third class does not pull at all.',
        '(−1/3, 1/3, 0)：第三个类别完全没有拉力。',
      ),
      slips: [
        slip(() => [-1, 1, 0], 'Divide by the number of classes, 3.', '还要除以类别数 3。'),
        slip(
          () => [1 / 3, -1 / 3, 0],
          'The loss falls when the right logit rises: its slope is negative.',
          '正确的 logit 升高时损失下降：它的斜率为负。',
        ),
        slip(() => [-2 / 3, 1 / 3, 1 / 3], 'The third class lies beyond the margin.', '第三个类别在间隔之外。'),
      ],
    },
    {
      name: 'hinge/formula',
      task: both(
        'Write the slope of max(0, 1 − t·s) with respect to the score s as a formula in s and t. A comparison such as t * s < 1 counts 1 or 0.',
        '请用 s 和 t 写出 max(0, 1 − t·s) 对得分 s 的斜率公式。比较式如 t * s < 1 的值是 1 或 0。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { s: 0.4, t: 1 },
          { s: 0.4, t: -1 },
          { s: 2, t: 1 },
          { s: -3, t: -1 },
          { s: -0.5, t: 1 },
        ],
        right: ({ s, t }) => hingeSlope(s as number, t as number),
        shown: '-t * (t * s < 1)',
        others: ['where(t * s < 1, -t, 0)', '(1 > s*t) * -t', 'where(t*s >= 1, 0, -t)'],
      },
      hints: [
        both(
          'Two pieces: a line of slope −t, and a flat one. where(a < b, x, y) chooses.',
          '两段：斜率为 −t 的直线，以及水平的一段。可用 where(a < b, x, y) 选择。',
        ),
      ],
      solution: both(
        '−t within the margin, 0 beyond: every example that costs pulls equally hard.',
        '间隔之内为 −t，之外为 0：凡有代价的样本，拉力都相同。',
      ),
      slips: [
        slip(
          () => '-t',
          'That holds within the margin. Beyond it the loss is flat.',
          '这在间隔之内成立。超出之后损失是水平的。',
        ),
        slip(
          () => 't * (t * s < 1)',
          'The loss falls when the score moves towards t: the slope is −t.',
          '得分向 t 的方向移动时损失减小：斜率是 −t。',
        ),
        slip(
          () => '-t * (t * s < 0)',
          'It pulls until the margin is reached, t·s = 1, not only until the sign is right.',
          '拉力一直持续到达到间隔 t·s = 1，而不只是符号正确为止。',
        ),
        slip(() => 'where(t * s < 1, 1 - t * s, 0)', 'That is the loss itself.', '这是损失本身。'),
      ],
    },
  ],
};
