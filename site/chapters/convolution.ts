import { conv1d, conv2d, flip, ShapeError, shapeOf, sum, Tape, type Tensor, zeros } from '@tapegrad/core';
import { knobGrid, plane, rowsIn, setIn } from './grids.ts';
import { listOf, named } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

const x = knobGrid('x', [
  [1, 2, 0, 1],
  [3, 1, 1, 0],
  [0, 2, 4, 1],
  [1, 0, 2, 3],
]);
const w = knobGrid('w', [
  [1, 2],
  [0, -1],
]);
const row = knob(both('row r of the output', '输出的行 r'), 0, 2, 1, 1);
const column = knob(both('column c of the output', '输出的列 c'), 0, 2, 1, 1);

/** The four cells under a 2 × 2 filter at an output. */
const windowAt = ({ r, c }: Numbers): [number, number][] => [
  [r, c],
  [r, c + 1],
  [r + 1, c],
  [r + 1, c + 1],
];

const slide: Piece = {
  title: both('The filter slides over the image', '卷积核在图像上滑动'),
  knobs: { ...x.knobs, ...w.knobs, r: row, c: column },
  compute: (at) => {
    const image = setIn(x, at);
    const cells = windowAt(at).map(([r, c]) => image[r][c]);
    return { ...named('p', cells), y: rowsIn(conv2d(plane(image), plane(setIn(w, at))))[at.r][at.c] };
  },
  results: [{ label: 'y[r, c]', of: 'y', tone: 'value' }],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'Change the image x and the filter w: framed is what y[r, c] is computed from',
        '修改图像 x 与卷积核 w：加框的是计算 y[r, c] 所用的数',
      ),
      grids: [
        { label: 'x', tone: 'value', rows: x.names, framed: windowAt },
        { label: 'w', tone: 'third', rows: w.names },
        {
          label: both('y: cross-correlation', 'y：互相关'),
          tone: 'value',
          rows: (at) => rowsIn(conv2d(plane(setIn(x, at)), plane(setIn(w, at)))),
          framed: ({ r, c }) => [[r, c]],
        },
        {
          label: both('convolution of mathematics', '数学中的卷积'),
          tone: 'good',
          rows: (at) => rowsIn(conv2d(plane(setIn(x, at)), turned(plane(setIn(w, at))))),
          framed: ({ r, c }) => [[r, c]],
        },
      ],
    },
  ],
};

/** Turned by 180°: read backwards along rows and columns. */
const turned = (filter: Tensor): Tensor => flip(filter, { axes: [2, 3] });

interface Window {
  readonly n: number;
  readonly k: number;
  readonly s: number;
  readonly p: number;
  readonly d: number;
}

/** A window over one axis of n pixels: how many outputs it has, none where it does not fit, and how often each pixel is read. */
function slideOver({ n, k, s, p, d }: Window): { readonly outputs: number; readonly reads: number[] } {
  const tape = new Tape();
  try {
    const padded = tape.watch(zeros([1, 1, n + 2 * p], { dtype: 'float64' }));
    const y = conv1d(padded, onesOf(k), { stride: s, dilation: d });
    return { outputs: y.size, reads: listOf(tape.gradients(sum(y)).get(padded)) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return { outputs: 0, reads: new Array<number>(n + 2 * p).fill(0) };
  } finally {
    tape.release();
  }
}

/** A filter of k ones along one axis. */
const onesOf = (k: number): number[][][] => [[new Array<number>(k).fill(1)]];

const windowOf = ({ n, k, s, p, d }: Numbers): Window => ({ n, k, s, p, d });

const sizes: Piece = {
  title: both('How many outputs', '有多少个输出'),
  knobs: {
    n: knob(both('input length n', '输入长度 n'), 3, 10, 1, 7),
    k: knob(both('filter length k', '卷积核长度 k'), 1, 5, 1, 3),
    s: knob(both('stride s', '步幅 s'), 1, 4, 1, 2),
    p: knob(both('padding p on each side', '每侧填充 p'), 0, 3, 1, 1),
    d: knob(both('dilation d', '膨胀率 d'), 1, 3, 1, 1),
  },
  compute: (at) => {
    const extent = at.d * (at.k - 1) + 1;
    return {
      extent,
      free: at.n + 2 * at.p - extent,
      outputs: slideOver(windowOf(at)).outputs,
      same: (extent - 1) / 2,
    };
  },
  results: [
    { label: both('length under the filter', '卷积核覆盖的长度'), of: 'extent', tone: 'third' },
    { label: both('outputs', '输出个数'), of: 'outputs', tone: 'value' },
    {
      label: both('padding that keeps the length at stride 1', '步幅为 1 时保持长度的填充'),
      of: 'same',
      tone: 'third',
    },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'The padded input: how many outputs read each element; framed are the zeros of the padding',
        '填充后的输入：每个元素被多少个输出读取；加框的是填充的零',
      ),
      grids: [
        {
          label: both('reads', '读取次数'),
          tone: 'value',
          rows: (at) => [slideOver(windowOf(at)).reads],
          framed: ({ n, p }) => Array.from({ length: 2 * p }, (_, i) => [0, i < p ? i : n + i] as const),
        },
      ],
    },
  ],
};

/** What a convolution of images of n × n pixels with "same" padding learns and does. */
export function costOf({ in: channels, out, k, n, s }: Numbers): {
  readonly parameters: number;
  readonly work: number;
} {
  const weight = zeros([out, channels, k, k]);
  const side = Math.floor((n - 1) / s) + 1;
  return { parameters: weight.size + out, work: side * side * weight.size };
}

const cost: Piece = {
  title: both('Parameters and work', '参数量与计算量'),
  knobs: {
    in: knob(both('input channels', '输入通道数'), 1, 64, 1, 3),
    out: knob(both('output channels', '输出通道数'), 1, 64, 1, 16),
    k: knob(both('filter side k (odd)', '卷积核边长 k（奇数）'), 1, 7, 2, 3),
    n: knob(both('image side n', '图像边长 n'), 8, 64, 1, 32),
    s: knob(both('stride s', '步幅 s'), 1, 4, 1, 1),
  },
  compute: (at) => {
    const { parameters, work } = costOf(at);
    const side = Math.floor((at.n - 1) / at.s) + 1;
    return { side, parameters, work, dense: (at.in * at.n * at.n + 1) * at.out * side * side };
  },
  results: [
    { label: both('output side', '输出边长'), of: 'side', tone: 'third' },
    { label: both('parameters', '参数量'), of: 'parameters', tone: 'value' },
    { label: both('multiply-adds for one image', '每幅图像的乘加次数'), of: 'work', tone: 'value' },
    { label: both('parameters of a dense layer instead', '改用全连接层的参数量'), of: 'dense', tone: 'third' },
  ],
  pictures: [],
};

/** How far the elements of the input reach that the first output of a stack of convolutions depends on: those with a gradient. */
export function fieldOf(layers: number, k: number, s: number): number {
  // The shortest input that gives one output, and two more that give others.
  let length = 1;
  for (let layer = 0; layer < layers; layer++) length = (length - 1) * s + k;
  const tape = new Tape();
  try {
    const input = tape.watch(zeros([1, 1, length + 2], { dtype: 'float64' }));
    let y = input;
    for (let layer = 0; layer < layers; layer++) y = conv1d(y, onesOf(k), { stride: s });
    const first = listOf(y).map((_, index) => (index === 0 ? 1 : 0));
    const gradient = listOf(tape.gradients(y, { cotangent: [[first]] }).get(input));
    return gradient.findLastIndex((g) => g !== 0) + 1;
  } finally {
    tape.release();
  }
}

const field: Piece = {
  title: both('How much of the input one output sees', '一个输出能看到多少输入'),
  knobs: {
    k: knob(both('filter side k', '卷积核边长 k'), 1, 5, 1, 3),
    s: knob(both('stride s of every layer', '每层的步幅 s'), 1, 3, 1, 1),
  },
  compute: ({ k, s }) =>
    named(
      'field',
      [1, 2, 3, 4, 5].map((layers) => fieldOf(layers, k, s)),
    ),
  results: [],
  pictures: [
    {
      kind: 'bars',
      title: both('Side of the receptive field, by the number of layers', '感受野边长与层数'),
      range: [0, 30],
      bars: [1, 2, 3, 4, 5].map((layers) => ({
        label: both(`${layers} ${layers === 1 ? 'layer' : 'layers'}`, `${layers} 层`),
        of: `field${layers}`,
        tone: 'value',
      })),
    },
  ],
};

const small = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const corners = [
  [1, 0],
  [0, 1],
];
const sideOf = (n: number, k: number, options: { stride?: number; padding?: number; dilation?: number } = {}) =>
  shapeOf((x) => conv2d(x, zeros([1, 1, k, k]), options), [1, 1, n, n])[2];

export const convolution: Chapter = {
  name: 'convolution',
  pieces: { slide, sizes, cost, field },
  facts: [],
  exercises: [
    {
      name: 'convolution/by-hand',
      task: both(
        'The image has the rows (1, 2, 3), (4, 5, 6), (7, 8, 9), the filter the rows (1, 0), (0, 1). What are the four outputs of the layer, row by row?',
        '图像的各行是 (1, 2, 3)、(4, 5, 6)、(7, 8, 9)，卷积核的各行是 (1, 0)、(0, 1)。该层的四个输出是什么（逐行写出）？',
      ),
      answer: { kind: 'list', right: () => listOf(conv2d(plane(small), plane(corners))), tolerance: 0.001 },
      hints: [
        both(
          'Each output is the upper left number of its window plus the lower right one.',
          '每个输出是窗口左上角的数加上右下角的数。',
        ),
        both('The first is 1 + 5.', '第一个是 1 + 5。'),
      ],
      solution: both('1 + 5 = 6, 2 + 6 = 8, 4 + 8 = 12, 5 + 9 = 14.', '1 + 5 = 6，2 + 6 = 8，4 + 8 = 12，5 + 9 = 14。'),
      slips: [
        slip(
          () => [6, 14],
          'The windows overlap: at stride 1 there are four of them, not only those along the diagonal.',
          '窗口会重叠：步幅为 1 时共有四个窗口，而不只是对角线上的两个。',
        ),
        slip(
          () => [1, 2, 4, 5],
          'The lower right weight is 1 too: add that number.',
          '右下角的权重也是 1：还要加上那个数。',
        ),
        slip(
          () => [12, 16, 24, 28],
          'That is the sum of all four numbers of each window. Two of the weights are 0.',
          '这是每个窗口中四个数之和。其中两个权重是 0。',
        ),
      ],
    },
    {
      name: 'convolution/flip',
      task: both(
        'The same image, and a filter with the rows (1, 0), (0, −1). By how much is the convolution of mathematics larger than the output of the layer, in the upper left corner?',
        '同一幅图像，卷积核的各行是 (1, 0)、(0, −1)。在左上角，数学中的卷积比该层的输出大多少？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const filter = plane([
            [1, 0],
            [0, -1],
          ]);
          return listOf(conv2d(plane(small), turned(filter)))[0] - listOf(conv2d(plane(small), filter))[0];
        },
        tolerance: 0.001,
      },
      hints: [
        both(
          'The layer gives 1 − 5. The convolution turns the filter first.',
          '该层给出 1 − 5。数学中的卷积先旋转卷积核。',
        ),
        both('Turned by 180° the filter has the rows (−1, 0), (0, 1).', '旋转 180° 后卷积核的各行是 (−1, 0)、(0, 1)。'),
      ],
      solution: both(
        'The layer: 1 − 5 = −4. Turned: −1 + 5 = 4. The difference is 8.',
        '该层：1 − 5 = −4。旋转后：−1 + 5 = 4。相差 8。',
      ),
      slips: [
        slip(
          () => 0,
          'They agree only where the filter is the same after half a turn.',
          '只有当卷积核旋转半圈后不变时两者才相等。',
        ),
        slip(
          () => 4,
          'That is the convolution itself: subtract the −4 of the layer.',
          '这是卷积本身：还要减去该层的 −4。',
        ),
        slip(() => -8, 'The other way round: convolution less layer.', '反了：应是卷积减去该层的输出。'),
      ],
    },
    {
      name: 'convolution/size',
      task: both(
        'An image of 224 × 224 goes through a filter of 7 × 7 with stride 2 and padding 3. What are height and width of the output?',
        '一幅 224 × 224 的图像经过 7 × 7 的卷积核，步幅 2，填充 3。输出的高和宽是多少？',
      ),
      answer: {
        kind: 'shape',
        right: () => {
          const side = sideOf(224, 7, { stride: 2, padding: 3 });
          return [side, side];
        },
      },
      hints: [
        both('⌊(n + 2p − k)/s⌋ + 1.', '⌊(n + 2p − k)/s⌋ + 1。'),
        both('(224 + 6 − 7)/2 = 111.5.', '(224 + 6 − 7)/2 = 111.5。'),
      ],
      solution: both('⌊111.5⌋ + 1 = 112, so 112, 112.', '⌊111.5⌋ + 1 = 112，即 112, 112。'),
      slips: [
        slip(
          () => [111, 111],
          'Rounded down it is 111; the first position counts too: + 1.',
          '向下取整是 111；还要算上第一个位置：+ 1。',
        ),
        slip(
          () => [109, 109],
          'Without padding that is right. Here 3 zeros stand on each side.',
          '没有填充时是这样。这里每侧有 3 个零。',
        ),
        slip(() => [224, 224], 'The stride of 2 skips every second position.', '步幅 2 会跳过每隔一个的位置。'),
        slip(() => [113, 113], 'The 111.5 is rounded down, not up.', '111.5 要向下取整，而不是向上。'),
      ],
    },
    {
      name: 'convolution/same',
      task: both(
        'Which padding keeps the size of an image under a 5 × 5 filter with stride 1?',
        '步幅为 1、卷积核为 5 × 5 时，多大的填充能保持图像的尺寸？',
      ),
      answer: {
        kind: 'number',
        right: () => [0, 1, 2, 3, 4].findIndex((padding) => sideOf(9, 5, { padding }) === 9),
        tolerance: 0.001,
      },
      hints: [both('n + 2p − 5 + 1 = n.', 'n + 2p − 5 + 1 = n。')],
      solution: both('2p = 4, so p = 2: (k − 1)/2 for an odd k.', '2p = 4，所以 p = 2：k 为奇数时是 (k − 1)/2。'),
      slips: [
        slip(() => 4, 'That is the padding of both sides together.', '这是两侧填充之和。'),
        slip(() => 1, 'That is for 3 × 3.', '这是 3 × 3 的情形。'),
        slip(() => 2.5, '(k − 1)/2, not k/2.', '是 (k − 1)/2，而不是 k/2。'),
      ],
    },
    {
      name: 'convolution/parameters',
      task: both(
        'A layer has 3 input channels and 16 filters of 3 × 3, each with a bias. How many parameters?',
        '某层有 3 个输入通道和 16 个 3 × 3 的卷积核，每个带一个偏置。共有多少参数？',
      ),
      answer: {
        kind: 'number',
        right: () => costOf({ in: 3, out: 16, k: 3, n: 32, s: 1 }).parameters,
        tolerance: 0.001,
      },
      hints: [
        both(
          'A filter reaches through all input channels: 3·3·3 weights.',
          '一个卷积核贯穿所有输入通道：3·3·3 个权重。',
        ),
      ],
      solution: both('16·(3·3·3 + 1) = 448, whatever the size of the image.', '16·(3·3·3 + 1) = 448，与图像大小无关。'),
      slips: [
        slip(
          () => 160,
          'Each filter has weights for all 3 input channels: 27, not 9.',
          '每个卷积核对 3 个输入通道都有权重：27 个，而不是 9 个。',
        ),
        slip(() => 432, 'Add the 16 biases.', '还要加上 16 个偏置。'),
        slip(
          () => 480,
          'A filter has one bias, not one for each input channel.',
          '一个卷积核只有一个偏置，而不是每个输入通道一个。',
        ),
      ],
    },
    {
      name: 'convolution/work',
      task: both(
        'How many multiply-adds does that layer need for one image of 32 × 32, with padding 1 and stride 1?',
        '填充 1、步幅 1 时，该层对一幅 32 × 32 的图像需要多少次乘加？',
      ),
      answer: { kind: 'number', right: () => costOf({ in: 3, out: 16, k: 3, n: 32, s: 1 }).work, tolerance: 0.5 },
      hints: [
        both('Each output needs 27 of them. How many outputs are there?', '每个输出需要 27 次。共有多少个输出？'),
      ],
      solution: both('16·32·32 outputs times 27: 442368.', '16·32·32 个输出乘以 27：442368。'),
      slips: [
        slip(
          () => 16384,
          'That is the number of outputs. Each needs 3·3·3 multiply-adds.',
          '这是输出的个数。每个输出需要 3·3·3 次乘加。',
        ),
        slip(() => 147456, 'Each output sums over all 3 input channels.', '每个输出要对 3 个输入通道求和。'),
        slip(
          () => 884736,
          'That counts multiplications and additions apart: FLOPs, twice as many.',
          '这是把乘法和加法分开计数：即 FLOPs，为两倍。',
        ),
        slip(() => 27648, 'There are 16 filters.', '共有 16 个卷积核。'),
      ],
    },
    {
      name: 'convolution/field',
      task: both(
        'Three layers of 3 × 3 with stride 1 one after another. How many pixels high is the receptive field of an output?',
        '三个步幅为 1 的 3 × 3 卷积层依次相连。一个输出的感受野有多少像素高？',
      ),
      answer: { kind: 'number', right: () => fieldOf(3, 3, 1), tolerance: 0.001 },
      hints: [both('Each layer adds k − 1 = 2.', '每层增加 k − 1 = 2。')],
      solution: both(
        '1 + 2 + 2 + 2 = 7: as one 7 × 7 filter, with 27 weights instead of 49.',
        '1 + 2 + 2 + 2 = 7：相当于一个 7 × 7 的卷积核，权重是 27 个而不是 49 个。',
      ),
      slips: [
        slip(() => 9, 'The windows overlap: each layer adds 2, not 3.', '窗口会重叠：每层增加 2，而不是 3。'),
        slip(
          () => 3,
          'That is one layer. Its inputs see more than one pixel.',
          '这是一层的感受野。后面各层的输入本身就看到不止一个像素。',
        ),
        slip(() => 27, 'That would be with stride 3.', '步幅为 3 时才是这样。'),
      ],
    },
    {
      name: 'convolution/size-formula',
      task: both(
        'n pixels, a kernel of k, padding p on each side, stride s, and it comes out even. Write the length of the output as a formula in n, k, p and s.',
        'n 个像素，卷积核长 k，每侧填充 p，步幅 s，且恰好整除。请用 n、k、p 和 s 写出输出长度的公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { n: 28, k: 5, p: 0, s: 1 },
          { n: 32, k: 3, p: 1, s: 1 },
          { n: 33, k: 3, p: 1, s: 2 },
          { n: 9, k: 4, p: 2, s: 3 },
        ],
        right: ({ n, k, p, s }) =>
          conv1d(zeros([1, 1, n as number]), zeros([1, 1, k as number]), { padding: p as number, stride: s as number })
            .shape[2],
        shown: '(n + 2*p - k) / s + 1',
        others: ['(n - k + 2*p + s) / s', '1 + (n + p + p - k)/s'],
      },
      hints: [both('How far can the kernel move, in steps of s?', '卷积核以步幅 s 能移动多远？')],
      solution: both(
        '(n + 2p − k)/s + 1: it moves over n + 2p − k pixels in steps of s, and begins with one position.',
        '(n + 2p − k)/s + 1：它以步幅 s 移过 n + 2p − k 个像素，而起点本身也算一个位置。',
      ),
      slips: [
        slip(() => '(n - k) / s + 1', 'The padding is missing: p on each side.', '缺少填充：每侧各 p。'),
        slip(() => '(n + p - k) / s + 1', 'Padding stands on both sides: 2p.', '填充在两侧：2p。'),
        slip(() => '(n + 2*p - k) / s', 'The first position counts as well: + 1.', '第一个位置也要计入：+ 1。'),
        slip(() => 'n + 2*p - k + 1', 'That is with stride 1.', '这是步幅为 1 的情形。'),
      ],
    },
  ],
};
