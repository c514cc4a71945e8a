import { bilinearSample, conv1d, conv2d, convTranspose2d, Tape, zeros } from '@tapegrad/core';
import { knobGrid, line, plane, rowsIn, setIn, shaped } from './grids.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

/** How many weights a convolution has: those of a weight that the library takes for such an input. */
export function weightsOf(channels: number, out: number, k: number, groups: number): number {
  const weight = zeros([out, channels / groups, k, k]);
  conv2d(zeros([1, channels, k, k]), weight, { groups });
  return weight.size;
}

const groups: Piece = {
  title: both('Weights of four layers, from C to C channels', '四种层的权重数，C 个通道到 C 个通道'),
  knobs: {
    c: knob(both('channels C', '通道数 C'), 8, 64, 8, 32),
    e: knob(both('groups = 2ᵉ, e', '组数 = 2ᵉ，e'), 0, 3, 1, 2),
    k: knob(both('filter side k', '卷积核边长 k'), 1, 7, 2, 3),
  },
  compute: ({ c, e, k }) => {
    const full = weightsOf(c, c, k, 1);
    const depthwise = weightsOf(c, c, k, c);
    const pointwise = weightsOf(c, c, 1, 1);
    return {
      count: 2 ** e,
      full,
      grouped: weightsOf(c, c, k, 2 ** e),
      depthwise,
      pointwise,
      separable: depthwise + pointwise,
      saved: full / (depthwise + pointwise),
    };
  },
  results: [{ label: both('full / separable', '普通 / 可分离'), of: 'saved', tone: 'good' }],
  pictures: [
    {
      kind: 'bars',
      title: both('Weights', '权重数'),
      range: [0, 40000],
      bars: [
        { label: both('full', '普通'), of: 'full', tone: 'value' },
        { label: both('grouped', '分组'), of: 'grouped', tone: 'third' },
        { label: both('depthwise', '逐通道'), of: 'depthwise', tone: 'third' },
        { label: '1 × 1', of: 'pointwise', tone: 'third' },
        { label: both('depthwise and 1 × 1', '逐通道加 1 × 1'), of: 'separable', tone: 'good' },
      ],
    },
  ],
};

const first = knobGrid('u', [
  [1, 2],
  [3, 4],
]);
const second = knobGrid('v', [
  [0, 1],
  [1, 0],
]);

const pointwise: Piece = {
  title: both('A 1 × 1 convolution of two channels', '两个通道的 1 × 1 卷积'),
  knobs: { ...first.knobs, ...second.knobs, a: knob('a', -3, 3, 0.5, 2), b: knob('b', -3, 3, 0.5, -1) },
  compute: (at) => ({ y: mixed(at)[0][0] }),
  results: [{ label: 'y[0, 0]', of: 'y', tone: 'value' }],
  pictures: [
    {
      kind: 'grids',
      title: both('Two channels of the input, and one of the output', '输入的两个通道与输出的一个通道'),
      grids: [
        { label: 'u', tone: 'value', rows: first.names },
        { label: 'v', tone: 'value', rows: second.names },
        { label: 'y = a·u + b·v', tone: 'value', rows: (at) => mixed(at) },
      ],
    },
  ],
};

/** Two channels, mixed pixel by pixel. */
const mixed = (at: Numbers): number[][] =>
  rowsIn(
    conv2d(
      shaped([...setIn(first, at).flat(), ...setIn(second, at).flat()], [1, 2, 2, 2]),
      shaped([at.a, at.b], [1, 2, 1, 1]),
    ),
  );

const stamped = knobGrid('x', [
  [1, 2],
  [3, 4],
]);
const stamp = knobGrid('w', [
  [1, 2],
  [0, -1],
]);
const spacing = ({ s, p }: Numbers) => ({ stride: s, padding: p });
const ones = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(1));

const transposed: Piece = {
  title: both('Every pixel leaves the filter, times itself', '每个像素都留下乘以自身的卷积核'),
  knobs: {
    ...stamped.knobs,
    ...stamp.knobs,
    s: knob(both('stride s', '步幅 s'), 1, 3, 1, 1),
    p: knob(both('padding p: cut off on each side', '填充 p：每侧裁去'), 0, 1, 1, 0),
  },
  compute: (at) => ({
    side: convTranspose2d(plane(setIn(stamped, at)), plane(setIn(stamp, at)), spacing(at)).shape[2],
  }),
  results: [{ label: both('output side', '输出边长'), of: 'side', tone: 'third' }],
  pictures: [
    {
      kind: 'grids',
      title: both('Where stamps overlap, they are added', '重叠之处相加'),
      grids: [
        { label: 'x', tone: 'value', rows: stamped.names },
        { label: 'w', tone: 'third', rows: stamp.names },
        {
          label: 'y',
          tone: 'value',
          rows: (at) => rowsIn(convTranspose2d(plane(setIn(stamped, at)), plane(setIn(stamp, at)), spacing(at))),
        },
        {
          label: both('stamps that meet there', '该处重叠的次数'),
          tone: 'third',
          rows: (at) => rowsIn(convTranspose2d(plane(ones(2, 2)), plane(ones(2, 2)), spacing(at))),
        },
      ],
    },
  ],
};

/** Which pixels of a 9 × 9 image the middle output of a dilated 3 × 3 filter reads: its gradient. */
function readBy(d: number): number[][] {
  const tape = new Tape();
  try {
    const image = tape.watch(shaped(new Array<number>(81).fill(0), [1, 1, 9, 9]));
    const y = conv2d(image, plane(ones(3, 3)), { dilation: d, padding: d });
    const cotangent = shaped(
      Array.from({ length: 81 }, (_, index) => (index === 40 ? 1 : 0)),
      y.shape,
    );
    return rowsIn(tape.gradients(y, { cotangent }).get(image));
  } finally {
    tape.release();
  }
}

const dilated: Piece = {
  title: both('A 3 × 3 filter with gaps', '带间隔的 3 × 3 卷积核'),
  knobs: { d: knob(both('dilation d', '膨胀率 d'), 1, 4, 1, 2) },
  compute: ({ d }) => {
    const columns = readBy(d)[4].flatMap((g, column) => (g === 0 ? [] : [column]));
    return {
      extent: columns[2] - columns[0] + 1,
      weights: readBy(d)
        .flat()
        .filter((g) => g !== 0).length,
    };
  },
  results: [
    { label: both('pixels from side to side', '从一侧到另一侧的像素数'), of: 'extent', tone: 'value' },
    { label: both('weights', '权重数'), of: 'weights', tone: 'third' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('What the output in the middle reads', '中间的输出所读取的像素'),
      grids: [{ label: both('image', '图像'), tone: 'value', rows: ({ d }) => readBy(d) }],
    },
  ],
};

const ground = knobGrid('x', [
  [0, 2, 4],
  [4, 6, 1],
  [3, 0, 5],
]);

/** One pixel read at a position between the pixels, and its derivatives. */
function readBetween(image: readonly (readonly number[])[], r: number, c: number) {
  const tape = new Tape();
  try {
    const x = tape.watch(plane(image));
    const [row, column] = [tape.watch(line([r])), tape.watch(line([c]))];
    const y = bilinearSample(x, row, column);
    const found = tape.gradients(y);
    return { y: y.item(), x: rowsIn(found.get(x)), row: found.get(row).item(), column: found.get(column).item() };
  } finally {
    tape.release();
  }
}

const deformed = (at: Numbers) => readBetween(setIn(ground, at), 1 + at.dy, 1 + at.dx);

const deformable: Piece = {
  title: both('One weight reads at a position of its own', '一个权重在自己的位置读取'),
  knobs: {
    ...ground.knobs,
    dy: knob(both('offset down, Δy', '向下的偏移 Δy'), -1, 0.9, 0.1, -0.5),
    dx: knob(both('offset to the right, Δx', '向右的偏移 Δx'), -1, 0.9, 0.1, 0.3),
  },
  compute: (at) => {
    const { y, row, column } = deformed(at);
    return { y, byRow: row, byColumn: column };
  },
  results: [
    { label: both('what is read', '读到的值'), of: 'y', tone: 'value' },
    { label: '∂y/∂Δy', of: 'byRow', tone: 'gradient' },
    { label: '∂y/∂Δx', of: 'byColumn', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'Framed: the pixel without an offset. The four pixels around the position share the gradient',
        '加框的是没有偏移时的像素。位置周围的四个像素分享梯度',
      ),
      grids: [
        { label: 'x', tone: 'value', rows: ground.names, framed: () => [[1, 1]] },
        { label: '∂y/∂x', tone: 'gradient', rows: (at) => deformed(at).x },
      ],
    },
  ],
};

const signal = knobGrid('x', [[0, 0, 1, 3, 3, 3, 0, 0]]);
const difference = knobGrid('w', [[-1, 0, 1]]);

const axes: Piece = {
  title: both('A filter along one axis', '沿一个轴的卷积核'),
  knobs: { ...signal.knobs, ...difference.knobs, k: knob(both('filter side k', '卷积核边长 k'), 1, 7, 2, 3) },
  compute: ({ k }) => ({
    one: conv1d(zeros([1, 1, k]), zeros([1, 1, k])).size * zeros([1, 1, k]).size,
    two: zeros([1, 1, k, k]).size,
    three: zeros([1, 1, k, k, k]).size,
  }),
  results: [
    { label: both('weights in 1-D', '一维的权重数'), of: 'one', tone: 'third' },
    { label: both('in 2-D', '二维'), of: 'two', tone: 'third' },
    { label: both('in 3-D', '三维'), of: 'three', tone: 'third' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'The filter (−1, 0, 1) answers where the signal rises or falls',
        '卷积核 (−1, 0, 1) 在信号上升或下降处有响应',
      ),
      grids: [
        { label: 'x', tone: 'value', rows: signal.names },
        { label: 'w', tone: 'third', rows: difference.names },
        {
          label: 'y',
          tone: 'value',
          rows: (at) => rowsIn(conv1d(line(setIn(signal, at)[0]), line(setIn(difference, at)[0]))),
        },
      ],
    },
  ],
};

const counted = [
  [1, 2],
  [3, 4],
];

export const kin: Chapter = {
  name: 'kin',
  pieces: { groups, pointwise, transposed, dilated, deformable, axes },
  facts: [],
  exercises: [
    {
      name: 'kin/grouped',
      task: both(
        'A 3 × 3 convolution from 8 to 16 channels in 4 groups, without biases. How many weights?',
        '一个 3 × 3 卷积从 8 个通道到 16 个通道，分 4 组，没有偏置。有多少权重？',
      ),
      answer: { kind: 'number', right: () => weightsOf(8, 16, 3, 4), tolerance: 0.001 },
      hints: [
        both('Each filter sees the channels of its own group: 8/4 = 2.', '每个卷积核只看到本组的通道：8/4 = 2 个。'),
        both('There are still 16 filters.', '卷积核仍有 16 个。'),
      ],
      solution: both(
        '16 filters of 2·3·3 weights: 288, a quarter of 1152.',
        '16 个卷积核，每个 2·3·3 个权重：288，是 1152 的四分之一。',
      ),
      slips: [
        slip(
          () => 1152,
          'That is without groups: each filter would see all 8 channels.',
          '这是不分组的情形：每个卷积核会看到全部 8 个通道。',
        ),
        slip(() => 72, 'All 4 groups have filters: 4 of them each.', '4 个组都有卷积核，每组 4 个。'),
        slip(() => 4608, 'Groups divide the weights, they do not multiply them.', '分组使权重减少，而不是增多。'),
      ],
    },
    {
      name: 'kin/separable',
      task: both(
        'From 32 to 64 channels: a depthwise 3 × 3 convolution, then a 1 × 1 convolution, without biases. How many weights together?',
        '从 32 个通道到 64 个通道：先做逐通道的 3 × 3 卷积，再做 1 × 1 卷积，没有偏置。一共有多少权重？',
      ),
      answer: { kind: 'number', right: () => weightsOf(32, 32, 3, 32) + weightsOf(32, 64, 1, 1), tolerance: 0.001 },
      hints: [
        both('Depthwise: one 3 × 3 filter for each of the 32 channels.', '逐通道：32 个通道各有一个 3 × 3 卷积核。'),
      ],
      solution: both(
        '32·9 + 32·64 = 288 + 2048 = 2336, instead of 18432.',
        '32·9 + 32·64 = 288 + 2048 = 2336，而普通卷积是 18432。',
      ),
      slips: [
        slip(() => 18432, 'That is the full 3 × 3 convolution.', '这是普通的 3 × 3 卷积。'),
        slip(() => 2624, 'The depthwise part keeps the 32 channels: 32·9.', '逐通道部分保持 32 个通道：32·9。'),
        slip(() => 288, 'Add the 1 × 1 convolution: 32·64.', '还要加上 1 × 1 卷积：32·64。'),
        slip(() => 2048, 'Add the depthwise part: 32·9.', '还要加上逐通道部分：32·9。'),
      ],
    },
    {
      name: 'kin/transposed',
      task: both(
        'A transposed convolution with stride 2: x has the rows (1, 0), (0, 0), the filter (1, 2), (3, 4). What is the first row of the output, four numbers?',
        '步幅为 2 的转置卷积：x 的各行是 (1, 0)、(0, 0)，卷积核是 (1, 2)、(3, 4)。输出的第一行是什么（四个数）？',
      ),
      answer: {
        kind: 'list',
        right: () =>
          rowsIn(
            convTranspose2d(
              plane([
                [1, 0],
                [0, 0],
              ]),
              plane(counted),
              { stride: 2 },
            ),
          )[0],
        tolerance: 0.001,
      },
      hints: [
        both(
          'Only the first pixel is not 0: it leaves the filter once, in the upper left corner.',
          '只有第一个像素不为 0：它在左上角留下一次卷积核。',
        ),
      ],
      solution: both('1, 2, 0, 0: the filter as it is, not turned.', '1, 2, 0, 0：原样的卷积核，没有旋转。'),
      slips: [
        slip(
          () => [4, 3, 0, 0],
          'The stamp is not turned. The turn is seen when one output collects.',
          '盖下的卷积核不旋转。从一个输出收集时才看到旋转。',
        ),
        slip(
          () => [1, 0, 2, 0],
          'The weights stay together; the stride moves the stamps apart.',
          '权重保持相邻；步幅拉开的是各次盖印的位置。',
        ),
        slip(() => [1, 2], 'The output is 4 × 4: (2 − 1)·2 + 2.', '输出是 4 × 4：(2 − 1)·2 + 2。'),
      ],
    },
    {
      name: 'kin/transposed-size',
      task: both(
        'A transposed convolution with a 4 × 4 filter, stride 2 and padding 1 on an image of 16 × 16. How many pixels high is the output?',
        '转置卷积，卷积核 4 × 4，步幅 2，填充 1，图像 16 × 16。输出有多少像素高？',
      ),
      answer: {
        kind: 'number',
        right: () => convTranspose2d(zeros([1, 1, 16, 16]), zeros([1, 1, 4, 4]), { stride: 2, padding: 1 }).shape[2],
        tolerance: 0.001,
      },
      hints: [both('(n − 1)·s + k − 2p.', '(n − 1)·s + k − 2p。')],
      solution: both(
        '15·2 + 4 − 2 = 32: exactly twice as high, a usual choice.',
        '15·2 + 4 − 2 = 32：恰好是两倍高，这是常用的选择。',
      ),
      slips: [
        slip(
          () => 8,
          'That is the size of a convolution by that filter. The transposed one leads the other way.',
          '这是用该卷积核做普通卷积的尺寸。转置卷积方向相反。',
        ),
        slip(() => 34, 'The padding is cut off on both sides: − 2.', '填充在两侧裁去：− 2。'),
        slip(() => 36, 'Here padding makes the output smaller.', '这里填充使输出变小。'),
        slip(() => 33, 'Cut off on both sides: − 2·1.', '两侧都裁去：− 2·1。'),
      ],
    },
    {
      name: 'kin/dilated',
      task: both(
        'How many pixels wide is what a 3 × 3 filter with dilation 4 covers?',
        '膨胀率为 4 的 3 × 3 卷积核覆盖多少像素宽？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const columns = readBy(4)[4].flatMap((g, column) => (g === 0 ? [] : [column]));
          return columns[2] - columns[0] + 1;
        },
        tolerance: 0.001,
      },
      hints: [both('d·(k − 1) + 1.', 'd·(k − 1) + 1。')],
      solution: both('4·2 + 1 = 9, with nine weights as before.', '4·2 + 1 = 9，权重仍是九个。'),
      slips: [
        slip(() => 12, 'There are two steps between three weights, not three.', '三个权重之间有两步，而不是三步。'),
        slip(() => 8, 'The first pixel counts too: + 1.', '第一个像素也要计入：+ 1。'),
        slip(
          () => 11,
          'A dilation of 4 is a step of 4, with 3 pixels between.',
          '膨胀率 4 表示每步 4 个像素，中间隔 3 个。',
        ),
      ],
    },
    {
      name: 'kin/offset',
      task: both(
        'Between the pixels 2 and 6, which stand beside each other, a deformable convolution reads at a quarter of the way. What does it read?',
        '两个相邻像素的值是 2 和 6，可变形卷积在它们之间四分之一处读取。读到的值是多少？',
      ),
      answer: { kind: 'number', right: () => readBetween([[2, 6]], 0, 0.25).y, tolerance: 0.001 },
      hints: [
        both(
          'Three quarters of the nearer pixel, one quarter of the other.',
          '较近的像素占四分之三，另一个占四分之一。',
        ),
      ],
      solution: both(
        '0.75·2 + 0.25·6 = 3. The derivative with respect to the offset is 6 − 2 = 4.',
        '0.75·2 + 0.25·6 = 3。对偏移的导数是 6 − 2 = 4。',
      ),
      slips: [
        slip(
          () => 5,
          'The nearer pixel counts more: at a quarter that is the 2.',
          '较近的像素占比更大：四分之一处较近的是 2。',
        ),
        slip(
          () => 4,
          'That is the middle, or the derivative with respect to the offset.',
          '这是正中间的值，或是对偏移的导数。',
        ),
      ],
    },
    {
      name: 'kin/extent-formula',
      task: both(
        'A kernel of k taps with dilation d. Write how many pixels it spans as a formula in k and d.',
        '卷积核有 k 个权重，膨胀率为 d。请用 k 和 d 写出它跨越多少像素的公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { k: 3, d: 1 },
          { k: 3, d: 2 },
          { k: 5, d: 4 },
          { k: 1, d: 3 },
        ],
        // Of 50 pixels as many outputs are left as the kernel has positions.
        right: ({ k, d }) =>
          51 - conv1d(zeros([1, 1, 50]), zeros([1, 1, k as number]), { dilation: d as number }).shape[2],
        shown: 'd * (k - 1) + 1',
        others: ['1 + d*k - d', '(k - 1) * d + 1', 'k + (k - 1)*(d - 1)'],
      },
      hints: [both('Between k taps there are k − 1 gaps.', 'k 个权重之间有 k − 1 个间隔。')],
      solution: both(
        'd·(k − 1) + 1: k − 1 steps of d pixels, and the first tap itself.',
        'd·(k − 1) + 1：k − 1 步，每步 d 个像素，再加上第一个权重本身。',
      ),
      slips: [
        slip(() => 'd * k', 'Behind the last tap there is no gap.', '最后一个权重之后没有间隔。'),
        slip(() => 'd * (k - 1)', 'The first tap itself counts: + 1.', '第一个权重本身也要计入：+ 1。'),
        slip(
          () => 'k + d - 1',
          'Each of the k − 1 gaps widens, not one alone.',
          'k − 1 个间隔都会变宽，而不只是一个。',
        ),
      ],
    },
  ],
};
