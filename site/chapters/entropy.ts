import { crossEntropyOfDistributions, entropy as entropyOf, klDivergence, softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, listOf, lossAndGradient, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const coin = (p: number): number[] => [p, 1 - p];
const h = (p: number[], base: 'e' | 2 = 'e'): number => entropyOf(numbers(p), { base }).item();
const cross = (of: number[], under: number[]): number =>
  crossEntropyOfDistributions({ of: numbers(of), under: numbers(under) }).item();
const kl = (of: number[], from: number[]): number => klDivergence({ of: numbers(of), from: numbers(from) }).item();

/** Two coins: P is what happens, Q what is believed. */
const coins: Piece = {
  title: both('Two coins: P happens, Q is believed', '两枚硬币：P 真实发生，Q 是模型相信的'),
  knobs: {
    p: knob(both('P(heads)', 'P（正面）'), 0.01, 0.99, 0.01, 0.7),
    q: knob(both('Q(heads)', 'Q（正面）'), 0.01, 0.99, 0.01, 0.4),
  },
  compute: ({ p, q }) => ({
    entropy: h(coin(p)),
    bits: h(coin(p), 2),
    cross: cross(coin(p), coin(q)),
    forward: kl(coin(p), coin(q)),
    reverse: kl(coin(q), coin(p)),
  }),
  results: [
    { label: 'H(P)', of: 'entropy', tone: 'third' },
    { label: both('the same in bits', '以比特为单位'), of: 'bits', tone: 'third' },
    { label: 'H(P, Q)', of: 'cross', tone: 'value' },
    { label: 'D(P‖Q)', of: 'forward', tone: 'gradient' },
    { label: 'D(Q‖P)', of: 'reverse', tone: 'good' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('What each Q would cost while P stays', 'P 不变时，各个 Q 的代价'),
      x: { label: both('Q(heads)', 'Q（正面）'), knob: 'q' },
      y: [0, 2],
      lines: [
        {
          label: 'H(P, Q)',
          tone: 'value',
          values: (qs, { p }) =>
            listOf(crossEntropyOfDistributions({ of: numbers(qs.map(() => coin(p))), under: numbers(qs.map(coin)) })),
        },
        { label: 'H(P)', tone: 'third', values: (qs, { p }) => qs.map(() => h(coin(p))) },
        {
          label: 'D(P‖Q)',
          tone: 'gradient',
          values: (qs, { p }) =>
            listOf(klDivergence({ of: numbers(qs.map(() => coin(p))), from: numbers(qs.map(coin)) })),
        },
        {
          label: 'D(Q‖P)',
          tone: 'good',
          values: (qs, { p }) =>
            listOf(klDivergence({ of: numbers(qs.map(coin)), from: numbers(qs.map(() => coin(p))) })),
        },
      ],
    },
  ],
};

/** Cross-entropy and KL differ by a constant, so they have one gradient. */
const soft: Piece = {
  title: both('A soft target: the same gradient', '软目标：相同的梯度'),
  knobs: {
    y: knob(both('target of class 1', '类别 1 的目标'), 0.01, 0.99, 0.01, 0.8),
    z: knob('z₁ − z₂', -6, 6, 0.1, 0),
  },
  compute: ({ y, z }) => {
    const { loss, gradient } = lossAndGradient([z, 0], (x) => softmaxCrossEntropy(x, numbers(coin(y))));
    return { loss, least: h(coin(y)), divergence: loss - h(coin(y)), slope: gradient[0] };
  },
  results: [
    { label: both('loss', '损失'), of: 'loss', tone: 'value' },
    { label: both('the least possible, H(P)', '最小可能值 H(P)'), of: 'least', tone: 'third' },
    { label: both('what is above it, D(P‖Q)', '高出的部分 D(P‖Q)'), of: 'divergence', tone: 'gradient' },
    { label: both('gradient of both with respect to z₁', '两者对 z₁ 的梯度'), of: 'slope', tone: 'gradient' },
  ],
  pictures: [],
};

export const entropy: Chapter = {
  name: 'entropy',
  pieces: { coins, soft },
  facts: [],
  exercises: [
    {
      name: 'entropy/fair-coin',
      task: both('What is the entropy of a fair coin, in bits?', '一枚公平硬币的熵是多少比特？'),
      answer: { kind: 'number', right: () => h(coin(0.5), 2), tolerance: 0.001 },
      hints: [both('Each side is a surprise of log₂ 2.', '每一面的信息量都是 log₂ 2。')],
      solution: both(
        '½·log₂ 2 + ½·log₂ 2 = 1 bit: one yes-or-no question.',
        '½·log₂ 2 + ½·log₂ 2 = 1 比特：一个是非问题。',
      ),
      slips: [
        slip(
          () => h(coin(0.5)),
          'That is in nats. In bits the logarithm has base 2.',
          '这是以奈特为单位。以比特为单位时，对数以 2 为底。',
        ),
        slip(() => 0.5, 'That is one of the two terms.', '这只是两项中的一项。'),
        slip(() => 2, 'There are two sides, but each happens half of the time.', '有两面，但每面只有一半的机会出现。'),
      ],
    },
    {
      name: 'entropy/certain',
      task: both(
        'P = (1, 0), Q = (0.25, 0.75). What is H(P, Q), in nats?',
        'P = (1, 0)，Q = (0.25, 0.75)。H(P, Q) 是多少奈特？',
      ),
      answer: { kind: 'number', right: () => cross([1, 0], [0.25, 0.75]), tolerance: 0.002 },
      hints: [both('Only the outcome that happens counts: −1·ln Q₁.', '只有真正发生的结果起作用：−1·ln Q₁。')],
      solution: both(
        '−ln 0.25 = ln 4, about 1.386. This is softmax loss with a class as target.',
        '−ln 0.25 = ln 4，约为 1.386。这正是以一个类别为目标的 softmax 损失。',
      ),
      slips: [
        slip(
          () => -Math.log(0.75),
          'The second outcome never happens; the first does.',
          '第二个结果从不发生；发生的是第一个。',
        ),
        slip(() => 0, 'H(P) is 0. The cross-entropy takes the logarithm of Q.', 'H(P) 是 0。交叉熵取的是 Q 的对数。'),
        slip(() => 2, 'That is in bits: log₂ 4.', '这是以比特为单位：log₂ 4。'),
      ],
    },
    {
      name: 'entropy/divergence',
      task: both(
        'P = (0.5, 0.5), Q = (0.25, 0.75). What is D(P‖Q), in nats?',
        'P = (0.5, 0.5)，Q = (0.25, 0.75)。D(P‖Q) 是多少奈特？',
      ),
      answer: { kind: 'number', right: () => kl([0.5, 0.5], [0.25, 0.75]), tolerance: 0.002 },
      hints: [both('0.5·ln(0.5/0.25) + 0.5·ln(0.5/0.75).', '0.5·ln(0.5/0.25) + 0.5·ln(0.5/0.75)。')],
      solution: both('0.5·ln 2 + 0.5·ln(2/3), about 0.1438.', '0.5·ln 2 + 0.5·ln(2/3)，约为 0.1438。'),
      slips: [
        slip(
          () => kl([0.25, 0.75], [0.5, 0.5]),
          'That is D(Q‖P): weigh by P, the distribution that stands first.',
          '这是 D(Q‖P)：要用写在前面的 P 加权。',
        ),
        slip(
          () => cross([0.5, 0.5], [0.25, 0.75]),
          'That is the cross-entropy. Subtract H(P) = ln 2.',
          '这是交叉熵。还要减去 H(P) = ln 2。',
        ),
        slip(
          () => -kl([0.5, 0.5], [0.25, 0.75]),
          'A divergence is never negative: the fraction is P/Q.',
          '散度不会为负：分式是 P/Q。',
        ),
      ],
    },
    {
      name: 'entropy/least',
      task: both(
        'The target is (0.5, 0.5). What is the least softmax loss that any logits can reach?',
        '目标是 (0.5, 0.5)。无论 logit 取什么值，softmax 损失最小能到多少？',
      ),
      answer: { kind: 'number', right: () => h([0.5, 0.5]), tolerance: 0.002 },
      hints: [
        both('H(P, Q) = H(P) + D(P‖Q). Which part can become 0?', 'H(P, Q) = H(P) + D(P‖Q)。哪一部分可以变成 0？'),
      ],
      solution: both(
        'At Q = P the divergence is 0, and H(P) = ln 2, about 0.6931, is left.',
        '当 Q = P 时散度为 0，剩下 H(P) = ln 2，约为 0.6931。',
      ),
      slips: [
        slip(
          () => 0,
          'That holds for a target that is certain. This one has an entropy of its own.',
          '只有确定的目标才是这样。这个目标本身有熵。',
        ),
        slip(() => 1, 'That is in bits.', '这是以比特为单位。'),
      ],
    },
    {
      name: 'entropy/impossible',
      task: both(
        'Q says that something which happens is impossible. What is D(P‖Q)?',
        'Q 认为某个会发生的结果不可能发生。D(P‖Q) 是多少？',
      ),
      answer: { kind: 'choice', options: [both('infinite', '无穷大'), both('0', '0'), both('1', '1')], right: 0 },
      hints: [both('p·ln(p/q), as q goes to 0.', 'p·ln(p/q)，当 q 趋于 0 时。')],
      solution: both(
        'ln(p/q) grows without bound. Exchanged, D(Q‖P) stays finite: what Q never expects costs it nothing.',
        'ln(p/q) 无界地增长。交换之后 D(Q‖P) 仍是有限的：Q 从不预期的结果不产生代价。',
      ),
      slips: [
        slip(
          () => 1,
          'An outcome costs nothing where p, its own weight, is 0. Here q is 0.',
          '只有当权重 p 为 0 时才没有代价。这里为 0 的是 q。',
        ),
        slip(() => 2, 'No bound holds: ln(p/q) grows as q goes to 0.', '没有上界：q 趋于 0 时 ln(p/q) 不断增长。'),
      ],
    },
    {
      name: 'entropy/gradient',
      task: both(
        'The target is P = (0.8, 0.2), and Q is the softmax of the logits (0, 0). What is the gradient of D(P‖Q) with respect to the logits?',
        '目标是 P = (0.8, 0.2)，Q 是 logit (0, 0) 的 softmax。D(P‖Q) 对 logit 的梯度是什么？',
      ),
      answer: {
        kind: 'list',
        right: () => gradientOf([0, 0], (z) => softmaxCrossEntropy(z, numbers([0.8, 0.2]))),
        tolerance: 0.001,
      },
      hints: [both('H(P) does not depend on the logits.', 'H(P) 与 logit 无关。'), both('q − p.', 'q − p。')],
      solution: both(
        'D differs from the cross-entropy by a constant, so its gradient is q − p = (−0.3, 0.3) too.',
        'D 与交叉熵只差一个常数，所以梯度也是 q − p = (−0.3, 0.3)。',
      ),
      slips: [
        slip(() => [0.3, -0.3], 'That is p − q, the way downhill.', '这是 p − q，即下降方向。'),
        slip(
          () => [-1.6, -0.4],
          'That is −p/q, the gradient with respect to q. It has to go back through the softmax.',
          '这是 −p/q，即对 q 的梯度。还要经过 softmax 反向传播。',
        ),
      ],
    },
    {
      name: 'entropy/formula',
      task: both(
        'H(P, Q) = −Σ p·ln q. Write the gradient with respect to q as a formula in p and q.',
        'H(P, Q) = −Σ p·ln q。请用 p 和 q 写出对 q 的梯度公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { p: [0.7, 0.2, 0.1], q: [0.2, 0.6, 0.2] },
          { p: [0.5, 0.25, 0.25], q: [0.1, 0.2, 0.7] },
          { p: [0.3, 0.3, 0.4], q: [0.6, 0.3, 0.1] },
        ],
        right: ({ p, q }) =>
          gradientOf(q as number[], (x) => crossEntropyOfDistributions({ of: numbers(p as number[]), under: x })),
        shown: '-p / q',
        others: ['-(p / q)', '−p ÷ q', 'p * (-1 / q)'],
      },
      hints: [both('Each q stands in one term alone, −p·ln q.', '每个 q 只出现在一项 −p·ln q 中。')],
      solution: both(
        '−p/q: the less Q believed in what happens, the steeper.',
        '−p/q：Q 对实际发生之事的估计越低，斜率越陡。',
      ),
      slips: [
        slip(() => 'p / q', 'The minus sign before the sum is missing.', '缺少求和号前面的负号。'),
        slip(() => '-ln(q)', 'That is the gradient with respect to p.', '这是对 p 的梯度。'),
        slip(
          () => 'q - p',
          'That is the gradient with respect to the logits of Q, behind a softmax.',
          '这是对 Q 的 logit 的梯度，即经过 softmax 之后的结果。',
        ),
        slip(() => '-1 / q', 'Each term is weighted by p.', '每一项都以 p 为权重。'),
      ],
    },
  ],
};
