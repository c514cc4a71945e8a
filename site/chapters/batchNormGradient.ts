import { batchNormTraining, jacobian, standardise, Tape } from '@tapegrad/core';
import { shaped } from './grids.ts';
import { listOf, named } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { barsOf, column, epsilon, four, gamma, normalised, xOf } from './normalisation.ts';
import { both, slip } from './words.ts';

const gOf = ({ g1, g2, g3, g4 }: Numbers): number[] => [g1, g2, g3, g4];

const spread: Piece = {
  title: both('Every output depends on every input', '每个输出都依赖每个输入'),
  knobs: four('x', [1, 2, 4, -3]),
  compute: (at) => {
    const { deviation } = normalised(xOf(at));
    return { deviation, first: jacobianAt(at)[0][0] };
  },
  results: [
    { label: 's', of: 'deviation', tone: 'third' },
    { label: '∂x̂₁/∂x₁', of: 'first', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('Row k, column j: ∂x̂ₖ/∂xⱼ', '第 k 行第 j 列：∂x̂ₖ/∂xⱼ'),
      grids: [
        { label: 'x̂', tone: 'value', rows: (at) => normalised(xOf(at)).hat.map((value) => [value]) },
        { label: both('Jacobian', '雅可比矩阵'), tone: 'gradient', rows: (at) => jacobianAt(at) },
      ],
    },
  ],
};

function jacobianAt(at: Numbers): number[][] {
  const list = listOf(jacobian((x) => standardise(x, { epsilon }).output, shaped(xOf(at), [4])));
  return [0, 4, 8, 12].map((first) => list.slice(first, first + 4));
}

const back: Piece = {
  title: both('What is left of a gradient', '梯度还剩下什么'),
  knobs: { ...four('x', [1, 2, 4, -3]), ...four('g', [1, 0, 2, 0]), gamma },
  compute: (at) => {
    const { hat, byX, byGamma, byBeta, deviation } = normalised(xOf(at), { gamma: at.gamma }, gOf(at));
    const h = gOf(at).map((g) => at.gamma * g);
    const meanOf = (list: readonly number[]): number => list.reduce((a, b) => a + b) / list.length;
    const along = meanOf(h.map((value, k) => value * hat[k]));
    return {
      ...named('h', h),
      ...named(
        'c',
        h.map((value) => value - meanOf(h)),
      ),
      ...named(
        'q',
        h.map((value, k) => value - meanOf(h) - along * hat[k]),
      ),
      ...named('d', byX),
      meanH: meanOf(h),
      along,
      deviation,
      byGamma,
      byBeta,
      total: byX.reduce((a, b) => a + b),
    };
  },
  results: [
    { label: both('mean of h', 'h 的均值'), of: 'meanH', tone: 'third' },
    { label: both('mean of h·x̂', 'h·x̂ 的均值'), of: 'along', tone: 'third' },
    { label: '∂L/∂γ', of: 'byGamma', tone: 'gradient' },
    { label: '∂L/∂β', of: 'byBeta', tone: 'gradient' },
    { label: both('sum of ∂L/∂x', '∂L/∂x 之和'), of: 'total', tone: 'good' },
  ],
  pictures: [
    { kind: 'bars', title: both('h = γ·g', 'h = γ·g'), range: [-3, 3], bars: barsOf('h', 'h_', 'third') },
    {
      kind: 'bars',
      title: both('centred: h − mean(h)', '中心化：h − mean(h)'),
      range: [-3, 3],
      bars: barsOf('c', 'h_', 'third'),
    },
    {
      kind: 'bars',
      title: both('and without its part along x̂', '再去掉沿 x̂ 的分量'),
      range: [-3, 3],
      bars: barsOf('q', 'h_', 'third'),
    },
    {
      kind: 'bars',
      title: both('divided by s: ∂L/∂x, by the tape', '除以 s：∂L/∂x（由计算记录得到）'),
      range: [-3, 3],
      bars: barsOf('d', 'x_', 'gradient'),
    },
  ],
};

export const batchNormGradient: Chapter = {
  name: 'batch-norm-gradient',
  pieces: { spread, back },
  facts: [],
  exercises: [
    {
      name: 'batch-norm-gradient/sum',
      task: both(
        'What is the sum of ∂L/∂x over the batch, for each feature, whatever g is?',
        '无论 g 是什么，对每个特征，∂L/∂x 在批次上之和是多少？',
      ),
      answer: {
        kind: 'number',
        right: () => Math.round(1e9 * normalised([1, 2, 4, -3], {}, [3, -1, 2, 7]).byX.reduce((a, b) => a + b)) / 1e9,
        tolerance: 0.001,
      },
      hints: [both('Add 1 to all x. What happens to y?', '给所有 x 加 1。y 会怎样？')],
      solution: both(
        '0: a number added to all x changes no y, so the gradient has no part in that direction.',
        '0：给所有 x 加上同一个数不改变任何 y，所以梯度在该方向上没有分量。',
      ),
      slips: [
        slip(
          () => 1,
          'Adding a number to all x changes nothing: the slope along that is 0.',
          '给所有 x 加上一个数什么都不改变：沿该方向的斜率是 0。',
        ),
        slip(
          () => 4,
          'The mean of h is taken off each: nothing is left of the sum.',
          '每一项都减去了 h 的均值：总和不剩下任何东西。',
        ),
      ],
    },
    {
      name: 'batch-norm-gradient/pair',
      task: both(
        'A batch of two numbers, 3 and 7, ε = 0, and g = (1, 0) arrives. What is ∂L/∂x?',
        '批次只有两个数 3 和 7，ε = 0，到达的梯度 g = (1, 0)。∂L/∂x 是什么？',
      ),
      answer: {
        kind: 'list',
        right: () => {
          const tape = new Tape();
          const x = tape.watch(column([3, 7]));
          const { output } = batchNormTraining(x, { epsilon: 0 });
          const gradient = listOf(tape.gradients(output, { cotangent: column([1, 0]) }).get(x));
          tape.release();
          return gradient;
        },
        tolerance: 0.001,
      },
      hints: [
        both('x̂ = (−1, 1), s = 2, mean(g) = ½, mean(g·x̂) = −½.', 'x̂ = (−1, 1)，s = 2，mean(g) = ½，mean(g·x̂) = −½。'),
        both('The first: (1 − ½ − (−1)·(−½))/2.', '第一个：(1 − ½ − (−1)·(−½))/2。'),
      ],
      solution: both(
        '0, 0: two numbers always become −1 and 1. Nothing that is done to them is seen behind the layer.',
        '0, 0：两个数总是变成 −1 和 1。对它们做的任何改变在该层之后都看不到。',
      ),
      slips: [
        slip(
          () => [0.5, 0],
          'That is g/s, as if mean and deviation were constants. They depend on x too.',
          '这是 g/s，好像均值和标准差是常数。它们也依赖 x。',
        ),
        slip(
          () => [0.25, -0.25],
          'That is the mean taken off. The deviation depends on x as well: take off the part along x̂.',
          '这只减去了均值。标准差也依赖 x：还要去掉沿 x̂ 的分量。',
        ),
        slip(() => [1, 0], 'That would be without the layer.', '这是没有该层时的情形。'),
      ],
    },
    {
      name: 'batch-norm-gradient/gamma',
      task: both(
        'The same batch, 3 and 7, and the same g = (1, 0). What is ∂L/∂γ?',
        '同样的批次 3 和 7，同样的 g = (1, 0)。∂L/∂γ 是多少？',
      ),
      answer: { kind: 'number', right: () => normalised([3, 7], {}, [1, 0]).byGamma, tolerance: 0.001 },
      hints: [both('γ is multiplied by x̂ at every example: sum g·x̂.', '在每个样本处 γ 都乘以 x̂：对 g·x̂ 求和。')],
      solution: both(
        '1·(−1) + 0·1 = −1. No projection here: γ comes after the statistics.',
        '1·(−1) + 0·1 = −1。这里没有投影：γ 在统计量之后。',
      ),
      slips: [
        slip(
          () => -0.5,
          'That is the mean. γ is used by each example, and uses are added.',
          '这是平均。每个样本都用到 γ，各次使用要相加。',
        ),
        slip(() => 1, 'That is the sum of g, the gradient of β.', '这是 g 之和，即 β 的梯度。'),
        slip(() => 3, 'γ is multiplied by x̂, not by x.', 'γ 乘的是 x̂，而不是 x。'),
      ],
    },
  ],
};
