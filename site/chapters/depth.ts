import {
  add,
  linear,
  mean,
  multiply,
  Random,
  relu,
  sigmoid,
  square,
  sum,
  Tape,
  type Tensor,
  tanh,
} from '@tapegrad/core';
import { fans, kaimingDeviation, xavierDeviation } from '@tapegrad/nn';
import { shaped } from './grids.ts';
import { gradientOf } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const width = 32;
const layers = 20;
const examples = 16;

/** Standard normal numbers, the same ones on every visit. */
function drawn(seed: number, shape: readonly [number, number]): Tensor {
  const random = new Random(seed);
  return shaped(
    Array.from({ length: shape[0] * shape[1] }, () => random.normal(0, 1)),
    shape,
  );
}

let weights: readonly Tensor[] | undefined;
const weightOf = (layer: number): Tensor => {
  weights ??= Array.from({ length: layers }, (_, index) => drawn(100 + index, [width, width]));
  return weights[layer];
};

/** The root of the mean square: the usual size of a number. */
const sizeOf = (x: Tensor): number => Math.sqrt(mean(square(x)).item());

/** How one layer follows another. */
type Block = (h: Tensor, z: (x: Tensor) => Tensor) => Tensor;

/** The sizes of the activations of a deep net, and of the gradients by them, from the input on. */
export function sizesThrough(gain: number, block: Block): { readonly forward: number[]; readonly back: number[] } {
  const tape = new Tape();
  try {
    const input = tape.watch(drawn(7, [examples, width]));
    const scale = gain / Math.sqrt(width);
    const activations = [input];
    for (let layer = 0; layer < layers; layer++) {
      activations.push(block(activations[layer], (x) => linear(x, multiply(weightOf(layer), scale))));
    }
    const last = activations[layers];
    const found = tape.gradients(last, { withRespectTo: activations, cotangent: drawn(8, [examples, width]) });
    return { forward: activations.map(sizeOf), back: activations.map((x) => sizeOf(found.get(x))) };
  } finally {
    tape.release();
  }
}

const plainRelu: Block = (h, z) => relu(z(h));
const plainTanh: Block = (h, z) => tanh(z(h));
const plain: Block = (h, z) => z(h);

/** The last nets that were walked: a picture asks for the same ones many times. */
const walked = new Map<string, ReturnType<typeof sizesThrough>>();
function walk(name: string, gain: number, block: Block): ReturnType<typeof sizesThrough> {
  const key = `${name} ${gain}`;
  const known = walked.get(key) ?? sizesThrough(gain, block);
  if (walked.size > 40) walked.clear();
  walked.set(key, known);
  return known;
}

export const nets = { linear: plain, relu: plainRelu, tanh: plainTanh };
const linesOf = (side: 'forward' | 'back') =>
  (
    [
      [both('no activation', '无激活函数'), 'linear', 'third'],
      ['ReLU', 'relu', 'value'],
      ['tanh', 'tanh', 'good'],
    ] as const
  ).map(([label, name, tone]) => ({
    label,
    tone,
    values: (at: readonly number[], { gain }: Numbers) => between(walk(name, gain, nets[name])[side], at),
  }));

/** The logarithm of sizes to base 10, in straight lines from layer to layer. What has become exactly 0 is drawn far below. */
function between(sizes: readonly number[], at: readonly number[]): number[] {
  const logarithms = sizes.map((size) => Math.log10(Math.max(size, 1e-30)));
  return at.map((layer) => {
    const first = Math.min(layers - 1, Math.floor(layer));
    return logarithms[first] + (layer - first) * (logarithms[first + 1] - logarithms[first]);
  });
}

const layerKnob = knob(both('layer', '层'), 0, layers, 1, 10);

const scales: Piece = {
  title: both('Twenty layers of 32 neurons', '二十层，每层 32 个神经元'),
  knobs: {
    gain: knob(both('gain c: weights have the deviation c/√32', '增益 c：权重的标准差为 c/√32'), 0.5, 2.5, 0.05, 1),
    layer: layerKnob,
  },
  compute: ({ gain, layer }) => ({
    deviation: gain / Math.sqrt(width),
    relu: walk('relu', gain, plainRelu).forward[layer],
    reluBack: walk('relu', gain, plainRelu).back[layer],
    tanh: walk('tanh', gain, plainTanh).forward[layer],
    tanhBack: walk('tanh', gain, plainTanh).back[layer],
  }),
  results: [
    { label: both('deviation of the weights', '权重的标准差'), of: 'deviation', tone: 'third' },
    { label: both('ReLU: size at this layer', 'ReLU：该层的大小'), of: 'relu', tone: 'value' },
    { label: both('its gradient', '其梯度'), of: 'reluBack', tone: 'gradient' },
    { label: both('tanh: size at this layer', 'tanh：该层的大小'), of: 'tanh', tone: 'value' },
    { label: both('its gradient', '其梯度'), of: 'tanhBack', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('Size of the activations, as a power of ten', '激活值的大小（10 的幂）'),
      parts: layers,
      x: { label: both('layer', '层'), knob: 'layer' },
      y: [-6, 6],
      lines: linesOf('forward'),
    },
    {
      kind: 'curves',
      title: both('Size of the gradients, as a power of ten', '梯度的大小（10 的幂）'),
      parts: layers,
      x: { label: both('layer', '层'), knob: 'layer' },
      y: [-6, 6],
      lines: linesOf('back'),
    },
  ],
};

/** One layer: mean squares of what comes in, of z, and of relu(z). */
export function throughOne(n: number, deviation: number) {
  const x = drawn(3, [64, n]);
  const z = linear(x, multiply(drawn(4, [64, n]), deviation));
  const squareOf = (y: Tensor): number => mean(square(y)).item();
  return { input: squareOf(x), z: squareOf(z), relu: squareOf(relu(z)) };
}

const one: Piece = {
  title: both('One layer, measured on 64 examples and 64 neurons', '一层：在 64 个样本与 64 个神经元上测量'),
  knobs: {
    n: knob(both('inputs n', '输入个数 n'), 1, 256, 1, 64),
    sigma: knob(both('deviation of the weights σ', '权重的标准差 σ'), 0.01, 0.5, 0.01, 0.1),
  },
  compute: ({ n, sigma }) => {
    const { input, z, relu } = throughOne(n, sigma);
    return {
      input,
      z,
      half: relu,
      rule: n * sigma ** 2 * input,
      he: kaimingDeviation({ shape: [64, n], random: new Random(1) }),
    };
  },
  results: [
    { label: both('mean square of x', 'x 的均方'), of: 'input', tone: 'third' },
    { label: both('of z, by n·σ²', 'z 的均方（按 n·σ²）'), of: 'rule', tone: 'third' },
    { label: both('of z, measured', 'z 的均方（测量）'), of: 'z', tone: 'value' },
    { label: both('of relu(z), measured', 'relu(z) 的均方（测量）'), of: 'half', tone: 'value' },
    { label: both('He’s deviation for this n', '该 n 下 He 初始化的标准差'), of: 'he', tone: 'good' },
  ],
  pictures: [],
};

const slopesAt = (zs: readonly number[], f: (x: Tensor) => Tensor): number[] => gradientOf(zs, (z) => sum(f(z)));

const chain: Piece = {
  title: both('A product of slopes', '斜率的乘积'),
  knobs: {
    z: knob('z', -5, 5, 0.1, 1),
    n: knob(both('layers', '层数'), 1, 30, 1, 10),
  },
  compute: ({ z, n }) => ({
    sigmoid: slopesAt([z], sigmoid)[0] ** n,
    tanh: slopesAt([z], tanh)[0] ** n,
    relu: slopesAt([z], relu)[0] ** n,
  }),
  results: [
    { label: both('sigmoid: slopeⁿ', 'sigmoid：斜率ⁿ'), of: 'sigmoid', tone: 'gradient' },
    { label: both('tanh: slopeⁿ', 'tanh：斜率ⁿ'), of: 'tanh', tone: 'gradient' },
    { label: both('ReLU: slopeⁿ', 'ReLU：斜率ⁿ'), of: 'relu', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('Slopes of one layer', '单层的斜率'),
      parts: 50,
      x: { label: 'z', knob: 'z' },
      y: [0, 1.1],
      lines: [
        { label: 'sigmoid', tone: 'third', values: (zs) => slopesAt(zs, sigmoid) },
        { label: 'tanh', tone: 'good', values: (zs) => slopesAt(zs, tanh) },
        { label: 'ReLU', tone: 'value', values: (zs) => slopesAt(zs, relu) },
      ],
    },
  ],
};

/** A residual block whose branch is scaled: h + a·relu(W·h). */
export const residualBlock =
  (a: number): Block =>
  (h, z) =>
    add(h, multiply(relu(z(h)), a));

const residual: Piece = {
  title: both('The same net, plain and with residual sums', '同一个网络：普通连接与残差连接'),
  knobs: {
    gain: knob(both('gain c of the weights', '权重的增益 c'), 0.5, 2.5, 0.05, 0.7),
    a: knob(both('factor a of the branch', '支路的系数 a'), 0, 1, 0.05, 0.2),
    layer: { ...layerKnob, start: 0 },
  },
  compute: ({ gain, a, layer }) => ({
    plain: walk('relu', gain, plainRelu).back[layer],
    summed: walk(`residual ${a}`, gain, residualBlock(a)).back[layer],
  }),
  results: [
    { label: both('gradient, plain', '梯度，普通'), of: 'plain', tone: 'third' },
    { label: both('gradient, residual', '梯度，残差'), of: 'summed', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('Size of the gradients, as a power of ten', '梯度的大小（10 的幂）'),
      parts: layers,
      x: { label: both('layer', '层'), knob: 'layer' },
      y: [-8, 4],
      lines: [
        {
          label: both('plain', '普通'),
          tone: 'third',
          values: (at, { gain }) => between(walk('relu', gain, plainRelu).back, at),
        },
        {
          label: both('residual', '残差'),
          tone: 'gradient',
          values: (at, { gain, a }) => between(walk(`residual ${a}`, gain, residualBlock(a)).back, at),
        },
      ],
    },
  ],
};

const random = new Random(1);

/** The slope of three residual blocks y = x + b·x. */
const throughBlocks = (b: number, count: number): number =>
  gradientOf([1], (x) => {
    let h = x;
    for (let block = 0; block < count; block++) h = add(h, multiply(h, b));
    return sum(h);
  })[0];

export const depth: Chapter = {
  name: 'depth',
  pieces: { one, scales, chain, residual },
  facts: [],
  exercises: [
    {
      name: 'depth/he',
      task: both(
        'A dense layer has 128 inputs and a ReLU behind it. Which deviation should its weights have at first (He)?',
        '某全连接层有 128 个输入，其后是 ReLU。权重初始的标准差应是多少（He 初始化）？',
      ),
      answer: { kind: 'number', right: () => kaimingDeviation({ shape: [64, 128], random }), tolerance: 0.001 },
      hints: [both('σ² = 2/n.', 'σ² = 2/n。')],
      solution: both('√(2/128) = √(1/64) = 0.125.', '√(2/128) = √(1/64) = 0.125。'),
      slips: [
        slip(() => 1 / 64, 'That is the variance. The deviation is its root.', '这是方差。标准差是它的平方根。'),
        slip(
          () => Math.sqrt(1 / 128),
          'Without the 2: the ReLU lets half of the mean square through.',
          '缺了 2：ReLU 只让一半的均方通过。',
        ),
        slip(
          () => Math.sqrt(2 / 64),
          'n is the number of inputs, not of outputs.',
          'n 是输入的个数，而不是输出的个数。',
        ),
      ],
    },
    {
      name: 'depth/glorot',
      task: both(
        'A layer with tanh has 100 inputs and 100 outputs. Which deviation does Glorot’s rule give?',
        '某层使用 tanh，有 100 个输入和 100 个输出。Glorot 的规则给出的标准差是多少？',
      ),
      answer: { kind: 'number', right: () => xavierDeviation({ shape: [100, 100], random }), tolerance: 0.001 },
      hints: [both('σ² = 2/(inputs + outputs).', 'σ² = 2/(输入个数 + 输出个数)。')],
      solution: both('√(2/200) = 0.1.', '√(2/200) = 0.1。'),
      slips: [
        slip(() => 0.01, 'That is the variance.', '这是方差。'),
        slip(() => Math.sqrt(2 / 100), 'That is He’s rule, for ReLU.', '这是 He 的规则，用于 ReLU。'),
        slip(
          () => Math.sqrt(1 / 200),
          'The 2 is there so that equal widths give 1/n.',
          '分子是 2，这样宽度相等时得到 1/n。',
        ),
      ],
    },
    {
      name: 'depth/fan',
      task: both(
        'How many inputs does a neuron of a 3 × 3 convolution over 64 channels have (its fan-in)?',
        '一个 3 × 3 卷积作用于 64 个通道，其中一个神经元有多少个输入（扇入）？',
      ),
      answer: { kind: 'number', right: () => fans([128, 64, 3, 3]).fanIn, tolerance: 0.001 },
      hints: [both('One output sums over everything under the filter.', '一个输出对卷积核覆盖的一切求和。')],
      solution: both('64·3·3 = 576, however large the image is.', '64·3·3 = 576，与图像大小无关。'),
      slips: [
        slip(() => 9, 'The filter reaches through all 64 channels.', '卷积核贯穿全部 64 个通道。'),
        slip(() => 64, 'It looks at 3·3 pixels of each channel.', '它看每个通道的 3·3 个像素。'),
        slip(() => 1152, 'That is with the 128 filters: the fan-out.', '这是按 128 个卷积核算的：扇出。'),
      ],
    },
    {
      name: 'depth/halving',
      task: both(
        'Weights of variance 1/n, ReLU after each layer. To which part (1 over what) does the mean square fall in 10 layers?',
        '权重方差为 1/n，每层之后是 ReLU。经过 10 层，均方降为原来的几分之一（分母是多少）？',
      ),
      answer: { kind: 'number', right: () => 2 ** 10, tolerance: 0.5 },
      hints: [both('n·(1/n) = 1 for z; a ReLU drops the negative half.', '对 z，n·(1/n) = 1；ReLU 去掉负的一半。')],
      solution: both(
        'Each layer halves it: 2¹⁰ = 1024. He’s 2/n makes up for that.',
        '每层减半：2¹⁰ = 1024。He 的 2/n 正好补偿了它。',
      ),
      slips: [
        slip(() => 20, 'Halving ten times multiplies: 2·2·2·…', '减半十次是相乘：2·2·2·…'),
        slip(() => 1, 'That is without ReLU.', '这是没有 ReLU 的情形。'),
        slip(() => 32, 'That is the size, the root of the mean square: √1024.', '这是大小，即均方的平方根：√1024。'),
      ],
    },
    {
      name: 'depth/sigmoid',
      task: both(
        'The steepest slope of a sigmoid is at 0. What is left of a gradient after three sigmoids there (all weights 1)?',
        'sigmoid 在 0 处最陡。在该处经过三个 sigmoid 之后（权重均为 1），梯度剩下多少？',
      ),
      answer: { kind: 'number', right: () => slopesAt([0], sigmoid)[0] ** 3, tolerance: 0.001 },
      hints: [both('σ′ = σ·(1 − σ), at 0: ½·½.', 'σ′ = σ·(1 − σ)，在 0 处：½·½。')],
      solution: both(
        '0.25³, about 0.0156; ten layers would leave a millionth.',
        '0.25³，约为 0.0156；十层之后只剩百万分之一。',
      ),
      slips: [
        slip(() => 0.125, 'The value at 0 is ½; the slope is ¼.', '在 0 处的值是 ½；斜率是 ¼。'),
        slip(() => 0.75, 'Slopes are multiplied along a chain, not added.', '沿链条的斜率是相乘，而不是相加。'),
        slip(() => 0.25, 'That is one layer.', '这是一层。'),
      ],
    },
    {
      name: 'depth/residual',
      task: both(
        'Three residual blocks y = x + f(x), and f has the slope −0.2 in each. What is the slope of all three?',
        '三个残差块 y = x + f(x)，每个 f 的斜率都是 −0.2。三个块合起来的斜率是多少？',
      ),
      answer: { kind: 'number', right: () => throughBlocks(-0.2, 3), tolerance: 0.001 },
      hints: [both('The slope of one block is 1 + f′.', '一个块的斜率是 1 + f′。')],
      solution: both('0.8³ = 0.512. Without the sums it would be −0.008.', '0.8³ = 0.512。没有残差连接则是 −0.008。'),
      slips: [
        slip(
          () => -0.008,
          'That is without the sums. Each block adds x, whose slope is 1.',
          '这是没有残差连接的情形。每个块都加上 x，其斜率为 1。',
        ),
        slip(() => 0.4, 'The blocks are a chain: slopes are multiplied.', '各块构成链条：斜率要相乘。'),
        slip(() => 1.728, 'The slope of f is −0.2: 1 − 0.2.', 'f 的斜率是 −0.2：1 − 0.2。'),
      ],
    },
    {
      name: 'depth/zeros',
      task: both('Why not start with all weights 0?', '为什么不把所有权重都初始化为 0？'),
      answer: {
        kind: 'choice',
        options: [
          both('the loss would be infinite', '损失会是无穷大'),
          both(
            'all neurons of a layer would get the same gradient, and stay alike',
            '同一层的所有神经元会得到相同的梯度，永远一样',
          ),
          both('ReLU has no value at 0', 'ReLU 在 0 处没有值'),
        ],
        right: 1,
      },
      hints: [both('Exchange two neurons of a layer. Does anything change?', '交换同一层的两个神经元。有什么变化吗？')],
      solution: both(
        'Nothing tells them apart, so nothing ever will. With zeros behind it a layer even hands on no gradient at all: Wᵀ·g = 0. Random weights break the symmetry. Biases may start at 0.',
        '没有东西能区分它们，也就永远不会分开。后面的层权重为零时，甚至完全没有梯度传回：Wᵀ·g = 0。随机的权重打破了这种对称。偏置可以从 0 开始。',
      ),
      slips: [
        slip(
          () => 0,
          'With logits of 0 it is ln of the number of classes, which is no catastrophe.',
          'logit 全为 0 时，损失是类别数的 ln，并不糟糕。',
        ),
        slip(() => 2, 'It has the value 0 there, and by convention the slope 0.', '它在该处的值是 0，斜率按约定为 0。'),
      ],
    },
  ],
};
