import { broadcastTo, type Tensor } from '@tapegrad/core';
import { gradientDescent, halfSquaredLoss, huberLoss, l1Loss, logCoshLoss, mseLoss, quantileLoss } from '@tapegrad/nn';
import { gradientOf, listOf, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

type Loss = (prediction: Tensor, target: Tensor) => Tensor;

const none = { reduction: 'none' } as const;

/** The losses of residuals d, the target being 0. */
const atResiduals = (loss: Loss, ds: readonly number[]): number[] =>
  listOf(loss(numbers(ds), numbers(ds.map(() => 0))));

const slopeAt = (loss: Loss, d: number): number => gradientOf([d], (x) => loss(x, numbers([0])))[0];

const residual: Piece = {
  title: both('One residual, four losses', '同一个残差，四种损失'),
  knobs: {
    d: knob(both('residual d', '残差 d'), -4, 4, 0.1, 2.5),
    delta: knob('δ', 0.1, 3, 0.1, 1),
  },
  compute: ({ d, delta }) => {
    const huber: Loss = (x, t) => huberLoss(x, t, { delta });
    return {
      half: slopeAt((x, t) => halfSquaredLoss(x, t), d),
      l1: slopeAt((x, t) => l1Loss(x, t), d),
      huber: slopeAt(huber, d),
      huberValue: atResiduals(huber, [d])[0],
      logCosh: slopeAt((x, t) => logCoshLoss(x, t), d),
    };
  },
  results: [
    { label: both('slopes: d²/2', '斜率：d²/2'), of: 'half', tone: 'value' },
    { label: '|d|', of: 'l1', tone: 'gradient' },
    { label: 'Huber', of: 'huber', tone: 'third' },
    { label: 'log-cosh', of: 'logCosh', tone: 'good' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('The loss of a residual', '残差的损失'),
      x: { label: 'd', knob: 'd' },
      y: [0, 6],
      lines: [
        { label: 'd²/2', tone: 'value', values: (ds) => atResiduals((x, t) => halfSquaredLoss(x, t, none), ds) },
        { label: '|d|', tone: 'gradient', values: (ds) => atResiduals((x, t) => l1Loss(x, t, none), ds) },
        {
          label: 'Huber',
          tone: 'third',
          values: (ds, { delta }) => atResiduals((x, t) => huberLoss(x, t, { delta, ...none }), ds),
        },
        { label: 'log-cosh', tone: 'good', values: (ds) => atResiduals((x, t) => logCoshLoss(x, t, none), ds) },
      ],
    },
  ],
};

const others = [1, 2, 3, 4];

/** The one number c that fits all points best, found by gradient descent from the third of them. */
function fitted(loss: Loss, points: readonly number[]): number {
  const target = numbers(points);
  const path = gradientDescent((c) => loss(broadcastTo(c, [points.length]), target), numbers([points[2]]), {
    learningRate: 0.5,
    steps: 30,
  });
  return listOf(path[path.length - 1])[0];
}

/** L1 and the quantile loss are least at one of the points, so that these are tried. */
function bestPoint(loss: Loss, points: readonly number[]): number {
  const costs = points.map((point) => loss(numbers(points.map(() => point)), numbers(points)).item());
  return points[costs.indexOf(Math.min(...costs))];
}

const outlier: Piece = {
  title: both('Five points, and one number that fits them', '五个点，用一个数来拟合'),
  knobs: {
    last: knob(both('the fifth point', '第五个点'), 0, 100, 1, 10),
    tau: knob(both('τ of the quantile loss', '分位数损失的 τ'), 0.1, 0.9, 0.1, 0.9),
  },
  compute: ({ last, tau }) => {
    const points = [...others, last];
    return {
      mse: fitted((x, t) => mseLoss(x, t), points),
      huber: fitted((x, t) => huberLoss(x, t), points),
      l1: bestPoint((x, t) => l1Loss(x, t), points),
      quantile: bestPoint((x, t) => quantileLoss(x, t, { quantile: tau }), points),
    };
  },
  results: [],
  pictures: [
    {
      kind: 'bars',
      title: both('What each loss fits to 1, 2, 3, 4 and the fifth point', '各损失对 1、2、3、4 与第五个点的拟合'),
      range: [0, 25],
      bars: [
        { label: both('MSE', 'MSE'), of: 'mse', tone: 'value' },
        { label: 'Huber', of: 'huber', tone: 'third' },
        { label: 'L1', of: 'l1', tone: 'gradient' },
        { label: both('quantile', '分位数'), of: 'quantile', tone: 'good' },
      ],
    },
  ],
};

const mseGradient = (x: number[], t: number[]): number[] =>
  gradientOf(x, (prediction) => mseLoss(prediction, numbers(t)));

export const regression: Chapter = {
  name: 'regression',
  pieces: { residual, outlier },
  facts: [],
  exercises: [
    {
      name: 'regression/mse-gradient',
      task: both(
        'Predictions (3, 1), targets (1, 1). What is the gradient of the mean squared error with respect to the predictions?',
        '预测 (3, 1)，目标 (1, 1)。均方误差对预测的梯度是什么？',
      ),
      answer: { kind: 'list', right: () => mseGradient([3, 1], [1, 1]), tolerance: 0.001 },
      hints: [both('The slope of d² is 2d; the mean divides by 2 here.', 'd² 的斜率是 2d；这里平均要除以 2。')],
      solution: both('2d/N = (2·2/2, 0) = (2, 0).', '2d/N = (2·2/2, 0) = (2, 0)。'),
      slips: [
        slip(() => [4, 0], 'That is 2d. The mean divides by N = 2.', '这是 2d。平均要除以 N = 2。'),
        slip(() => [1, 0], 'That is d/N: the slope of d² has a factor of 2.', '这是 d/N：d² 的斜率带有因子 2。'),
        slip(() => [-2, 0], 'd is the prediction less the target: +2.', 'd 是预测减去目标：+2。'),
      ],
    },
    {
      name: 'regression/huber',
      task: both('Huber loss with δ = 1 at d = 3: what is its value?', 'δ = 1 的 Huber 损失在 d = 3 处的值是多少？'),
      answer: { kind: 'number', right: () => huberLoss([3], [0]).item(), tolerance: 0.001 },
      hints: [both('|d| is above δ: δ·(|d| − δ/2).', '|d| 大于 δ：δ·(|d| − δ/2)。')],
      solution: both('1·(3 − ½) = 2.5.', '1·(3 − ½) = 2.5。'),
      slips: [
        slip(() => 4.5, 'That is d²/2, which holds up to |d| = δ only.', '这是 d²/2，只在 |d| ≤ δ 时成立。'),
        slip(
          () => 3,
          'That is |d|. The line is lower by δ²/2, so that both parts meet at δ.',
          '这是 |d|。直线要低 δ²/2，两段才能在 δ 处相接。',
        ),
        slip(() => 2, 'The line is δ·(|d| − δ/2), not δ·(|d| − δ).', '直线是 δ·(|d| − δ/2)，而不是 δ·(|d| − δ)。'),
      ],
    },
    {
      name: 'regression/huber-slope',
      task: both('And its slope there?', '它在那里的斜率是多少？'),
      answer: { kind: 'number', right: () => slopeAt((x, t) => huberLoss(x, t), 3), tolerance: 0.001 },
      hints: [both('The slope is d held between −δ and δ.', '斜率是限制在 −δ 与 δ 之间的 d。')],
      solution: both('1: beyond δ every residual pulls alike.', '1：超过 δ 之后，每个残差的拉力都相同。'),
      slips: [
        slip(
          () => 3,
          'That is the slope of the parabola. Beyond δ the loss is a line.',
          '这是抛物线的斜率。超过 δ 之后损失是直线。',
        ),
        slip(() => 0, 'It still pulls, with δ.', '它仍有拉力，大小为 δ。'),
      ],
    },
    {
      name: 'regression/median',
      task: both(
        'Which number c minimises |1 − c| + |2 − c| + |3 − c| + |4 − c| + |90 − c|?',
        '哪个数 c 使 |1 − c| + |2 − c| + |3 − c| + |4 − c| + |90 − c| 最小？',
      ),
      answer: { kind: 'number', right: () => bestPoint((x, t) => l1Loss(x, t), [...others, 90]), tolerance: 0.001 },
      hints: [
        both(
          'Each point pulls with 1, whichever way it lies. Where do the pulls cancel?',
          '每个点的拉力都是 1，方向朝向它自己。拉力在哪里抵消？',
        ),
      ],
      solution: both('3, the median: two points pull left and two right.', '3，即中位数：两个点向左拉，两个点向右拉。'),
      slips: [
        slip(() => 20, 'That is the mean, which minimises the sum of squares.', '这是平均值，它使平方和最小。'),
        slip(
          () => 2.5,
          'That is the median without the outlier; it counts as one point.',
          '这是不含离群点的中位数；离群点也算一个点。',
        ),
      ],
    },
    {
      name: 'regression/mean',
      task: both('Which number minimises the sum of squares of the same five?', '哪个数使同样五个点的平方和最小？'),
      answer: { kind: 'number', right: () => fitted((x, t) => mseLoss(x, t), [...others, 90]), tolerance: 0.01 },
      hints: [both('The residuals sum to 0 there.', '此处残差之和为 0。')],
      solution: both(
        'The mean, 100/5 = 20: one outlier moves it by 17.',
        '平均值，100/5 = 20：一个离群点就把它移动了 17。',
      ),
      slips: [
        slip(() => 3, 'That is the median, which minimises the absolute errors.', '这是中位数，它使绝对误差最小。'),
        slip(() => 2.5, 'That is the mean of the first four.', '这是前四个点的平均值。'),
      ],
    },
    {
      name: 'regression/quantile',
      task: both(
        'The quantile loss with τ = 0.9, prediction 2, target 5. What is its value?',
        'τ = 0.9 的分位数损失，预测 2，目标 5。它的值是多少？',
      ),
      answer: { kind: 'number', right: () => quantileLoss([2], [5], { quantile: 0.9 }).item(), tolerance: 0.001 },
      hints: [both('Too low costs τ for each unit, too high 1 − τ.', '预测偏低时每单位代价 τ，偏高时 1 − τ。')],
      solution: both('0.9 · 3 = 2.7: the prediction is too low.', '0.9 · 3 = 2.7：预测偏低。'),
      slips: [
        slip(
          () => quantileLoss([5], [2], { quantile: 0.9 }).item(),
          'That is the cost of being 3 too high.',
          '这是偏高 3 的代价。',
        ),
        slip(() => 3, 'That is the absolute error; weigh it by τ.', '这是绝对误差；还要乘以 τ。'),
        slip(() => -2.7, 'A loss is not negative.', '损失不会为负。'),
      ],
    },
    {
      name: 'regression/huber-formula',
      task: both(
        'Write the slope of the Huber loss with respect to the residual d as a formula in d and delta.',
        '请用 d 和 delta 写出 Huber 损失对残差 d 的斜率公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { d: 0.3, delta: 1 },
          { d: -0.4, delta: 0.5 },
          { d: 2.5, delta: 1 },
          { d: -3, delta: 0.5 },
          { d: 1.5, delta: 2 },
        ],
        right: ({ d, delta }) => slopeAt((x, t) => huberLoss(x, t, { delta: delta as number }), d as number),
        shown: 'clamp(d, min=-delta, max=delta)',
        others: [
          'where(abs(d) <= delta, d, delta * sign(d))',
          'max(-delta, min(d, delta))',
          'minimum(maximum(d, -delta), delta)',
        ],
      },
      hints: [
        both(
          'Up to delta it is the slope of d²/2, beyond it that of a line. where(a <= b, x, y) chooses, and so do min, max and clamp.',
          '在 delta 以内是 d²/2 的斜率，超出之后是直线的斜率。可用 where(a <= b, x, y) 选择，也可用 min、max 或 clamp。',
        ),
      ],
      solution: both(
        'd, held between −delta and delta: an outlier pulls with delta and no harder.',
        'd 被限制在 −delta 与 delta 之间：离群点的拉力至多为 delta。',
      ),
      slips: [
        slip(
          () => 'd',
          'That is the slope of the squared error. Beyond delta Huber pulls with delta alone.',
          '这是平方误差的斜率。超出 delta 之后，Huber 的拉力只有 delta。',
        ),
        slip(
          () => 'delta * sign(d)',
          'That is right beyond delta. Within it the slope is d.',
          '这在 delta 之外是对的。在 delta 之内斜率是 d。',
        ),
        slip(
          () => 'clamp(d / delta, min=-1, max=1)',
          'That is the slope of smooth L1, which is Huber divided by delta.',
          '这是平滑 L1 的斜率，即 Huber 除以 delta。',
        ),
        slip(
          () => 'where(abs(d) <= delta, d, sign(d))',
          'Beyond delta the line has the slope delta, or the two pieces would not meet without a corner.',
          '超出 delta 之后直线的斜率是 delta，否则两段不能光滑相接。',
        ),
      ],
    },
  ],
};
