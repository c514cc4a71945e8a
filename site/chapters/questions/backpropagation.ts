import { add, detach, exp, linear, multiply, relu, sigmoid, square, sum, type Tensor } from '@tapegrad/core';
import { halfSquaredLoss } from '@tapegrad/nn';
import { gradientOf, gradientsOf, named, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { walkAgain } from '../tape.ts';
import { both, knob } from '../words.ts';

const x = knob('x', -3, 2, 0.1, 1);
const timesItsPower = (u: Tensor): Tensor => sum(multiply(u, exp(u)));

const twice: Piece = {
  title: both('y = x·eˣ', 'y = x·eˣ'),
  knobs: { x },
  compute: ({ x }) => ({
    first: gradientOf([x], (u) => sum(multiply(u, exp(numbers([x])))))[0],
    second: gradientOf([x], (u) => sum(multiply(numbers([x]), exp(u))))[0],
    total: gradientOf([x], timesItsPower)[0],
  }),
  results: [
    { label: both('from the product', '来自乘积'), of: 'first', tone: 'third' },
    { label: both('through the power', '经过指数'), of: 'second', tone: 'third' },
    { label: both('sum', '和'), of: 'total', tone: 'gradient' },
  ],
  pictures: [],
};

const modes: Piece = {
  title: both('A dense layer and one loss', '一个全连接层与一个损失'),
  knobs: { n: knob(both('inputs', '输入个数'), 1, 50, 1, 20), m: knob(both('outputs', '输出个数'), 1, 10, 1, 5) },
  compute: ({ n, m }) => {
    const weight = Array.from({ length: m }, () => new Array<number>(n).fill(1));
    const gradient = gradientOf(weight, (w) => sum(square(linear(numbers([new Array<number>(n).fill(1)]), w))));
    return { derivatives: gradient.length, back: 1, forward: gradient.length };
  },
  results: [
    { label: both('derivatives with respect to weights', '对权重的导数个数'), of: 'derivatives', tone: 'gradient' },
    { label: both('walks back', '反向模式的遍数'), of: 'back', tone: 'good' },
    { label: both('walks in forward mode', '前向模式的遍数'), of: 'forward', tone: 'third' },
  ],
  pictures: [],
};

const differences: Piece = {
  title: both('The slope of eˣ at 1, by differences', '用差分求 eˣ 在 1 处的斜率'),
  knobs: { e: knob(both('h = 10⁻ᵉ, e', 'h = 10⁻ᵉ，e'), 1, 15, 1, 5) },
  compute: ({ e }) => {
    const h = 10 ** -e;
    const at = (u: number): number => exp(numbers([u])).item();
    const right = gradientOf([1], (u) => sum(exp(u)))[0];
    return {
      right,
      central: Math.abs((at(1 + h) - at(1 - h)) / (2 * h) - right),
      oneSided: Math.abs((at(1 + h) - at(1)) / h - right),
    };
  },
  results: [
    { label: both('by the tape', '由计算记录得到'), of: 'right', tone: 'gradient' },
    { label: both('error, both sides', '误差，中心差分'), of: 'central', tone: 'value' },
    { label: both('error, one side', '误差，单侧差分'), of: 'oneSided', tone: 'third' },
  ],
  pictures: [],
};

const again: Piece = {
  title: both('Two walks over one tape', '同一份记录走两遍'),
  knobs: { x },
  compute: ({ x }) => {
    const { first, second } = walkAgain(x, timesItsPower);
    return { first, second, kept: first + second };
  },
  results: [
    { label: both('first', '第一遍'), of: 'first', tone: 'gradient' },
    { label: both('second', '第二遍'), of: 'second', tone: 'gradient' },
    { label: both('PyTorch’s .grad after both', '两遍之后 PyTorch 的 .grad'), of: 'kept', tone: 'third' },
  ],
  pictures: [],
};

const alike: Piece = {
  title: both('Two hidden neurons with the weights w and w + d', '两个隐藏神经元，权重为 w 和 w + d'),
  knobs: { w: knob('w', 0.5, 2, 0.1, 1), d: knob('d', 0, 1, 0.1, 0) },
  compute: ({ w, d }) => {
    const { gradients } = gradientsOf({ hidden: [[w], [w + d]] }, ({ hidden }) =>
      halfSquaredLoss(linear(relu(linear(numbers([[2]]), hidden)), numbers([[w, w + d]])), numbers([[1]])),
    );
    return named('g', gradients.hidden);
  },
  results: [
    { label: both('gradient of the first', '第一个的梯度'), of: 'g1', tone: 'gradient' },
    { label: both('of the second', '第二个的梯度'), of: 'g2', tone: 'gradient' },
  ],
  pictures: [],
};

const chained = (z: number, n: number, f: (x: Tensor) => Tensor): number => gradientOf([z], (u) => sum(f(u)))[0] ** n;

const vanish: Piece = {
  title: both('n sigmoids, each at z', 'n 个 sigmoid，都在 z 处'),
  knobs: { z: knob('z', -5, 5, 0.5, 0), n: knob('n', 1, 30, 1, 10) },
  compute: ({ z, n }) => ({ one: chained(z, 1, sigmoid), all: chained(z, n, sigmoid) }),
  results: [
    { label: both('slope of one', '单个的斜率'), of: 'one', tone: 'third' },
    { label: both('of all', '全部的斜率'), of: 'all', tone: 'gradient' },
  ],
  pictures: [],
};

const blocks: Piece = {
  title: both('n blocks whose branch has the slope f′', 'n 个块，支路的斜率为 f′'),
  knobs: { f: knob('f′', -0.5, 0.5, 0.05, 0.1), n: knob('n', 1, 30, 1, 20) },
  compute: ({ f, n }) => {
    const through = (block: (h: Tensor) => Tensor): number =>
      gradientOf([1], (u) => sum(Array.from({ length: n }).reduce<Tensor>((h) => block(h), u)))[0];
    return { plain: through((h) => multiply(h, f)), summed: through((h) => add(h, multiply(h, f))) };
  },
  results: [
    { label: both('f′ⁿ, without sums', 'f′ⁿ，无残差连接'), of: 'plain', tone: 'third' },
    { label: both('(1 + f′)ⁿ, with sums', '(1 + f′)ⁿ，有残差连接'), of: 'summed', tone: 'gradient' },
  ],
  pictures: [],
};

const dead: Piece = {
  title: both('A ReLU with bias b, on inputs from −2 to 2', '偏置为 b 的 ReLU，输入从 −2 到 2'),
  knobs: { b: knob('b', -3, 3, 0.1, -1) },
  compute: ({ b }) => {
    const inputs = Array.from({ length: 41 }, (_, index) => -2 + index / 10);
    const slopes = gradientOf(inputs, (u) => sum(relu(add(u, b))));
    return { alive: slopes.filter((slope) => slope !== 0).length / slopes.length };
  },
  results: [{ label: both('share of inputs with a gradient', '有梯度的输入所占比例'), of: 'alive', tone: 'gradient' }],
  pictures: [],
};

const wrong: Piece = {
  title: both('L = (x·x − 1)², one factor taken off the tape', 'L = (x·x − 1)²，其中一个因子离开了记录'),
  knobs: { x: knob('x', 0.5, 3, 0.1, 2) },
  compute: ({ x }) => {
    const lossBy = (partner: (u: Tensor) => Tensor) => (u: Tensor) => sum(square(add(multiply(u, partner(u)), -1)));
    const right = gradientOf(
      [x],
      lossBy((u) => u),
    )[0];
    const half = gradientOf(
      [x],
      lossBy((u) => detach(u)),
    )[0];
    const after = x - 0.01 * half;
    return { right, half, before: (x * x - 1) ** 2, after: (after * after - 1) ** 2 };
  },
  results: [
    { label: both('right gradient', '正确的梯度'), of: 'right', tone: 'gradient' },
    { label: both('with detach', '用 detach 时'), of: 'half', tone: 'third' },
    { label: both('loss before', '之前的损失'), of: 'before', tone: 'value' },
    { label: both('after a step along the wrong one', '沿错误梯度走一步之后'), of: 'after', tone: 'value' },
  ],
  pictures: [],
};

export const aboutBackpropagation: Chapter = {
  name: 'backpropagation',
  pieces: { twice, modes, differences, again, alike, vanish, blocks, dead, wrong },
  facts: [],
  exercises: [],
};
