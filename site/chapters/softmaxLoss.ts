import { softmax } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, named, numbers } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, slip } from './words.ts';

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

const lossOf = (z: readonly number[], target: number | readonly number[]): number =>
  softmaxCrossEntropy(numbers(z), typeof target === 'number' ? target : numbers(target)).item();

const gradientAt = (z: readonly number[], label: number): number[] =>
  gradientOf(z, (x) => softmaxCrossEntropy(x, label));

/** Four rows of two logits, all of class 0, and the gradient of the first row. */
const inBatchOfFour = (reduction: 'mean' | 'sum'): number[] =>
  gradientOf(new Array<number[]>(4).fill([0, 0]), (x) => softmaxCrossEntropy(x, [0, 0, 0, 0], { reduction })).slice(
    0,
    2,
  );

const tenZeros = new Array<number>(10).fill(0);

export const softmaxLoss: Chapter = {
  name: 'softmax-loss',
  pieces: { loss, batch },
  facts: [],
  exercises: [
    {
      name: 'softmax-loss/uniform',
      task: both(
        'A new model knows nothing: its 10 logits are all 0. What is the loss, in nats?',
        '一个新模型一无所知：10 个 logit 全为 0。损失是多少（单位：奈特）？',
      ),
      answer: { kind: 'number', right: () => lossOf(tenZeros, 0), tolerance: 0.002 },
      hints: [
        both('All probabilities are equal. What is each?', '所有概率都相等。每个是多少？'),
        both('L = −ln(1/10).', 'L = −ln(1/10)。'),
      ],
      solution: both(
        'Each class has the probability 1/10, so L = −ln(1/10) = ln 10, about 2.303. A first loss far above that says that the last layer starts too large.',
        '每个类别的概率都是 1/10，所以 L = −ln(1/10) = ln 10，约为 2.303。如果第一次算出的损失远大于它，说明最后一层的初始值太大。',
      ),
      slips: [
        slip(
          () => 1,
          'That is the logarithm to base 10. The loss is taken with the natural logarithm: ln 10.',
          '这是以 10 为底的对数。损失用的是自然对数：ln 10。',
        ),
        slip(
          () => 0,
          'A loss of 0 would mean that the right class has the probability 1. Here it has 1/10.',
          '损失为 0 意味着正确类别的概率是 1。这里只有 1/10。',
        ),
        slip(
          () => -lossOf(tenZeros, 0),
          'The logarithm of 1/10 is negative; the loss has a minus sign before it.',
          '1/10 的对数是负数；损失前面还有一个负号。',
        ),
        slip(() => 0.1, 'That is the probability. The loss is −ln of it.', '这是概率。损失是它的 −ln。'),
      ],
    },
    {
      name: 'softmax-loss/gradient',
      task: both(
        'z = (0, 0), the right class is the first. What is the gradient with respect to z?',
        'z = (0, 0)，正确类别是第一个。对 z 的梯度是什么？',
      ),
      answer: { kind: 'list', right: () => gradientAt([0, 0], 0), tolerance: 0.001 },
      hints: [both('p − y, with p = (0.5, 0.5).', 'p − y，其中 p = (0.5, 0.5)。')],
      solution: both(
        'p − y = (0.5, 0.5) − (1, 0) = (−0.5, 0.5): a step against the gradient raises z₁ and lowers z₂.',
        'p − y = (0.5, 0.5) − (1, 0) = (−0.5, 0.5)：逆着梯度走一步会提高 z₁、降低 z₂。',
      ),
      slips: [
        slip(
          () => [0.5, -0.5],
          'That is y − p, the way downhill. The gradient points uphill.',
          '这是 y − p，即下降方向。梯度指向上升方向。',
        ),
        slip(() => [0.5, 0.5], 'That is p. Subtract y = (1, 0).', '这是 p。还要减去 y = (1, 0)。'),
        slip(() => [-0.5, 0], 'The wrong class is pulled too: its p is not 0.', '错误类别也受到拉力：它的 p 不为 0。'),
        slip(
          () => [-2, 0],
          'That is −1/p, the gradient with respect to p. It still has to go back through the softmax.',
          '这是 −1/p，即对 p 的梯度。它还要经过 softmax 反向传播。',
        ),
      ],
    },
    {
      name: 'softmax-loss/quarter',
      task: both('The right class has the probability 0.25. What is the loss?', '正确类别的概率是 0.25。损失是多少？'),
      answer: { kind: 'number', right: () => lossOf([0, 0, 0, 0], 2), tolerance: 0.002 },
      hints: [both('L = −ln p of the right class; the others do not enter.', 'L = 正确类别的 −ln p；其他类别不参与。')],
      solution: both(
        '−ln 0.25 = ln 4, about 1.386, however the rest is shared.',
        '−ln 0.25 = ln 4，约为 1.386，与其余概率如何分配无关。',
      ),
      slips: [
        slip(() => 2, 'That is in bits. The loss is in nats: ln 4.', '这是以比特为单位。损失以奈特为单位：ln 4。'),
        slip(() => 0.75, 'That is 1 − p. The loss is −ln p.', '这是 1 − p。损失是 −ln p。'),
        slip(
          () => -lossOf([0, 0, 0, 0], 2),
          'ln 0.25 is negative; there is a minus sign before it.',
          'ln 0.25 是负数；前面还有一个负号。',
        ),
      ],
    },
    {
      name: 'softmax-loss/batch',
      task: both(
        'A batch has 4 rows, each with logits (0, 0) and the first class right; the loss is their mean. What is the gradient with respect to the first row?',
        '一个批次有 4 行，每行的 logit 都是 (0, 0)，正确类别都是第一个；损失取平均。对第一行的梯度是什么？',
      ),
      answer: { kind: 'list', right: () => inBatchOfFour('mean'), tolerance: 0.001 },
      hints: [both('L = (L₁ + L₂ + L₃ + L₄)/4.', 'L = (L₁ + L₂ + L₃ + L₄)/4。')],
      solution: both(
        '(p − y)/4 = (−0.125, 0.125): the mean divides each row by the number of rows.',
        '(p − y)/4 = (−0.125, 0.125)：取平均时每一行都除以行数。',
      ),
      slips: [
        slip(
          () => inBatchOfFour('sum'),
          'That is the gradient of the sum. The mean divides by 4.',
          '这是求和时的梯度。取平均要除以 4。',
        ),
        slip(
          () => [-0.25, 0.25],
          'Divide p − y = (−0.5, 0.5) by 4, the number of rows, not by 2, the number of classes.',
          '要把 p − y = (−0.5, 0.5) 除以行数 4，而不是类别数 2。',
        ),
        slip(() => [0.125, -0.125], 'The right class comes with the minus sign: p − y.', '带负号的是正确类别：p − y。'),
      ],
    },
    {
      name: 'softmax-loss/smoothing',
      task: both(
        'Label smoothing of 0.1 over 2 classes makes the target (0.95, 0.05). The logits are (0, 0). What is the gradient?',
        '两个类别，标签平滑 0.1，目标变为 (0.95, 0.05)。logit 为 (0, 0)。梯度是什么？',
      ),
      answer: {
        kind: 'list',
        right: () => gradientOf([0, 0], (z) => softmaxCrossEntropy(z, 0, { labelSmoothing: 0.1 })),
        tolerance: 0.001,
      },
      hints: [both('It is still p − y, with another y.', '仍是 p − y，只是 y 不同。')],
      solution: both('(0.5, 0.5) − (0.95, 0.05) = (−0.45, 0.45).', '(0.5, 0.5) − (0.95, 0.05) = (−0.45, 0.45)。'),
      slips: [
        slip(() => [-0.5, 0.5], 'That is without smoothing: y = (1, 0).', '这是没有平滑的情形：y = (1, 0)。'),
        slip(
          () => [-0.4, 0.4],
          'The 0.1 is shared by both classes: the right one keeps 0.95.',
          '0.1 由两个类别平分：正确类别保留 0.95。',
        ),
      ],
    },
    {
      name: 'softmax-loss/sum',
      task: both(
        'What is the sum of the gradient over all logits of a row, whatever they are?',
        '无论 logit 是多少，一行中对所有 logit 的梯度之和是多少？',
      ),
      answer: {
        kind: 'number',
        right: () => Math.round(1e9 * gradientAt([3, 1, -3], 0).reduce((a, b) => a + b)) / 1e9,
        tolerance: 0.001,
      },
      hints: [both('What do p and y sum to?', 'p 与 y 的和各是多少？')],
      solution: both(
        '1 − 1 = 0. A number added to all logits changes nothing, so the gradient has no part in that direction.',
        '1 − 1 = 0。给所有 logit 加上同一个数不改变任何东西，所以梯度在该方向上没有分量。',
      ),
      slips: [
        slip(
          () => 1,
          'p sums to 1, and so does y: the difference sums to 0.',
          'p 的和是 1，y 的和也是 1：差的和是 0。',
        ),
        slip(() => -1, 'p sums to 1 as well: 1 − 1.', 'p 的和也是 1：1 − 1。'),
      ],
    },
    {
      name: 'softmax-loss/formula',
      task: both(
        'y is a one-hot target (or any distribution). Write the gradient of the softmax loss with respect to the logits z as a formula in z and y.',
        'y 是独热目标（或任意分布）。请用 z 和 y 写出 softmax 损失对 logit z 的梯度公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { z: [3, 1, -3], y: [1, 0, 0] },
          { z: [0.2, -1, 2], y: [0, 1, 0] },
          { z: [1, 2, 0.5], y: [0.2, 0.5, 0.3] },
        ],
        right: ({ z, y }) => gradientOf(z as number[], (x) => softmaxCrossEntropy(x, y as number[])),
        shown: 'softmax(z) - y',
        others: ['exp(z) / sum(exp(z)) - y', '-(y - softmax(z))', 'softmax(z) − y'],
      },
      hints: [both('What the model believes, less what is true.', '模型的判断，减去真实情况。')],
      solution: both('softmax(z) − y: the probabilities less the target.', 'softmax(z) − y：概率减去目标。'),
      slips: [
        slip(
          () => 'y - softmax(z)',
          'That is the way downhill. The gradient points uphill: p − y.',
          '这是下降方向。梯度指向上升方向：p − y。',
        ),
        slip(() => 'softmax(z)', 'That is p. The target is still to be subtracted.', '这是 p。还要减去目标。'),
        slip(
          () => '-y / softmax(z)',
          'That is the gradient with respect to p. It still has to go back through the softmax.',
          '这是对 p 的梯度。它还要经过 softmax 反向传播。',
        ),
        slip(
          () => 'z - y',
          'The target is compared with probabilities, not with logits.',
          '与目标比较的是概率，不是 logit。',
        ),
      ],
    },
  ],
};
