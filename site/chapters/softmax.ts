import { divide, exp, jacobian, log, sigmoid, softmax as softmaxOf, sum } from '@tapegrad/core';
import { listOf, named, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const probabilities = (z: readonly number[]): number[] => listOf(softmaxOf(numbers(z)));

/** The definition as it stands, which overflows. */
const naive = (z: readonly number[]): number[] => {
  const powers = exp(numbers(z));
  return listOf(divide(powers, sum(powers)));
};

const jacobianAt = (z: readonly number[]): number[] => listOf(jacobian((x) => softmaxOf(x), numbers(z)));

const logits = {
  z1: knob('z₁', -6, 6, 0.1, 2),
  z2: knob('z₂', -6, 6, 0.1, 1),
  z3: knob('z₃', -6, 6, 0.1, 0),
};

const shares: Piece = {
  title: both('From logits to probabilities', '从 logit 到概率'),
  knobs: { ...logits, c: knob(both('c, added to all', 'c，加到每一个上'), -6, 6, 0.1, 0) },
  compute: ({ z1, z2, z3, c }) => {
    const z = [z1 + c, z2 + c, z3 + c];
    const powers = listOf(exp(numbers(z)));
    return {
      ...named('e', powers),
      total: sum(numbers(powers)).item(),
      ...named('p', probabilities(z)),
      all: sum(softmaxOf(numbers(z))).item(),
    };
  },
  results: [
    { label: 'e^z₁', of: 'e1', tone: 'third' },
    { label: 'e^z₂', of: 'e2', tone: 'third' },
    { label: 'e^z₃', of: 'e3', tone: 'third' },
    { label: both('their sum', '它们的和'), of: 'total', tone: 'third' },
    { label: 'p₁ + p₂ + p₃', of: 'all', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: both('p', 'p'),
      range: [0, 1],
      bars: [
        { label: 'p₁', of: 'p1', tone: 'value' },
        { label: 'p₂', of: 'p2', tone: 'value' },
        { label: 'p₃', of: 'p3', tone: 'value' },
      ],
    },
  ],
};

const slopes: Piece = {
  title: both('What one logit does to all probabilities', '一个 logit 对所有概率的影响'),
  knobs: logits,
  compute: ({ z1, z2, z3 }) => {
    const j = jacobianAt([z1, z2, z3]);
    const column = [j[0], j[3], j[6]];
    return { ...named('j', column), all: sum(numbers(column)).item(), ...named('p', probabilities([z1, z2, z3])) };
  },
  results: [
    { label: both('sum', '和'), of: 'all', tone: 'gradient' },
    { label: 'p₁', of: 'p1', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: both('The slopes of p₁, p₂, p₃ with respect to z₁', 'p₁、p₂、p₃ 对 z₁ 的斜率'),
      range: [-0.3, 0.3],
      bars: [
        { label: '∂p₁/∂z₁', of: 'j1', tone: 'gradient' },
        { label: '∂p₂/∂z₁', of: 'j2', tone: 'gradient' },
        { label: '∂p₃/∂z₁', of: 'j3', tone: 'gradient' },
      ],
    },
    {
      kind: 'curves',
      title: both('p when z₁ alone changes', '只改变 z₁ 时的 p'),
      x: { label: 'z₁', knob: 'z1' },
      y: [0, 1],
      lines: (['value', 'gradient', 'third'] as const).map((tone, index) => ({
        label: `p${'₁₂₃'[index]}`,
        tone,
        values: (xs, { z2, z3 }) => {
          const p = listOf(softmaxOf(numbers(xs.map((z) => [z, z2, z3])), { axis: 1 }));
          return xs.map((_, row) => p[3 * row + index]);
        },
      })),
    },
  ],
};

const overflow: Piece = {
  title: both('Large logits', '很大的 logit'),
  knobs: { z: knob('z', 0, 1000, 10, 1000) },
  compute: ({ z }) => ({
    power: exp(numbers([z])).item(),
    naive: naive([z, z - 1])[0],
    shifted: naive([0, -1])[0],
    library: probabilities([z, z - 1])[0],
  }),
  results: [
    { label: both('e^z', 'e^z'), of: 'power', tone: 'third' },
    {
      label: both('p₁ of (z, z − 1) as the formula stands', '按公式直接算 (z, z − 1) 的 p₁'),
      of: 'naive',
      tone: 'gradient',
    },
    { label: both('with the maximum subtracted', '减去最大值之后'), of: 'shifted', tone: 'value' },
    { label: both('softmax of tapegrad', 'tapegrad 的 softmax'), of: 'library', tone: 'good' },
  ],
  pictures: [],
};

export const softmax: Chapter = {
  name: 'softmax',
  pieces: { shares, slopes, overflow },
  facts: [],
  exercises: [
    {
      name: 'softmax/logarithms',
      task: both('z = (ln 1, ln 2, ln 5). What is p?', 'z = (ln 1, ln 2, ln 5)。p 是多少？'),
      answer: { kind: 'list', right: () => listOf(softmaxOf(log(numbers([1, 2, 5])))), tolerance: 0.002 },
      hints: [
        both('e^(ln 2) = 2.', 'e^(ln 2) = 2。'),
        both('Divide (1, 2, 5) by their sum.', '把 (1, 2, 5) 除以它们的和。'),
      ],
      solution: both(
        'The powers are 1, 2 and 5, their sum is 8: p = (1/8, 2/8, 5/8).',
        '各个幂是 1、2、5，和为 8：p = (1/8, 2/8, 5/8)。',
      ),
      slips: [
        slip(() => [1, 2, 5], 'These are the powers. Divide them by their sum.', '这是各个幂。还要除以它们的和。'),
        slip(
          () => [0, Math.log(2) / Math.log(10), Math.log(5) / Math.log(10)],
          'The logits were divided by their sum. First raise e to each of them.',
          '您把 logit 除以了它们的和。应先对每个取 e 的幂。',
        ),
        slip(
          () => [0.2, 0.4, 1],
          'Divide by the sum of the powers, not by the largest.',
          '要除以幂的和，而不是最大的幂。',
        ),
      ],
    },
    {
      name: 'softmax/two-classes',
      task: both('Two classes, z = (2, −1). What is p₁?', '两个类别，z = (2, −1)。p₁ 是多少？'),
      answer: { kind: 'number', right: () => probabilities([2, -1])[0], tolerance: 0.002 },
      hints: [
        both('Divide above and below by e²: only the difference is left.', '分子分母同除以 e²：只剩下差值。'),
        both('p₁ = 1 / (1 + e^−(z₁ − z₂)).', 'p₁ = 1 / (1 + e^−(z₁ − z₂))。'),
      ],
      solution: both(
        'p₁ = 1/(1 + e^−3), about 0.9526: with two classes softmax is the sigmoid of the difference.',
        'p₁ = 1/(1 + e^−3)，约为 0.9526：两个类别时，softmax 就是差值的 sigmoid。',
      ),
      slips: [
        slip(
          () => sigmoid(numbers([2])).item(),
          'That is the sigmoid of z₁. It is the difference z₁ − z₂ that counts.',
          '这是 z₁ 的 sigmoid。起作用的是差值 z₁ − z₂。',
        ),
        slip(
          () => sigmoid(numbers([1])).item(),
          'z₁ − z₂ = 2 − (−1) = 3, not 1.',
          'z₁ − z₂ = 2 − (−1) = 3，而不是 1。',
        ),
        slip(() => probabilities([2, -1])[1], 'That is p₂.', '这是 p₂。'),
      ],
    },
    {
      name: 'softmax/off-diagonal',
      task: both('p = (0.5, 0.3, 0.2). What is ∂p₁/∂z₂?', 'p = (0.5, 0.3, 0.2)。∂p₁/∂z₂ 是多少？'),
      answer: { kind: 'number', right: () => jacobianAt([0.5, 0.3, 0.2].map(Math.log))[1], tolerance: 0.001 },
      hints: [
        both('More z₂ takes from p₁: the sign is negative.', 'z₂ 增大会减小 p₁：符号为负。'),
        both('∂p₁/∂z₂ = −p₁·p₂.', '∂p₁/∂z₂ = −p₁·p₂。'),
      ],
      solution: both('−p₁·p₂ = −0.5 · 0.3 = −0.15.', '−p₁·p₂ = −0.5 · 0.3 = −0.15。'),
      slips: [
        slip(
          () => 0.15,
          'What z₂ wins, the others lose: the sign is negative.',
          'z₂ 赢得的正是其他类别失去的：符号为负。',
        ),
        slip(
          () => 0.25,
          'That is p₁·(1 − p₁), the slope with respect to its own logit z₁.',
          '这是 p₁·(1 − p₁)，即对自身 logit z₁ 的斜率。',
        ),
        slip(
          () => 0,
          'All probabilities share one denominator: each logit moves all of them.',
          '所有概率共用一个分母：每个 logit 都会影响全部概率。',
        ),
      ],
    },
    {
      name: 'softmax/row-sum',
      task: both(
        'p = (0.5, 0.3, 0.2). What is ∂p₁/∂z₁ + ∂p₂/∂z₁ + ∂p₃/∂z₁?',
        'p = (0.5, 0.3, 0.2)。∂p₁/∂z₁ + ∂p₂/∂z₁ + ∂p₃/∂z₁ 是多少？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const j = jacobianAt([0.5, 0.3, 0.2].map(Math.log));
          return j[0] + j[3] + j[6];
        },
        tolerance: 0.001,
      },
      hints: [both('What is p₁ + p₂ + p₃, whatever z₁ is?', '无论 z₁ 是多少，p₁ + p₂ + p₃ 等于多少？')],
      solution: both(
        'The probabilities sum to 1 for every z₁, so their slopes sum to 0: 0.25 − 0.15 − 0.1.',
        '对任何 z₁，概率之和都是 1，所以斜率之和是 0：0.25 − 0.15 − 0.1。',
      ),
      slips: [
        slip(
          () => 1,
          'The probabilities sum to 1; the slopes of something that stays 1 sum to 0.',
          '概率之和为 1；恒为 1 的量，斜率之和是 0。',
        ),
        slip(
          () => 0.25,
          'That is ∂p₁/∂z₁ alone; p₂ and p₃ lose as much together.',
          '这只是 ∂p₁/∂z₁；p₂ 与 p₃ 合起来失去同样多。',
        ),
      ],
    },
    {
      name: 'softmax/maximum',
      task: both('Why does softmax subtract the largest logit first?', '为什么 softmax 先减去最大的 logit？'),
      answer: {
        kind: 'choice',
        options: [
          both('so that no power overflows; the result is the same', '使任何幂都不会溢出；结果不变'),
          both('so that the probabilities become softer', '使概率分布更平缓'),
          both('so that the largest probability becomes 1', '使最大的概率变成 1'),
        ],
        right: 0,
      },
      hints: [
        both('What happens to p when a number is added to all logits?', '所有 logit 都加上同一个数时，p 会怎样？'),
      ],
      solution: both(
        'A number added to all logits cancels. With the largest at 0 every power lies between 0 and 1, and the sum is at least 1.',
        '加到所有 logit 上的数会被约去。最大的变为 0 之后，每个幂都在 0 与 1 之间，且和至少为 1。',
      ),
      slips: [
        slip(
          () => 1,
          'A shift changes no probability. Dividing by a temperature would.',
          '平移不改变任何概率。除以温度才会。',
        ),
        slip(
          () => 2,
          'The largest power becomes 1; it is divided by the sum still.',
          '变为 1 的是最大的幂；之后还要除以和。',
        ),
      ],
    },
    {
      name: 'softmax/own-slope',
      task: both(
        'A logit zᵢ rises, the others stay. Write the slope ∂pᵢ/∂zᵢ as a formula in p = pᵢ.',
        'logit zᵢ 增大，其他不变。请用 p = pᵢ 写出斜率 ∂pᵢ/∂zᵢ 的公式。',
      ),
      answer: {
        kind: 'formula',
        points: [{ p: 0.1 }, { p: 0.35 }, { p: 0.5 }, { p: 0.9 }],
        // Of two logits, z and 0, the first has this probability.
        right: ({ p }) => jacobianAt([Math.log((p as number) / (1 - (p as number))), 0])[0],
        shown: 'p * (1 - p)',
        others: ['p - p^2', 'p - p²', '(1 - p) * p', 'p - square(p)'],
      },
      hints: [both('∂pᵢ/∂zⱼ = pᵢ·([i = j] − pⱼ).', '∂pᵢ/∂zⱼ = pᵢ·([i = j] − pⱼ)。')],
      solution: both(
        'p·(1 − p): at most 1/4, at p = 1/2, and 0 where softmax is certain.',
        'p·(1 − p)：在 p = 1/2 处最大，为 1/4；softmax 完全确定时为 0。',
      ),
      slips: [
        slip(
          () => 'p',
          'That is the slope of the power over a fixed sum. The sum grows too.',
          '这是和固定不变时幂的斜率。和也会增大。',
        ),
        slip(
          () => '1 - p',
          'That is ∂ ln pᵢ/∂zᵢ. For pᵢ itself it is multiplied by p.',
          '这是 ∂ ln pᵢ/∂zᵢ。对 pᵢ 本身还要乘以 p。',
        ),
        slip(
          () => '-p * (1 - p)',
          'The own probability rises with its logit. The minus sign belongs to the others.',
          '自身的概率随自身的 logit 增大。负号属于其他类别。',
        ),
      ],
    },
  ],
};
