import {
  adaptiveAvgPool1d,
  avgPool2d,
  globalAvgPool,
  globalMaxPool,
  maxPool2d,
  sum,
  Tape,
  type Tensor,
  zeros,
} from '@tapegrad/core';
import { knobGrid, line, plane, rowsIn, setIn } from './grids.ts';
import { listOf } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

type Plane = readonly (readonly number[])[];
type Pool = (x: Tensor) => Tensor;

/** What a pooling makes of an image, and what it hands back of g. */
function pooled(x: Plane, pool: Pool, g?: Plane): { readonly y: number[][]; readonly x: number[][] } {
  const tape = new Tape();
  try {
    const input = tape.watch(plane(x));
    const y = pool(input);
    const found = g ? tape.gradients(y, { cotangent: plane(g) }) : tape.gradients(sum(y));
    return { y: rowsIn(y), x: rowsIn(found.get(input)) };
  } finally {
    tape.release();
  }
}

const max =
  (kernelSize: number, stride = kernelSize): Pool =>
  (x) =>
    maxPool2d(x, { kernelSize, stride });
const average =
  (kernelSize: number, stride = kernelSize): Pool =>
  (x) =>
    avgPool2d(x, { kernelSize, stride });

const image = knobGrid('x', [
  [1, 3, 2, 2],
  [0, 2, 1, 2],
  [5, 1, 0, 4],
  [2, 6, 3, 1],
]);
const arriving = knobGrid('g', [
  [1, 2],
  [-1, 4],
]);

/** The cells under the window of an output. */
const under = (r: number, c: number, size: number): [number, number][] =>
  Array.from({ length: size * size }, (_, index) => [r + Math.floor(index / size), c + (index % size)]);

const maximum: Piece = {
  title: both('The largest and the mean of each window', '每个窗口的最大值与平均值'),
  knobs: {
    ...image.knobs,
    ...arriving.knobs,
    r: knob(both('row of the output', '输出的行'), 0, 1, 1, 0),
    c: knob(both('column of the output', '输出的列'), 0, 1, 1, 1),
  },
  compute: (at) => {
    const [x, g] = [setIn(image, at), setIn(arriving, at)];
    return {
      largest: pooled(x, max(2)).y[at.r][at.c],
      mean: pooled(x, average(2)).y[at.r][at.c],
      came: g[at.r][at.c],
      share: pooled(x, average(2), g).x[2 * at.r][2 * at.c],
    };
  },
  results: [
    { label: both('largest', '最大值'), of: 'largest', tone: 'value' },
    { label: both('mean', '平均值'), of: 'mean', tone: 'value' },
    {
      label: both('each pixel’s share of g in average pooling', '平均池化中每个像素分得的 g'),
      of: 'share',
      tone: 'gradient',
    },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('Forward: windows of 2 × 2 side by side', '前向：并排的 2 × 2 窗口'),
      grids: [
        { label: 'x', tone: 'value', rows: image.names, framed: ({ r, c }) => under(2 * r, 2 * c, 2) },
        {
          label: both('max', '最大池化'),
          tone: 'value',
          rows: (at) => pooled(setIn(image, at), max(2)).y,
          framed: ({ r, c }) => [[r, c]],
        },
        {
          label: both('average', '平均池化'),
          tone: 'value',
          rows: (at) => pooled(setIn(image, at), average(2)).y,
          framed: ({ r, c }) => [[r, c]],
        },
      ],
    },
    {
      kind: 'grids',
      title: both('Back: g is what arrives at the output', '反向：g 是到达输出的梯度'),
      grids: [
        { label: 'g', tone: 'gradient', rows: arriving.names, framed: ({ r, c }) => [[r, c]] },
        {
          label: both('∂L/∂x, max', '∂L/∂x，最大池化'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(image, at), max(2), setIn(arriving, at)).x,
          framed: ({ r, c }) => under(2 * r, 2 * c, 2),
        },
        {
          label: both('∂L/∂x, average', '∂L/∂x，平均池化'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(image, at), average(2), setIn(arriving, at)).x,
          framed: ({ r, c }) => under(2 * r, 2 * c, 2),
        },
      ],
    },
  ],
};

const tied = ({ a, b }: Numbers): Plane => [
  [a, b],
  [0, 0],
];

const ties: Piece = {
  title: both('Two candidates for the maximum', '最大值的两个候选'),
  knobs: { a: knob('a', 0, 3, 0.5, 2), b: knob('b', 0, 3, 0.5, 2) },
  compute: (at) => {
    const [[byA, byB]] = pooled(tied(at), max(2)).x;
    return { y: pooled(tied(at), max(2)).y[0][0], byA, byB };
  },
  results: [
    { label: 'max(a, b, 0, 0)', of: 'y', tone: 'value' },
    { label: '∂y/∂a', of: 'byA', tone: 'gradient' },
    { label: '∂y/∂b', of: 'byB', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('y and its slope when b alone changes', '只改变 b 时的 y 及其斜率'),
      x: { label: 'b', knob: 'b' },
      y: [0, 3],
      lines: [
        { label: 'y', tone: 'value', values: (bs, { a }) => bs.map((b) => pooled(tied({ a, b }), max(2)).y[0][0]) },
        {
          label: '∂y/∂b',
          tone: 'gradient',
          values: (bs, { a }) => bs.map((b) => pooled(tied({ a, b }), max(2)).x[0][1]),
        },
      ],
    },
  ],
};

const field = knobGrid('x', [
  [1, 2, 0, 1],
  [0, 9, 1, 3],
  [2, 1, 4, 0],
  [1, 0, 2, 1],
]);

const overlap: Piece = {
  title: both('Windows of 2 × 2 that overlap', '相互重叠的 2 × 2 窗口'),
  knobs: { ...field.knobs, s: knob(both('stride', '步幅'), 1, 2, 1, 1) },
  compute: (at) => ({ won: Math.max(...pooled(setIn(field, at), max(2, at.s)).x.flat()) }),
  results: [{ label: both('most windows won by one pixel', '单个像素赢得的最多窗口数'), of: 'won', tone: 'gradient' }],
  pictures: [
    {
      kind: 'grids',
      title: both('L is the sum of all outputs, so each of them sends back 1', 'L 是所有输出之和，所以每个输出传回 1'),
      grids: [
        { label: 'x', tone: 'value', rows: field.names },
        { label: both('max', '最大池化'), tone: 'value', rows: (at) => pooled(setIn(field, at), max(2, at.s)).y },
        {
          label: both('∂L/∂x, max', '∂L/∂x，最大池化'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(field, at), max(2, at.s)).x,
        },
        {
          label: both('∂L/∂x, average', '∂L/∂x，平均池化'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(field, at), average(2, at.s)).x,
        },
      ],
    },
  ],
};

/** Which of n elements the cells of an adaptive pooling take, a row for each cell: their shares in the mean. */
function sharesOf({ n, m }: Numbers): number[][] {
  return Array.from({ length: m }, (_, cell) => {
    const tape = new Tape();
    try {
      const x = tape.watch(line(new Array<number>(n).fill(0)));
      const y = adaptiveAvgPool1d(x, { outputSize: m });
      const cotangent = line(Array.from({ length: m }, (_, index) => (index === cell ? 1 : 0)));
      return listOf(tape.gradients(y, { cotangent }).get(x));
    } finally {
      tape.release();
    }
  });
}

const adaptive: Piece = {
  title: both('As many cells as wanted', '要多少个单元就有多少个'),
  knobs: {
    n: knob(both('input length n', '输入长度 n'), 1, 10, 1, 7),
    m: knob(both('cells m', '单元数 m'), 1, 5, 1, 3),
  },
  compute: (at) => {
    const sizes = sharesOf(at).map((row) => row.filter((share) => share !== 0).length);
    return { least: Math.min(...sizes), most: Math.max(...sizes) };
  },
  results: [
    { label: both('smallest cell', '最小的单元'), of: 'least', tone: 'third' },
    { label: both('largest cell', '最大的单元'), of: 'most', tone: 'third' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'A row for each cell: the share of each element in its mean',
        '每个单元一行：各元素在其平均值中的份额',
      ),
      grids: [{ label: both('shares', '份额'), tone: 'value', rows: sharesOf }],
    },
  ],
};

const map = knobGrid('x', [
  [0, 1, 0],
  [2, 8, 1],
  [0, 1, 5],
]);

const global: Piece = {
  title: both('One number for a whole channel', '整个通道得到一个数'),
  knobs: map.knobs,
  compute: (at) => {
    const x = plane(setIn(map, at));
    return { mean: globalAvgPool(x).item(), largest: globalMaxPool(x).item() };
  },
  results: [
    { label: both('global average', '全局平均'), of: 'mean', tone: 'value' },
    { label: both('global maximum', '全局最大'), of: 'largest', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both('Where 1 goes that arrives at the output', '到达输出的 1 去了哪里'),
      grids: [
        { label: 'x', tone: 'value', rows: map.names },
        {
          label: both('average', '平均'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(map, at), (x) => globalAvgPool(x, { keepDims: true })).x,
        },
        {
          label: both('maximum', '最大'),
          tone: 'gradient',
          rows: (at) => pooled(setIn(map, at), (x) => globalMaxPool(x, { keepDims: true })).x,
        },
      ],
    },
  ],
};

export const pooling: Chapter = {
  name: 'pooling',
  pieces: { maximum, ties, overlap, adaptive, global },
  facts: [],
  exercises: [
    {
      name: 'pooling/max-gradient',
      task: both(
        'A window has the rows (1, 5), (3, 2), and g = 4 arrives at the output of a max pooling. What is ∂L/∂x, row by row?',
        '一个窗口的各行是 (1, 5)、(3, 2)，到达最大池化输出的梯度是 g = 4。∂L/∂x 是什么（逐行写出）？',
      ),
      answer: {
        kind: 'list',
        right: () =>
          pooled(
            [
              [1, 5],
              [3, 2],
            ],
            max(2),
            [[4]],
          ).x.flat(),
        tolerance: 0.001,
      },
      hints: [both('Only one of the four numbers had any part in the output.', '四个数中只有一个参与了输出。')],
      solution: both('0, 4, 0, 0: everything goes to the 5.', '0, 4, 0, 0：全部传给 5。'),
      slips: [
        slip(() => [1, 1, 1, 1], 'That is average pooling, which shares g out.', '这是平均池化，它把 g 平均分配。'),
        slip(
          () => [0, 20, 0, 0],
          'The slope of the maximum by its largest number is 1, not that number.',
          '最大值对最大数的斜率是 1，而不是那个数。',
        ),
        slip(() => [0, 1, 0, 0], 'That is the slope. It is multiplied by g = 4.', '这是斜率。还要乘以 g = 4。'),
        slip(
          () => [4, 4, 4, 4],
          'The other three had no part in the output: they get 0.',
          '另外三个没有参与输出：它们得到 0。',
        ),
      ],
    },
    {
      name: 'pooling/average-gradient',
      task: both(
        'The same window, and g = 4 arrives at the output of an average pooling. What does each number get?',
        '同样的窗口，到达平均池化输出的梯度是 g = 4。每个数得到多少？',
      ),
      answer: {
        kind: 'number',
        right: () =>
          pooled(
            [
              [1, 5],
              [3, 2],
            ],
            average(2),
            [[4]],
          ).x[0][0],
        tolerance: 0.001,
      },
      hints: [
        both(
          'y = (1 + 5 + 3 + 2)/4: what is its slope with respect to each?',
          'y = (1 + 5 + 3 + 2)/4：它对每个数的斜率是多少？',
        ),
      ],
      solution: both('4·(1/4) = 1, whatever the numbers are.', '4·(1/4) = 1，与这些数的值无关。'),
      slips: [
        slip(() => 4, 'The mean divides by 4.', '平均要除以 4。'),
        slip(() => 2.75, 'That is the output.', '这是输出。'),
        slip(() => 0.25, 'That is the slope. It is multiplied by g = 4.', '这是斜率。还要乘以 g = 4。'),
      ],
    },
    {
      name: 'pooling/tie',
      task: both(
        'All four numbers of a window are 7, and g = 1. What does a max pooling send back, in tapegrad and in PyTorch, row by row?',
        '窗口中的四个数都是 7，g = 1。在 tapegrad 和 PyTorch 中，最大池化传回什么（逐行写出）？',
      ),
      answer: {
        kind: 'list',
        right: () =>
          pooled(
            [
              [7, 7],
              [7, 7],
            ],
            max(2),
            [[1]],
          ).x.flat(),
        tolerance: 0.001,
      },
      hints: [
        both(
          'One of the equal ones is chosen: the first in reading order.',
          '在相等的数中选一个：按阅读顺序的第一个。',
        ),
      ],
      solution: both(
        '1, 0, 0, 0. Sharing it out would be right too; giving 1 to each would be wrong.',
        '1, 0, 0, 0。平分也是正确的；每个都给 1 则是错误的。',
      ),
      slips: [
        slip(
          () => [0.25, 0.25, 0.25, 0.25],
          'A possible convention, but not this one: the first takes all.',
          '这是一种可行的约定，但这里不是：第一个得到全部。',
        ),
        slip(
          () => [1, 1, 1, 1],
          'Then the sum of what goes back would be 4 for the 1 that arrived: a gradient four times too large along (1, 1, 1, 1).',
          '那样传回的总和是 4，而到达的只有 1：沿 (1, 1, 1, 1) 方向的梯度大了四倍。',
        ),
        slip(() => [0, 0, 0, 1], 'The first of equals is chosen, not the last.', '相等时选第一个，而不是最后一个。'),
      ],
    },
    {
      name: 'pooling/overlap',
      task: both(
        'A 3 × 3 image has its largest pixel in the middle. Max pooling with 2 × 2 windows and stride 1, L the sum of the outputs. What does the pixel in the middle get?',
        '一幅 3 × 3 图像的最大像素在中间。用 2 × 2 窗口、步幅 1 做最大池化，L 是各输出之和。中间的像素得到多少？',
      ),
      answer: {
        kind: 'number',
        right: () =>
          pooled(
            [
              [0, 0, 0],
              [0, 1, 0],
              [0, 0, 0],
            ],
            max(2, 1),
          ).x[1][1],
        tolerance: 0.001,
      },
      hints: [both('It lies in four windows, and wins in each.', '它位于四个窗口中，并在每个窗口中都获胜。')],
      solution: both('4: uses are added.', '4：各次使用相加。'),
      slips: [
        slip(() => 1, 'That is from one window. It wins in all four.', '这是一个窗口的贡献。它在四个窗口中都获胜。'),
        slip(() => 0.25, 'Nothing is shared in max pooling.', '最大池化不分摊。'),
      ],
    },
    {
      name: 'pooling/global',
      task: both(
        'Global average pooling of a batch [32, 512, 7, 7]. What is the shape of the result?',
        '对形状为 [32, 512, 7, 7] 的批次做全局平均池化。结果的形状是什么？',
      ),
      answer: { kind: 'shape', right: () => globalAvgPool(zeros([32, 512, 7, 7])).shape },
      hints: [both('One number for each channel of each image.', '每幅图像的每个通道得到一个数。')],
      solution: both(
        '32, 512. A dense layer after it needs 512 weights for a class; after flattening it would be 25088.',
        '32, 512。其后的全连接层每个类别需要 512 个权重；若直接展平则需要 25088 个。',
      ),
      slips: [
        slip(
          () => [32, 7, 7],
          'The mean is taken over the pixels, not over the channels.',
          '平均是对像素取的，而不是对通道。',
        ),
        slip(() => [32, 512, 49], 'The 49 pixels become one number.', '49 个像素变成一个数。'),
        slip(() => [512], 'The images of the batch stay apart.', '批次中的图像仍然分开。'),
      ],
    },
    {
      name: 'pooling/average-formula',
      task: both(
        'Average pooling over k × k windows that do not overlap; a window receives the gradient g. Write what each pixel of it receives as a formula in g and k.',
        '对互不重叠的 k × k 窗口做平均池化；一个窗口得到梯度 g。请用 g 和 k 写出其中每个像素得到的梯度公式。',
      ),
      answer: {
        kind: 'formula',
        points: [
          { g: 1, k: 2 },
          { g: -3, k: 3 },
          { g: 0.5, k: 4 },
        ],
        right: ({ g, k }) => {
          const size = k as number;
          const tape = new Tape();
          try {
            const x = tape.watch(zeros([1, 1, size, size], { dtype: 'float64' }));
            const y = avgPool2d(x, { kernelSize: size });
            return listOf(tape.gradients(y, { cotangent: [[[[g as number]]]] }).get(x))[0];
          } finally {
            tape.release();
          }
        },
        shown: 'g / k^2',
        others: ['g / (k * k)', 'g / k²', 'g / square(k)'],
      },
      hints: [both('The mean of how many numbers is it?', '它是多少个数的平均值？')],
      solution: both(
        'g/k²: the mean divides by the number of pixels, and so does the way back.',
        'g/k²：取平均要除以像素数，反向传播也是如此。',
      ),
      slips: [
        slip(
          () => 'g',
          'That would be a sum over the window, or the largest of a max pooling.',
          '这是对窗口求和，或最大池化中最大者的情形。',
        ),
        slip(() => 'g / k', 'A window of k × k has k² pixels.', 'k × k 的窗口有 k² 个像素。'),
        slip(() => 'g * k^2', 'The window shares g among its pixels.', '窗口把 g 分给其中的像素。'),
      ],
    },
  ],
};
