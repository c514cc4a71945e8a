import { softmax } from '@tapegrad/core';
import {
  crossEntropyOfDistributions,
  entropy,
  jensenShannonDivergence,
  klDivergence,
  softmaxCrossEntropy,
} from '@tapegrad/nn';
import { gradientOf, listOf, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const coin = (p: number): number[] => [p, 1 - p];
const kl = (of: readonly number[], from: readonly number[], base: 'e' | 2 = 'e'): number =>
  klDivergence({ of: numbers(of), from: numbers(from), base }).item();
const p = knob(both('P(heads)', 'P（正面）'), 0.01, 0.99, 0.01, 0.9);
const q = knob(both('Q(heads)', 'Q（正面）'), 0.01, 0.99, 0.01, 0.5);

const least: Piece = {
  title: both('The loss of a perfect model', '完美模型的损失'),
  knobs: { y: knob(both('target of class 1', '类别 1 的目标'), 0.5, 1, 0.01, 0.9) },
  compute: ({ y }) => ({
    loss: crossEntropyOfDistributions({ of: numbers(coin(y)), under: numbers(coin(y)) }).item(),
    entropy: entropy(numbers(coin(y))).item(),
    divergence: kl(coin(y), coin(y)),
  }),
  results: [
    { label: both('cross-entropy with p = y', 'p = y 时的交叉熵'), of: 'loss', tone: 'value' },
    { label: both('entropy of the target', '目标的熵'), of: 'entropy', tone: 'third' },
    { label: both('KL', 'KL 散度'), of: 'divergence', tone: 'gradient' },
  ],
  pictures: [],
};

const operands: Piece = {
  title: both('Which is which', '哪个是哪个'),
  knobs: { p, q },
  compute: (at) => ({ forward: kl(coin(at.p), coin(at.q)), reverse: kl(coin(at.q), coin(at.p)) }),
  results: [
    { label: 'D(P‖Q)', of: 'forward', tone: 'value' },
    { label: 'D(Q‖P)', of: 'reverse', tone: 'third' },
  ],
  pictures: [],
};

const symmetric: Piece = {
  title: both('Q is the mirror image of P', 'Q 是 P 的镜像'),
  knobs: { p: { ...p, start: 0.8 } },
  compute: (at) => ({
    forward: kl(coin(at.p), coin(1 - at.p)),
    reverse: kl(coin(1 - at.p), coin(at.p)),
    js: jensenShannonDivergence(numbers(coin(at.p)), numbers(coin(1 - at.p))).item(),
  }),
  results: [
    { label: 'D(P‖Q)', of: 'forward', tone: 'value' },
    { label: 'D(Q‖P)', of: 'reverse', tone: 'value' },
    { label: both('Jensen–Shannon', 'JS 散度'), of: 'js', tone: 'good' },
  ],
  pictures: [],
};

const gradient: Piece = {
  title: both('The gradient of both with respect to the first logit', '两者对第一个 logit 的梯度'),
  knobs: {
    y: knob(both('target of class 1', '类别 1 的目标'), 0.01, 0.99, 0.01, 0.7),
    z: knob('z₁ − z₂', -5, 5, 0.1, 1),
  },
  compute: ({ y, z }) => ({
    cross: gradientOf([z, 0], (x) => softmaxCrossEntropy(x, numbers(coin(y))))[0],
    divergence: gradientOf([z, 0], (x) => klDivergence({ of: numbers(coin(y)), from: softmax(x) }))[0],
  }),
  results: [
    { label: both('cross-entropy', '交叉熵'), of: 'cross', tone: 'gradient' },
    { label: both('KL', 'KL 散度'), of: 'divergence', tone: 'gradient' },
  ],
  pictures: [],
};

const base: Piece = {
  title: both('Nats and bits', '奈特与比特'),
  knobs: { p, q },
  compute: (at) => {
    const nats = kl(coin(at.p), coin(at.q));
    const bits = kl(coin(at.p), coin(at.q), 2);
    return { nats, bits, ratio: nats / bits };
  },
  results: [
    { label: both('in nats', '奈特'), of: 'nats', tone: 'value' },
    { label: both('in bits', '比特'), of: 'bits', tone: 'value' },
    { label: both('their ratio', '两者之比'), of: 'ratio', tone: 'third' },
  ],
  pictures: [],
};

const negative: Piece = {
  title: both('The parts and their sum', '各部分与它们的和'),
  knobs: { p, q },
  compute: (at) => {
    const [heads, tails] = [at.p * Math.log(at.p / at.q), (1 - at.p) * Math.log((1 - at.p) / (1 - at.q))];
    return { heads, tails, sum: kl(coin(at.p), coin(at.q)) };
  },
  results: [{ label: 'D(P‖Q)', of: 'sum', tone: 'value' }],
  pictures: [
    {
      kind: 'bars',
      title: both('p·ln(p/q) of each side', '每一面的 p·ln(p/q)'),
      range: [-0.5, 3],
      bars: [
        { label: both('heads', '正面'), of: 'heads', tone: 'third' },
        { label: both('tails', '反面'), of: 'tails', tone: 'third' },
        { label: both('sum', '和'), of: 'sum', tone: 'value' },
      ],
    },
  ],
};

const impossible: Piece = {
  title: both('Q comes near to certainty', 'Q 接近确定'),
  knobs: { zeros: knob(both('Q(tails) = 10⁻ⁿ, n', 'Q（反面）= 10⁻ⁿ，n'), 1, 15, 1, 3) },
  compute: ({ zeros }) => {
    const tails = 10 ** -zeros;
    return {
      forward: kl([0.5, 0.5], [1 - tails, tails]),
      reverse: kl([1 - tails, tails], [0.5, 0.5]),
      limit: kl([0.5, 0.5], [1, 0]),
    };
  },
  results: [
    { label: 'D(P‖Q)', of: 'forward', tone: 'value' },
    { label: 'D(Q‖P)', of: 'reverse', tone: 'third' },
    { label: both('D(P‖Q) at Q(tails) = 0', 'Q（反面）= 0 时的 D(P‖Q)'), of: 'limit', tone: 'gradient' },
  ],
  pictures: [],
};

const exceed: Piece = {
  title: both('Entropy by the number of outcomes', '熵与结果的个数'),
  knobs: { n: knob(both('outcomes, all alike', '结果个数，各自等可能'), 2, 100, 1, 10) },
  compute: ({ n }) => {
    const even = new Array<number>(n).fill(1 / n);
    return {
      nats: entropy(numbers(even)).item(),
      bits: entropy(numbers(even), { base: 2 }).item(),
      first: listOf(numbers(even))[0],
    };
  },
  results: [
    { label: both('entropy in nats, ln n', '熵（奈特），ln n'), of: 'nats', tone: 'value' },
    { label: both('in bits', '比特'), of: 'bits', tone: 'value' },
  ],
  pictures: [],
};

export const aboutDivergence: Chapter = {
  name: 'divergence',
  pieces: { least, operands, symmetric, gradient, base, negative, impossible, exceed },
  facts: [],
  exercises: [],
};
