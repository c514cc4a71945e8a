import { linear, zeros } from '@tapegrad/core';
import { listOf, named, numbers } from './library.ts';
import type { Chapter, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

/** z = x·Wᵀ + b for one row of two features. */
const layer = (x: number[], weight: number[][], bias: number[]): number[] =>
  listOf(linear(numbers([x]), numbers(weight), { bias: numbers(bias) }));

/** Two features and two classes; the weights of the second class stay what they are. */
const scores: Piece = {
  title: both('Two features, two classes', '两个特征，两个类别'),
  knobs: {
    x1: knob('x₁', -3, 3, 0.1, 1),
    x2: knob('x₂', -3, 3, 0.1, 2),
    w11: knob('W₁₁', -3, 3, 0.1, 1.5),
    w12: knob('W₁₂', -3, 3, 0.1, -0.5),
    b1: knob('b₁', -3, 3, 0.1, 0.2),
  },
  compute: ({ x1, x2, w11, w12, b1 }) => {
    const weight = [
      [w11, w12],
      [-1, 0.8],
    ];
    const z = layer([x1, x2], weight, [b1, 0]);
    return { ...named('z', z), ahead: z[0] - z[1] };
  },
  results: [
    { label: 'z₁', of: 'z1', tone: 'value' },
    { label: 'z₂', of: 'z2', tone: 'third' },
    { label: both('class 1 leads by z₁ − z₂ =', '类别 1 领先 z₁ − z₂ ='), of: 'ahead', tone: 'good' },
  ],
  pictures: [
    {
      kind: 'bars',
      title: both('The two logits', '两个 logit'),
      range: [-8, 8],
      bars: [
        { label: 'z₁', of: 'z1', tone: 'value' },
        { label: 'z₂', of: 'z2', tone: 'third' },
      ],
    },
    {
      kind: 'curves',
      title: both('Both logits when x₁ alone changes', '只改变 x₁ 时的两个 logit'),
      x: { label: 'x₁', knob: 'x1' },
      y: [-8, 8],
      lines: [
        {
          label: 'z₁',
          tone: 'value',
          values: (xs, { x2, w11, w12, b1 }) =>
            listOf(linear(numbers(xs.map((x) => [x, x2])), numbers([[w11, w12]]), { bias: numbers([b1]) })),
        },
        {
          label: 'z₂',
          tone: 'third',
          values: (xs, { x2 }) => listOf(linear(numbers(xs.map((x) => [x, x2])), numbers([[-1, 0.8]]))),
        },
      ],
    },
  ],
};

const digits = { weight: [10, 784], bias: [10] } as const;

export const dense: Chapter = {
  name: 'dense',
  pieces: { scores },
  facts: [],
  exercises: [
    {
      name: 'dense/logit',
      task: both(
        'x = (1, 2), the weights of a class are (3, −1), its bias is 0.5. What is its logit?',
        'x = (1, 2)，某个类别的权重是 (3, −1)，偏置是 0.5。它的 logit 是多少？',
      ),
      answer: { kind: 'number', right: () => layer([1, 2], [[3, -1]], [0.5])[0], tolerance: 0.001 },
      hints: [both('Multiply each feature by its weight, and add.', '每个特征乘以它的权重，再相加。')],
      solution: both('z = 3·1 + (−1)·2 + 0.5 = 1.5.', 'z = 3·1 + (−1)·2 + 0.5 = 1.5。'),
      slips: [
        slip(() => layer([1, 2], [[3, -1]], [0])[0], 'The bias is missing.', '漏掉了偏置。'),
        slip(() => layer([1, 2], [[3, 1]], [0.5])[0], 'The second weight is negative.', '第二个权重是负的。'),
      ],
    },
    {
      name: 'dense/weight-shape',
      task: both(
        'A dense layer makes 10 logits of images of 28 × 28 pixels, laid out as a row. What is the shape of its weight?',
        '全连接层把展开成一行的 28 × 28 像素图像变成 10 个 logit。它的权重形状是什么？',
      ),
      answer: { kind: 'shape', right: () => digits.weight },
      hints: [both('One row of weights for each class: [out, in].', '每个类别有一行权重：[out, in]。')],
      solution: both(
        'The weight is [out, in] = [10, 784]: 784 = 28 · 28 features, one row for each class.',
        '权重是 [out, in] = [10, 784]：784 = 28 · 28 个特征，每个类别一行。',
      ),
      slips: [
        slip(
          () => [784, 10],
          'So it is in Keras, [in, out]. Here and in PyTorch each class has a row: [out, in].',
          'Keras 中是这样的，[in, out]。在这里和 PyTorch 中，每个类别一行：[out, in]。',
        ),
        slip(
          () => [10, 28, 28],
          'The image was laid out as one row of 784 numbers.',
          '图像已经展开成一行 784 个数字。',
        ),
        slip(() => [10, 28], 'An image has 28 · 28 = 784 pixels.', '一幅图像有 28 · 28 = 784 个像素。'),
      ],
    },
    {
      name: 'dense/parameters',
      task: both('How many parameters has that layer, bias included?', '这一层共有多少个参数（包括偏置）？'),
      answer: {
        kind: 'number',
        right: () => zeros(digits.weight).size + zeros(digits.bias).size,
        tolerance: 0,
      },
      hints: [both('Count the numbers in the weight, then those in the bias.', '先数权重中的数字，再数偏置中的数字。')],
      solution: both('10 · 784 weights and 10 biases: 7850.', '10 · 784 个权重加 10 个偏置：7850。'),
      slips: [
        slip(
          () => zeros(digits.weight).size,
          'That is the weight alone: each class has a bias too.',
          '这只是权重：每个类别还有一个偏置。',
        ),
        slip(
          () => zeros(digits.weight).size + 784,
          'There is one bias for each class, not for each feature.',
          '每个类别一个偏置，而不是每个特征一个。',
        ),
      ],
    },
    {
      name: 'dense/batch-shape',
      task: both(
        '64 such images go through it at once. What is the shape of the logits?',
        '64 幅这样的图像一次通过该层。logit 的形状是什么？',
      ),
      answer: {
        kind: 'shape',
        right: () => linear(zeros([64, 784]), zeros(digits.weight), { bias: zeros(digits.bias) }).shape,
      },
      hints: [both('The batch comes first, and the layer treats each row by itself.', '批次在最前，每一行单独处理。')],
      solution: both('[64, 10]: one row of ten logits for each image.', '[64, 10]：每幅图像一行，共十个 logit。'),
      slips: [
        slip(() => [10, 64], 'The batch is the first axis.', '批次是第一个轴。'),
        slip(() => [64, 784], 'That is what goes in. Out come the classes.', '这是输入的形状。输出的是类别。'),
        slip(
          () => [10],
          'That is one image: the batch stays as the first axis.',
          '这是一幅图像的情形：批次仍是第一个轴。',
        ),
      ],
    },
    {
      name: 'dense/shift',
      task: both(
        'The logits are (2, 1, −1). Someone adds 5 to each. Which class is predicted then?',
        'logit 为 (2, 1, −1)。每个都加上 5。此时预测的是哪个类别？',
      ),
      answer: {
        kind: 'choice',
        options: [
          both('still the first', '仍是第一个'),
          both('another one', '另一个'),
          both('that cannot be said', '无法判断'),
        ],
        right: 0,
      },
      hints: [both('Which of (7, 6, 4) is the largest?', '(7, 6, 4) 中哪个最大？')],
      solution: both(
        'The largest stays the largest. More than that: the probabilities stay the same too, for softmax knows only differences.',
        '最大的仍是最大的。不仅如此：概率也不变，因为 softmax 只看差值。',
      ),
      slips: [
        slip(() => 1, 'All move by the same amount, so their order stays.', '所有值移动了同样的量，所以顺序不变。'),
        slip(
          () => 2,
          'It can: the largest of (7, 6, 4) is still the first.',
          '可以判断：(7, 6, 4) 中最大的仍是第一个。',
        ),
      ],
    },
  ],
};
