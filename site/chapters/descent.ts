import { type Gradients, multiply, Parameter, square, sum, Tape, type Tensor } from '@tapegrad/core';
import { Adam, AdamW, gradientDescent, SGD } from '@tapegrad/nn';
import { listOf, numbers } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

interface Descending {
  step(gradients: Gradients): void;
}

type Point = readonly [number, number];

/** f(x, y) = (a·x² + b·y²)/2. */
const bowl =
  ([a, b]: Point) =>
  (x: Tensor): Tensor =>
    multiply(0.5, sum(multiply(numbers([a, b]), square(x))));

/** The way of an optimiser down a function, its start included. */
function wayDown(
  f: (x: Tensor) => Tensor,
  start: readonly number[],
  steps: number,
  choose: (x: Parameter) => Descending,
): number[][] {
  const x = new Parameter('x', numbers(start));
  const optimiser = choose(x);
  const way = [listOf(x)];
  for (let step = 0; step < steps; step++) {
    const tape = new Tape();
    optimiser.step(tape.gradients(f(tape.watch(x))));
    tape.release();
    way.push(listOf(x));
  }
  return way;
}

const start: Point = [-4, 3];
const steps = 25;
const inBowl = ({ b }: Numbers): Point => [1, b];

const ways = {
  plain: ({ rate, ...at }: Numbers) =>
    wayDown(bowl(inBowl(at)), start, steps, (x) => new SGD([x], { learningRate: rate })),
  momentum: ({ rate, momentum, ...at }: Numbers) =>
    wayDown(bowl(inBowl(at)), start, steps, (x) => new SGD([x], { learningRate: rate, momentum })),
  adam: ({ rate, ...at }: Numbers) =>
    wayDown(bowl(inBowl(at)), start, steps, (x) => new Adam([x], { learningRate: rate })),
} satisfies Record<string, (at: Numbers) => number[][]>;

const heightAtEnd = (way: number[][], at: Numbers): number => bowl(inBowl(at))(numbers(way[way.length - 1])).item();

const valley: Piece = {
  title: both('Down a valley, 25 steps', '沿山谷下降，25 步'),
  knobs: {
    rate: knob(both('learning rate η', '学习率 η'), 0.01, 0.5, 0.01, 0.15),
    momentum: knob(both('momentum', '动量'), 0, 0.95, 0.05, 0.8),
    b: knob(both('steepness across the valley', '山谷横向的陡度'), 1, 20, 1, 10),
  },
  compute: (at) => ({
    plainEnd: heightAtEnd(ways.plain(at), at),
    momentumEnd: heightAtEnd(ways.momentum(at), at),
    adamEnd: heightAtEnd(ways.adam(at), at),
    limit: 2 / at.b,
  }),
  results: [
    { label: both('height at the end: plain', '终点高度：普通'), of: 'plainEnd', tone: 'value' },
    { label: both('momentum', '动量'), of: 'momentumEnd', tone: 'gradient' },
    { label: 'Adam', of: 'adamEnd', tone: 'good' },
    { label: both('plain descent diverges above η =', '普通下降发散的界限 η ='), of: 'limit', tone: 'third' },
  ],
  pictures: [
    {
      kind: 'valley',
      title: both('The valley from above', '俯视山谷'),
      curvatures: inBowl,
      range: [-5, 5],
      paths: [
        {
          label: both('plain', '普通'),
          tone: 'value',
          points: (at) => ways.plain(at).map(([x, y]) => [x, y] as const),
        },
        {
          label: both('momentum', '动量'),
          tone: 'gradient',
          points: (at) => ways.momentum(at).map(([x, y]) => [x, y] as const),
        },
        { label: 'Adam', tone: 'good', points: (at) => ways.adam(at).map(([x, y]) => [x, y] as const) },
      ],
    },
  ],
};

/** One weight whose loss has the gradient g, and what a step of each optimiser makes of its decay. */
const stepOf = (g: number, choose: (x: Parameter) => Descending): number => {
  const [, [after]] = wayDown((x) => sum(multiply(g, x)), [2], 1, choose);
  return after - 2;
};

const decay: Piece = {
  title: both('One step from w = 2, with decay 0.1', '从 w = 2 走一步，衰减 0.1'),
  knobs: {
    g: knob(both('gradient g of the loss', '损失的梯度 g'), -2, 2, 0.1, 0.5),
    rate: knob(both('learning rate η', '学习率 η'), 0.01, 0.5, 0.01, 0.1),
  },
  compute: ({ g, rate }) => ({
    sgd: stepOf(g, (x) => new SGD([x], { learningRate: rate, weightDecay: 0.1 })),
    adam: stepOf(g, (x) => new Adam([x], { learningRate: rate, weightDecay: 0.1 })),
    adamW: stepOf(g, (x) => new AdamW([x], { learningRate: rate, weightDecay: 0.1 })),
    bare: stepOf(g, (x) => new Adam([x], { learningRate: rate })),
  }),
  results: [
    { label: both('SGD with L2', 'SGD 加 L2'), of: 'sgd', tone: 'value' },
    { label: both('Adam without decay', '无衰减的 Adam'), of: 'bare', tone: 'third' },
    { label: both('Adam with L2', 'Adam 加 L2'), of: 'adam', tone: 'gradient' },
    { label: 'AdamW', of: 'adamW', tone: 'good' },
  ],
  pictures: [],
};

/** x after some steps of plain descent on x²/2 from 1. */
const onParabola = (learningRate: number, count: number): number => {
  const path = gradientDescent((x) => multiply(0.5, sum(square(x))), numbers([1]), { learningRate, steps: count });
  return listOf(path[path.length - 1])[0];
};

export const descent: Chapter = {
  name: 'descent',
  pieces: { valley, decay },
  facts: [],
  exercises: [
    {
      name: 'descent/one-step',
      task: both(
        'f(x) = x²/2, x = 1, learning rate 0.1. What is x after one step?',
        'f(x) = x²/2，x = 1，学习率 0.1。一步之后 x 是多少？',
      ),
      answer: { kind: 'number', right: () => onParabola(0.1, 1), tolerance: 0.001 },
      hints: [both('x ← x − η·f′(x), and f′(x) = x.', 'x ← x − η·f′(x)，而 f′(x) = x。')],
      solution: both('1 − 0.1·1 = 0.9.', '1 − 0.1·1 = 0.9。'),
      slips: [
        slip(() => 1.1, 'Against the gradient: subtract.', '要逆着梯度走：应相减。'),
        slip(() => 0.8, 'The slope of x²/2 is x, not 2x.', 'x²/2 的斜率是 x，而不是 2x。'),
        slip(() => 0.95, 'The slope is x = 1, not f(x) = ½.', '斜率是 x = 1，而不是 f(x) = ½。'),
      ],
    },
    {
      name: 'descent/two-steps',
      task: both('And after two steps?', '两步之后呢？'),
      answer: { kind: 'number', right: () => onParabola(0.1, 2), tolerance: 0.001 },
      hints: [both('Each step multiplies x by 1 − η.', '每一步都把 x 乘以 1 − η。')],
      solution: both('0.9² = 0.81.', '0.9² = 0.81。'),
      slips: [
        slip(() => 0.8, 'The gradient at 0.9 is 0.9, no longer 1.', '在 0.9 处梯度是 0.9，不再是 1。'),
        slip(() => 0.9, 'That is after one step.', '这是一步之后。'),
      ],
    },
    {
      name: 'descent/limit',
      task: both(
        'f(x) = 5x². Above which learning rate does plain descent move away from 0?',
        'f(x) = 5x²。学习率超过多少时，普通梯度下降会远离 0？',
      ),
      answer: { kind: 'number', right: () => 2 / 10, tolerance: 0.001 },
      hints: [
        both('The slope is 10x; a step multiplies x by 1 − 10η.', '斜率是 10x；每一步把 x 乘以 1 − 10η。'),
        both('When is that factor −1?', '何时这个因子等于 −1？'),
      ],
      solution: both(
        'At 2/10 = 0.2 x jumps between two sides; above it each jump is longer.',
        '在 2/10 = 0.2 处 x 在两侧来回跳动；超过它，每次跳得更远。',
      ),
      slips: [
        slip(
          () => 0.1,
          'There one step leads to 0 exactly. It diverges from twice that on.',
          '在此处一步恰好到达 0。两倍于此才开始发散。',
        ),
        slip(() => 0.4, 'The curvature of 5x² is 10, not 5.', '5x² 的曲率是 10，而不是 5。'),
      ],
    },
    {
      name: 'descent/momentum',
      task: both(
        'A constant gradient of 1, learning rate 0.1, momentum 0.9. How long do the steps become in the end?',
        '梯度恒为 1，学习率 0.1，动量 0.9。步长最终变为多少？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const way = wayDown(
            (x) => sum(x),
            [0],
            400,
            (x) => new SGD([x], { learningRate: 0.1, momentum: 0.9 }),
          );
          return way[99][0] - way[100][0];
        },
        tolerance: 0.001,
      },
      hints: [both('v = 0.9·v + 1 in the end.', '最终 v = 0.9·v + 1。')],
      solution: both('v = 1/(1 − 0.9) = 10, and the step is 0.1·10 = 1.', 'v = 1/(1 − 0.9) = 10，步长为 0.1·10 = 1。'),
      slips: [
        slip(() => 0.1, 'That is the first step. The velocity adds up.', '这是第一步。速度会累积。'),
        slip(() => 10, 'That is the velocity; the step is η times that.', '这是速度；步长还要乘以 η。'),
        slip(() => 0.19, 'That is the second step.', '这是第二步。'),
      ],
    },
    {
      name: 'descent/adam',
      task: both(
        'The first gradient is 0.001, the learning rate 0.1. How far does Adam’s first step go?',
        '第一个梯度是 0.001，学习率 0.1。Adam 的第一步走多远？',
      ),
      answer: {
        kind: 'number',
        right: () => -stepOf(0.001, (x) => new Adam([x], { learningRate: 0.1 })),
        tolerance: 0.001,
      },
      hints: [both('m̂ = g, v̂ = g².', 'm̂ = g，v̂ = g²。')],
      solution: both(
        'η·g/√(g²) = 0.1: the first step of Adam is the learning rate, however small the gradient is.',
        'η·g/√(g²) = 0.1：无论梯度多小，Adam 的第一步都等于学习率。',
      ),
      slips: [
        slip(
          () => 0.0001,
          'That is plain descent, η·g. Adam divides by √v̂.',
          '这是普通梯度下降 η·g。Adam 还要除以 √v̂。',
        ),
        slip(
          () => 0.01,
          'Without the corrections m is 0.1·g and √v about 0.03·g; both are made up for.',
          '未修正时 m 是 0.1·g，√v 约为 0.03·g；两者都会被修正。',
        ),
      ],
    },
    {
      name: 'descent/decay',
      task: both(
        'Why is weight decay not the same as an L2 penalty in Adam?',
        '为什么在 Adam 中权重衰减与 L2 惩罚不同？',
      ),
      answer: {
        kind: 'choice',
        options: [
          both('the penalty’s gradient is divided by √v̂ like any other', '惩罚项的梯度与其他梯度一样被除以 √v̂'),
          both('Adam has no learning rate', 'Adam 没有学习率'),
          both('they are the same', '它们是一样的'),
        ],
        right: 0,
      },
      hints: [both('Turn g in the piece above, and compare the last two numbers.', '拖动上面的 g，比较最后两个数字。')],
      solution: both(
        'In Adam the penalty goes through m̂/√v̂, so that its size is lost. AdamW takes η·λ·w off the weight beside that.',
        '在 Adam 中惩罚项要经过 m̂/√v̂，其大小因此丢失。AdamW 则在此之外直接从权重减去 η·λ·w。',
      ),
      slips: [
        slip(() => 1, 'It has one; each step is about as long as that.', '它有；每一步大约就是那么长。'),
        slip(() => 2, 'For plain SGD they are. Adam rescales gradients.', '对普通 SGD 而言是的。Adam 会缩放梯度。'),
      ],
    },
    {
      name: 'descent/step-formula',
      task: both(
        'L = a·w²/2. Write the weight after one step of gradient descent with the learning rate r as a formula in w, a and r.',
        'L = a·w²/2。请用 w、a 和 r 写出以学习率 r 做一步梯度下降之后的权重公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { w: 2, a: 1, r: 0.1 },
          { w: -3, a: 0.5, r: 0.4 },
          { w: 1, a: 4, r: 0.25 },
        ],
        right: ({ w, a, r }) => {
          const bowlOf = (x: Tensor): Tensor => multiply(sum(square(x)), (a as number) / 2);
          return listOf(gradientDescent(bowlOf, numbers([w as number]), { learningRate: r as number, steps: 1 })[1]);
        },
        shown: 'w - r * a * w',
        others: ['w * (1 - r*a)', '(1 - a*r) * w'],
      },
      hints: [both('The slope is a·w.', '斜率是 a·w。')],
      solution: both(
        'w − r·a·w = (1 − r·a)·w: it shrinks while r·a lies between 0 and 2, and grows beyond.',
        'w − r·a·w = (1 − r·a)·w：r·a 在 0 与 2 之间时缩小，超出则增大。',
      ),
      slips: [
        slip(
          () => 'w + r * a * w',
          'That goes uphill. A step is against the gradient.',
          '这是上坡。一步应逆着梯度走。',
        ),
        slip(() => 'w - a * w', 'The learning rate r is missing.', '缺少学习率 r。'),
        slip(
          () => 'w - r * a * w^2 / 2',
          'That subtracts the loss. What is subtracted is r times its slope, a·w.',
          '这里减去的是损失。应减去 r 乘以它的斜率 a·w。',
        ),
        slip(() => 'r * a * w', 'That is how far the step goes. Subtract it from w.', '这是步长。还要用 w 减去它。'),
      ],
    },
  ],
};
