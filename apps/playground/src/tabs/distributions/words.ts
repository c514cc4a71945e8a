import { bilingual } from '../../words/words.ts';
import type { Symmetry } from './symmetry.ts';

/** Outcomes are called by letters. */
export const outcomeName = (at: number): string => 'ABCDEFGH'[at];

/** The words of the tab. */
export const distributionWords = bilingual({
  en: {
    title: 'How far apart are two distributions?',
    lead: 'P is what really happens, Q what a model believes. How far apart they are depends on who asks.',
    bars: 'P and Q',
    hint: 'Drag a bar, use the arrow keys, or type. The other bars of the same distribution scale along, so that it always sums to 1. The dashed marks are the other distribution.',
    pTitle: 'P: what happens',
    qTitle: 'Q: what is believed',
    probability: (which: string, outcome: string) => `${which}(${outcome})`,
    chart: (which: string, list: string) => `Bars of ${which}: ${list}.`,
    base: 'Logarithm',
    baseOf: { e: 'ln: nats', '2': 'log₂: bits', '10': 'log₁₀: digits' },
    unit: { e: 'nats', '2': 'bits', '10': 'digits' },
    presets: 'Examples',
    presetOf: {
      uniform: 'Both uniform',
      same: 'P = Q',
      mirrored: 'Mirrored',
      peaked: 'Uniform against peaked',
      impossible: 'One impossible',
      disjoint: 'Disjoint',
    },
    swap: 'Swap P and Q',
    more: 'Add an outcome',
    less: 'Remove the last',
    outcome: 'Outcome',
    measures: 'How far apart',
    entropyOf: (which: string) => `Entropy of ${which}`,
    crossEntropyOf: 'Cross-entropy',
    divergenceOf: 'Kullback–Leibler divergence',
    jensenShannon: 'Jensen–Shannon divergence',
    identityChart: (forward: string, reverse: string) =>
      `Bars of cross-entropy, each an entropy and a divergence end to end. ${forward}. ${reverse}.`,
    identityBar: (across: string, own: string, apart: string) => `${across} = ${own} + ${apart}`,
    infinite: (of: string, from: string, outcomes: string) =>
      `D(${of}‖${from}) is ∞: ${outcomes} happens under ${of}, and ${from} holds it to be impossible. No finite surprise is enough for that.`,
    identity: 'The identity, with the numbers put in',
    apart: 'Difference of both sides',
    exact: 'The same, to the last bit.',
    rounding: 'What float64 loses to rounding, in its true size.',
    noDifference: 'Both sides are ∞. They agree, but ∞ − ∞ is no number.',
    symmetric: 'Is it symmetric?',
    same: 'P and Q are the same. Both divergences are 0, and this is the only case in which they are.',
    mirrored:
      'Here yes. To exchange P and Q is only to rename the outcomes: each pair (p, q) has its partner (q, p), so both sums have the same terms.',
    bothInfinite:
      'Both are ∞: each distribution allows what the other holds to be impossible. Jensen–Shannon stays finite, and is always symmetric.',
    oneInfinite: (of: string, from: string, outcome: string) =>
      `No. D(${of}‖${from}) is ∞, for ${outcome} happens under ${of} and never under ${from}. D(${from}‖${of}) does not mind: what never happens under ${from} costs ${from} nothing.`,
    chance: 'The two are equal here, but by chance: no renaming of the outcomes turns P into Q and Q into P.',
    larger: (of: string, from: string, by: string, outcome: string, share: string) =>
      `No. D(${of}‖${from}) is larger by ${by}. Outcome ${outcome} does most for that (${share}): one divergence weighs log(p/q) by p, the other by q.`,
    contributions: 'Where it comes from, outcome by outcome',
    sum: 'Sum',
    zero: 'An outcome that never happens costs nothing: 0·log 0 = 0.',
    gradients: 'The gradient with respect to Q',
    gradientsLead:
      'If Q is learnt: with respect to its probabilities q, and with respect to the logits of a softmax that gives them. With respect to the logits of Q, the first is the famous q − p.',
    byQ: 'w.r.t. q',
    byLogit: 'w.r.t. its logit',
    noGradient:
      'A dash stands where there is no gradient: where the divergence is ∞ nothing can be differentiated, and an outcome with q = 0 has the logit −∞, which no step can change.',
  },
  zh: {
    title: '两个概率分布相差多远？',
    lead: 'P 是真实发生的分布，Q 是模型相信的分布。两者相差多远，取决于从哪一边看。',
    bars: 'P 与 Q',
    hint: '拖动柱形、使用方向键或直接输入。同一分布的其他柱形会按比例缩放，使总和始终为 1。虚线标记表示另一个分布。',
    pTitle: 'P：真实发生的',
    qTitle: 'Q：模型相信的',
    probability: (which: string, outcome: string) => `${which}(${outcome})`,
    chart: (which: string, list: string) => `${which} 的柱形图：${list}。`,
    base: '对数',
    baseOf: { e: 'ln：奈特', '2': 'log₂：比特', '10': 'log₁₀：哈特利' },
    unit: { e: '奈特', '2': '比特', '10': '哈特利' },
    presets: '示例',
    presetOf: {
      uniform: '均为均匀分布',
      same: 'P = Q',
      mirrored: '镜像',
      peaked: '均匀与尖峰',
      impossible: '一个不可能的结果',
      disjoint: '互不相交',
    },
    swap: '交换 P 与 Q',
    more: '增加一个结果',
    less: '删除最后一个',
    outcome: '结果',
    measures: '相差多远',
    entropyOf: (which: string) => `${which} 的熵`,
    crossEntropyOf: '交叉熵',
    divergenceOf: 'KL 散度',
    jensenShannon: 'JS 散度（Jensen–Shannon）',
    identityChart: (forward: string, reverse: string) =>
      `交叉熵的柱形，由熵与散度首尾相接而成。${forward}。${reverse}。`,
    identityBar: (across: string, own: string, apart: string) => `${across} = ${own} + ${apart}`,
    infinite: (of: string, from: string, outcomes: string) =>
      `D(${of}‖${from}) 为 ∞：在 ${of} 下会发生 ${outcomes}，而 ${from} 认为它不可能发生，任何有限的信息量都不足以描述。`,
    identity: '恒等式：代入数值',
    apart: '两边之差',
    exact: '直到最后一个二进制位都相同。',
    rounding: '这是 float64 舍入误差的真实大小。',
    noDifference: '两边都是 ∞，彼此一致，但 ∞ − ∞ 不是一个数。',
    symmetric: '它对称吗？',
    same: 'P 与 Q 相同，两个散度都是 0；只有这种情况下才会如此。',
    mirrored: '此处对称。交换 P 与 Q 只相当于给结果改名：每一对 (p, q) 都有对应的 (q, p)，所以两个和式的各项相同。',
    bothInfinite: '两者都是 ∞：每个分布都允许另一个分布认为不可能的结果。JS 散度仍是有限的，并且总是对称的。',
    oneInfinite: (of: string, from: string, outcome: string) =>
      `不对称。D(${of}‖${from}) 为 ∞，因为 ${outcome} 在 ${of} 下会发生，在 ${from} 下却绝不发生。D(${from}‖${of}) 则不受影响：在 ${from} 下从不发生的结果不产生任何代价。`,
    chance: '此处两者相等，但只是巧合：没有任何改名方式能同时把 P 变成 Q、把 Q 变成 P。',
    larger: (of: string, from: string, by: string, outcome: string, share: string) =>
      `不对称。D(${of}‖${from}) 大 ${by}，其中结果 ${outcome} 的贡献最大（${share}）：一个散度用 p 对 log(p/q) 加权，另一个用 q 加权。`,
    contributions: '每个结果的贡献',
    sum: '总和',
    zero: '从不发生的结果没有代价：0·log 0 = 0。',
    gradients: '对 Q 的梯度',
    gradientsLead:
      '如果 Q 是学习得到的：分别对概率 q 以及产生它的 softmax 的 logit 求梯度。第一个散度对 Q 的 logit 的梯度，就是著名的 q − p。',
    byQ: '对 q',
    byLogit: '对 logit',
    noGradient: '短横线表示没有梯度：散度为 ∞ 时无法求导；q = 0 的结果对应的 logit 为 −∞，任何一步都无法改变它。',
  },
});

export type DistributionWords = (typeof distributionWords)['en'];

/** Whether the divergence is symmetric here, in a sentence. */
export function symmetrySentence(
  symmetry: Symmetry,
  words: DistributionWords,
  shown: (value: number) => string,
): string {
  switch (symmetry.kind) {
    case 'same':
    case 'mirrored':
    case 'bothInfinite':
    case 'chance':
      return words[symmetry.kind];
    case 'forwardInfinite':
      return words.oneInfinite('P', 'Q', outcomeName(symmetry.outcome));
    case 'reverseInfinite':
      return words.oneInfinite('Q', 'P', outcomeName(symmetry.outcome));
    case 'forwardLarger':
      return words.larger('P', 'Q', shown(symmetry.by), outcomeName(symmetry.outcome), `+${shown(symmetry.share)}`);
    case 'reverseLarger':
      return words.larger('Q', 'P', shown(symmetry.by), outcomeName(symmetry.outcome), `+${shown(symmetry.share)}`);
  }
}
