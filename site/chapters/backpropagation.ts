import { exp, jacobian, linear, multiply, relu, sigmoid, softmax as softmaxOf, sum, type Tensor } from '@tapegrad/core';
import { halfSquaredLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import { gradientOf, gradientsOf, listOf, named, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

/** One neuron, z = w·x + b, a = relu(z), L = (a − t)²/2, walked forward and back. */
function neuron(inputs: { readonly w: number; readonly x: number; readonly b: number }, t: number) {
  const values = { z: Number.NaN, a: Number.NaN };
  const { loss, gradients } = gradientsOf({ w: [inputs.w], x: [inputs.x], b: [inputs.b] }, ({ w, x, b }) => {
    const z = linear(x, reshaped(w), { bias: b });
    const a = relu(z);
    Object.assign(values, { z: z.item(), a: a.item() });
    return halfSquaredLoss(a, numbers([t]));
  });
  return { ...values, loss, w: gradients.w[0], x: gradients.x[0], b: gradients.b[0] };
}

/** A weight as a layer wants it: one output, one input. */
const reshaped = (w: Tensor): Tensor => multiply(w, numbers([[1]]));

const chain: Piece = {
  title: both('One neuron, forward and back', '一个神经元，前向与反向'),
  knobs: {
    w: knob('w', -3, 3, 0.1, 0.5),
    x: knob('x', -3, 3, 0.1, 2),
    b: knob('b', -3, 3, 0.1, 0.3),
    t: knob(both('target t', '目标 t'), -3, 3, 0.1, 2),
  },
  compute: ({ w, x, b, t }) => {
    const { z, a, loss, ...by } = neuron({ w, x, b }, t);
    const byA = gradientOf([a], (y) => halfSquaredLoss(y, numbers([t])))[0];
    return { z, a, loss, byA, byZ: by.b, byW: by.w, byX: by.x, byB: by.b };
  },
  results: [
    { label: 'z', of: 'z', tone: 'value' },
    { label: 'a', of: 'a', tone: 'value' },
    { label: 'L', of: 'loss', tone: 'value' },
    { label: '∂L/∂a', of: 'byA', tone: 'gradient' },
    { label: '∂L/∂z', of: 'byZ', tone: 'gradient' },
    { label: '∂L/∂w', of: 'byW', tone: 'gradient' },
    { label: '∂L/∂x', of: 'byX', tone: 'gradient' },
    { label: '∂L/∂b', of: 'byB', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('The loss when w alone changes, and its slope', '只改变 w 时的损失及其斜率'),
      x: { label: 'w', knob: 'w' },
      y: [-6, 10],
      lines: [
        { label: 'L', tone: 'value', values: (ws, { x, b, t }) => ws.map((w) => neuron({ w, x, b }, t).loss) },
        { label: '∂L/∂w', tone: 'gradient', values: (ws, { x, b, t }) => ws.map((w) => neuron({ w, x, b }, t).w) },
      ],
    },
  ],
};

/** x·eˣ: x is used twice, and both uses send something back. */
const twice: Piece = {
  title: both('y = x·eˣ: two uses of one value', 'y = x·eˣ：一个值用了两次'),
  knobs: { x: knob('x', -3, 2, 0.1, 1) },
  compute: ({ x }) => ({
    y: multiply(numbers([x]), exp(numbers([x]))).item(),
    first: gradientOf([x], (u) => sum(multiply(u, exp(numbers([x])))))[0],
    second: gradientOf([x], (u) => sum(multiply(numbers([x]), exp(u))))[0],
    total: gradientOf([x], (u) => sum(multiply(u, exp(u))))[0],
  }),
  results: [
    { label: 'y', of: 'y', tone: 'value' },
    { label: both('back from the product: eˣ', '从乘积返回：eˣ'), of: 'first', tone: 'gradient' },
    { label: both('back from the power: x·eˣ', '从幂返回：x·eˣ'), of: 'second', tone: 'gradient' },
    { label: both('their sum, ∂y/∂x', '两者之和 ∂y/∂x'), of: 'total', tone: 'gradient' },
  ],
  pictures: [],
};

const weight = [
  [0.5, -1],
  [1, 0.3],
];

/** A dense layer of two classes under softmax loss: the gradients of weight and input. */
const layerOf = (x: readonly number[], label: number) =>
  gradientsOf({ x: [x], weight }, (at) => softmaxCrossEntropy(linear(at.x, at.weight), [label]));

const layer: Piece = {
  title: both('A dense layer under softmax loss', '全连接层接 softmax 损失'),
  knobs: { x1: knob('x₁', -3, 3, 0.1, 1), x2: knob('x₂', -3, 3, 0.1, 2) },
  compute: ({ x1, x2 }) => {
    const { loss, gradients } = layerOf([x1, x2], 0);
    const p = listOf(softmaxOf(linear(numbers([[x1, x2]]), numbers(weight)), { axis: 1 }));
    const [g11, g12, g21, g22] = gradients.weight;
    const [z1, z2] = listOf(linear(numbers([[x1, x2]]), numbers(weight)));
    const [[w11, w12], [w21, w22]] = weight;
    return { loss, ...named('p', p), z1, z2, w11, w12, w21, w22, g11, g12, g21, g22 };
  },
  results: [
    { label: 'L', of: 'loss', tone: 'value' },
    { label: 'p₁', of: 'p1', tone: 'value' },
    { label: 'p₂', of: 'p2', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: both('∂L/∂W = (p − y)·xᵀ', '∂L/∂W = (p − y)·xᵀ'),
      range: [-3, 3],
      bars: [
        { label: '∂L/∂W₁₁', of: 'g11', tone: 'gradient' },
        { label: '∂L/∂W₁₂', of: 'g12', tone: 'gradient' },
        { label: '∂L/∂W₂₁', of: 'g21', tone: 'gradient' },
        { label: '∂L/∂W₂₂', of: 'g22', tone: 'gradient' },
      ],
    },
  ],
};

const gradientOfWeight = (x: readonly number[]): number[] =>
  gradientsOf(
    {
      weight: [
        [0, 0],
        [0, 0],
      ],
      x: [x],
    },
    (at) => softmaxCrossEntropy(linear(at.x, at.weight), [0]),
  ).gradients.weight;

export const backpropagation: Chapter = {
  name: 'backpropagation',
  pieces: { chain, twice, layer },
  facts: [],
  exercises: [
    {
      name: 'backpropagation/neuron',
      task: both(
        'w = 2, x = 3, b = −1, a = relu(w·x + b), L = (a − 4)²/2. What is ∂L/∂w?',
        'w = 2，x = 3，b = −1，a = relu(w·x + b)，L = (a − 4)²/2。∂L/∂w 是多少？',
      ),
      answer: { kind: 'number', right: () => neuron({ w: 2, x: 3, b: -1 }, 4).w, tolerance: 0.001 },
      hints: [
        both('∂L/∂a = a − 4; relu passes it on where z > 0.', '∂L/∂a = a − 4；z > 0 时 relu 原样传回。'),
        both('Then multiply by x.', '再乘以 x。'),
      ],
      solution: both('a = 5, ∂L/∂a = 1, ∂L/∂z = 1, ∂L/∂w = 1·x = 3.', 'a = 5，∂L/∂a = 1，∂L/∂z = 1，∂L/∂w = 1·x = 3。'),
      slips: [
        slip(
          () => 1,
          'That is ∂L/∂z. z = w·x + b has the slope x with respect to w.',
          '这是 ∂L/∂z。z = w·x + b 对 w 的斜率是 x。',
        ),
        slip(
          () => 2,
          'That is ∂L/∂x: multiply by x for the weight, by w for the input.',
          '这是 ∂L/∂x：对权重要乘以 x，对输入才乘以 w。',
        ),
        slip(() => 6, 'The loss has a factor of ½: its slope is a − t.', '损失带有因子 ½：它的斜率是 a − t。'),
      ],
    },
    {
      name: 'backpropagation/dead',
      task: both('The same neuron with b = −7. What is ∂L/∂w?', '同一个神经元，b = −7。∂L/∂w 是多少？'),
      answer: { kind: 'number', right: () => neuron({ w: 2, x: 3, b: -7 }, 4).w, tolerance: 0.001 },
      hints: [both('z = −1. What does relu pass back there?', 'z = −1。relu 在此处传回什么？')],
      solution: both(
        '0: relu is flat below 0, so nothing goes back, however wrong a is. That is a dead ReLU.',
        '0：relu 在 0 以下是平的，无论 a 错得多厉害都没有梯度传回。这就是死亡 ReLU。',
      ),
      slips: [
        slip(
          () => -12,
          'a = 0 is wrong by −4, but relu is flat below 0 and passes nothing back.',
          'a = 0 的误差是 −4，但 relu 在 0 以下是平的，什么也不传回。',
        ),
        slip(() => -15, 'a = relu(−1) = 0, and relu is flat there.', 'a = relu(−1) = 0，且 relu 在此处是平的。'),
      ],
    },
    {
      name: 'backpropagation/twice',
      task: both('y = x·eˣ. What is ∂y/∂x at x = 0?', 'y = x·eˣ。x = 0 处的 ∂y/∂x 是多少？'),
      answer: { kind: 'number', right: () => gradientOf([0], (u) => sum(multiply(u, exp(u))))[0], tolerance: 0.001 },
      hints: [both('eˣ + x·eˣ: one share for each use of x.', 'eˣ + x·eˣ：x 的每次使用各贡献一份。')],
      solution: both('1 + 0 = 1.', '1 + 0 = 1。'),
      slips: [
        slip(
          () => 0,
          'That is what comes back by the power, x·eˣ. The product sends eˣ back as well.',
          '这是从幂返回的 x·eˣ。乘积也会传回 eˣ。',
        ),
        slip(() => 2, 'The shares are eˣ = 1 and x·eˣ = 0.', '两份分别是 eˣ = 1 与 x·eˣ = 0。'),
      ],
    },
    {
      name: 'backpropagation/weight-shape',
      task: both(
        'A dense layer has a weight [10, 784] and sees a batch of 64. What is the shape of ∂L/∂W?',
        '全连接层的权重是 [10, 784]，批次大小 64。∂L/∂W 的形状是什么？',
      ),
      answer: { kind: 'shape', right: () => [10, 784] },
      hints: [both('L is one number. It has one slope for each weight.', 'L 是一个数。每个权重对应一个斜率。')],
      solution: both(
        '[10, 784], as the weight: gᵀ·x sums over the 64 rows.',
        '[10, 784]，与权重相同：gᵀ·x 对 64 行求和。',
      ),
      slips: [
        slip(
          () => [64, 10, 784],
          'The rows are summed: each weight is used by all of them.',
          '各行要求和：每个权重被所有行使用。',
        ),
        slip(() => [784, 10], 'A gradient has the shape of what it is taken by.', '梯度的形状与被求导的量相同。'),
        slip(() => [64, 10], 'That is the shape of ∂L/∂z.', '这是 ∂L/∂z 的形状。'),
      ],
    },
    {
      name: 'backpropagation/outer',
      task: both(
        'W is all 0, x = (1, 2), two classes, the first is right, softmax loss. What is ∂L/∂W, row by row?',
        'W 全为 0，x = (1, 2)，两个类别，第一个正确，softmax 损失。逐行写出 ∂L/∂W。',
      ),
      answer: { kind: 'list', right: () => gradientOfWeight([1, 2]), tolerance: 0.001 },
      hints: [
        both('p − y = (−0.5, 0.5).', 'p − y = (−0.5, 0.5)。'),
        both('Each row is one entry of p − y times x.', '每一行是 p − y 的一个分量乘以 x。'),
      ],
      solution: both(
        '(−0.5·(1, 2), 0.5·(1, 2)) = (−0.5, −1, 0.5, 1).',
        '(−0.5·(1, 2), 0.5·(1, 2)) = (−0.5, −1, 0.5, 1)。',
      ),
      slips: [
        slip(
          () => [-0.5, 0.5, -1, 1],
          'That is x·(p − y)ᵀ, [in, out]. A row belongs to a class.',
          '这是 x·(p − y)ᵀ，形状 [in, out]。一行对应一个类别。',
        ),
        slip(
          () => [0.5, 1, -0.5, -1],
          'The sign: p − y is negative for the right class.',
          '符号：正确类别的 p − y 为负。',
        ),
        slip(
          () => [0, 0, 0, 0],
          'That is ∂L/∂x = Wᵀ·(p − y). The gradient of the weight holds x instead.',
          '这是 ∂L/∂x = Wᵀ·(p − y)。权重的梯度中出现的是 x。',
        ),
      ],
    },
    {
      name: 'backpropagation/jacobian',
      task: both(
        'p = softmax(0, 0). What is Jᵀ·g for g = −y/p = (−2, 0)?',
        'p = softmax(0, 0)。对 g = −y/p = (−2, 0)，Jᵀ·g 是什么？',
      ),
      answer: {
        kind: 'list',
        right: () => {
          const [a, b, c, d] = listOf(jacobian((z) => softmaxOf(z), numbers([0, 0])));
          return [-2 * a + 0 * c, -2 * b + 0 * d];
        },
        tolerance: 0.001,
      },
      hints: [both('J = (¼, −¼; −¼, ¼).', 'J = (¼, −¼; −¼, ¼)。')],
      solution: both(
        '(−0.5, 0.5), which is p − y: the walk through loss and softmax, one after the other, gives what the fused form says.',
        '(−0.5, 0.5)，正是 p − y：先后穿过损失与 softmax，得到的与融合形式相同。',
      ),
      slips: [
        slip(() => [-0.5, 0], 'J has entries beside its diagonal: −p₁·p₂.', 'J 在对角线之外还有元素：−p₁·p₂。'),
        slip(() => [0.5, -0.5], 'g = −y/p is negative at the right class.', 'g = −y/p 在正确类别处为负。'),
      ],
    },
    {
      name: 'backpropagation/sigmoid-formula',
      task: both(
        'y = 1/(1 + e⁻ˣ) is the sigmoid. Write its slope as a formula in x.',
        'y = 1/(1 + e⁻ˣ) 是 sigmoid。请用 x 写出它的斜率公式。',
      ),
      answer: {
        kind: 'formula',
        points: [{ x: -3 }, { x: -0.5 }, { x: 0.2 }, { x: 2 }],
        right: ({ x }) => gradientOf([x as number], (value) => sum(sigmoid(value))),
        shown: 'sigmoid(x) * (1 - sigmoid(x))',
        others: [
          'exp(-x) / (1 + exp(-x))^2',
          'sigmoid(x) - sigmoid(x)^2',
          'sigmoid(x) * sigmoid(-x)',
          'e^x / square(1 + e^x)',
        ],
      },
      hints: [
        both(
          'It can be written with y alone, which the way forward has computed.',
          '可以只用 y 来写，而 y 在前向时已经算出。',
        ),
      ],
      solution: both(
        'y·(1 − y): at most 1/4, so that many sigmoids in a row make a gradient vanish.',
        'y·(1 − y)：至多 1/4，所以许多 sigmoid 串联会使梯度消失。',
      ),
      slips: [
        slip(() => 'sigmoid(x)', 'That is y. The slope is y·(1 − y).', '这是 y。斜率是 y·(1 − y)。'),
        slip(
          () => 'x * (1 - x)',
          'In y·(1 − y) stands the output y, not the input x.',
          'y·(1 − y) 中是输出 y，而不是输入 x。',
        ),
        slip(
          () => '-exp(-x) / (1 + exp(-x))^2',
          'The inner slope of e⁻ˣ is negative too: the two minus signs cancel.',
          '内层 e⁻ˣ 的斜率也是负的：两个负号相消。',
        ),
        slip(() => '1 - square(tanh(x))', 'That is the slope of tanh.', '这是 tanh 的斜率。'),
      ],
    },
  ],
};
