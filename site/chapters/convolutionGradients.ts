import {
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  flip,
  jacobian,
  matmul,
  sum,
  Tape,
  type Tensor,
  transpose,
  zeros,
} from '@tapegrad/core';
import { knobGrid, line, plane, rowsIn, setIn } from './grids.ts';
import { gradientOf, listOf, named, numbers } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

/** The four cells under a 2 × 2 filter at an output. */
const windowAt = ({ r, c }: Numbers): [number, number][] => [
  [r, c],
  [r, c + 1],
  [r + 1, c],
  [r + 1, c + 1],
];

/** Turned by 180°: read backwards along rows and columns. */
const turned = (filter: Tensor): Tensor => flip(filter, { axes: [2, 3] });

const image = knobGrid('x', [
  [1, 2, 0],
  [3, 1, 1],
  [0, 2, 4],
]);
const filter = knobGrid('w', [
  [1, 2],
  [0, -1],
]);
const arriving = knobGrid('g', [
  [1, 0],
  [0, 2],
]);

type Plane = readonly (readonly number[])[];

/** The three gradients of a convolution, when g arrives at its output. */
function walkBack(
  x: Plane,
  w: Plane,
  g: Plane,
): { readonly x: number[][]; readonly w: number[][]; readonly b: number } {
  const tape = new Tape();
  try {
    const inputs = { x: tape.watch(plane(x)), w: tape.watch(plane(w)), b: tape.watch(numbers([0])) };
    const y = conv2d(inputs.x, inputs.w, { bias: inputs.b });
    const found = tape.gradients(y, { cotangent: plane(g) });
    return { x: rowsIn(found.get(inputs.x)), w: rowsIn(found.get(inputs.w)), b: listOf(found.get(inputs.b))[0] };
  } finally {
    tape.release();
  }
}

const setBack = (at: Numbers) => walkBack(setIn(image, at), setIn(filter, at), setIn(arriving, at));

const back: Piece = {
  title: both('Back through the layer', '反向经过卷积层'),
  knobs: {
    ...image.knobs,
    ...filter.knobs,
    ...arriving.knobs,
    i: knob(both('row i in the filter', '卷积核中的行 i'), 0, 1, 1, 0),
    j: knob(both('column j in the filter', '卷积核中的列 j'), 0, 1, 1, 1),
  },
  compute: (at) => {
    const gradients = setBack(at);
    const part = rowsIn(plane(setIn(image, at)))
      .slice(at.i, at.i + 2)
      .flatMap((row) => row.slice(at.j, at.j + 2));
    return { ...named('p', part), byW: gradients.w[at.i][at.j], byB: gradients.b };
  },
  results: [
    { label: '∂L/∂w[i, j]', of: 'byW', tone: 'gradient' },
    { label: '∂L/∂b', of: 'byB', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'Framed in x: the pixels that w[i, j] has met, one for each output',
        'x 中加框的：w[i, j] 遇到过的像素，每个输出一个',
      ),
      grids: [
        {
          label: 'x',
          tone: 'value',
          rows: image.names,
          framed: ({ i, j }) => windowAt({ r: i, c: j }),
        },
        { label: 'w', tone: 'third', rows: filter.names, framed: ({ i, j }) => [[i, j]] },
        { label: 'g = ∂L/∂y', tone: 'gradient', rows: arriving.names },
        { label: '∂L/∂w', tone: 'gradient', rows: (at) => setBack(at).w, framed: ({ i, j }) => [[i, j]] },
        { label: '∂L/∂x', tone: 'gradient', rows: (at) => setBack(at).x },
      ],
    },
  ],
};

/** g with a row and a column of zeros around. */
const padded = (g: Plane): number[][] => {
  const zerosAround = new Array<number>(g[0].length + 2).fill(0);
  return [zerosAround, ...g.map((row) => [0, ...row, 0]), zerosAround];
};

const turn: Piece = {
  title: both('Why the filter turns', '卷积核为什么要旋转'),
  knobs: {
    ...filter.knobs,
    ...arriving.knobs,
    r: knob(both('row r of the input', '输入的行 r'), 0, 2, 1, 1),
    c: knob(both('column c of the input', '输入的列 c'), 0, 2, 1, 1),
  },
  compute: (at) => {
    const [w, g] = [setIn(filter, at), padded(setIn(arriving, at))];
    const { r, c } = at;
    return {
      // The turned filter over the padded g, row by row.
      ...named('g', [g[r][c], g[r][c + 1], g[r + 1][c], g[r + 1][c + 1]]),
      ...named('w', [w[1][1], w[1][0], w[0][1], w[0][0]]),
      byX: walkBack(setIn(image, { ...startOfImage }), w, setIn(arriving, at)).x[r][c],
    };
  },
  results: [{ label: '∂L/∂x[r, c]', of: 'byX', tone: 'gradient' }],
  pictures: [
    {
      kind: 'grids',
      title: both('The turned filter slides over g with zeros around it', '旋转后的卷积核在四周补零的 g 上滑动'),
      grids: [
        { label: 'w', tone: 'third', rows: filter.names },
        { label: 'g', tone: 'gradient', rows: arriving.names },
        { label: both('w turned by 180°', 'w 旋转 180°'), tone: 'third', rows: (at) => rowsIn(turned(setFilter(at))) },
        {
          label: both('g with zeros', '补零的 g'),
          tone: 'gradient',
          rows: (at) => padded(setIn(arriving, at)),
          framed: windowAt,
        },
        {
          label: both('correlated: ∂L/∂x', '互相关：∂L/∂x'),
          tone: 'gradient',
          rows: (at) => rowsIn(conv2d(plane(padded(setIn(arriving, at))), turned(setFilter(at)))),
          framed: ({ r, c }) => [[r, c]],
        },
        {
          label: both('transposed convolution of g', 'g 的转置卷积'),
          tone: 'gradient',
          rows: (at) => rowsIn(convTranspose2d(plane(setIn(arriving, at)), setFilter(at))),
          framed: ({ r, c }) => [[r, c]],
        },
      ],
    },
  ],
};

const setFilter = (at: Numbers): Tensor => plane(setIn(filter, at));
const startOfImage = Object.fromEntries(Object.entries(image.knobs).map(([name, { start }]) => [name, start]));

/** The matrix of a convolution of four numbers by (a, b): its Jacobian. */
const matrixOf = ({ a, b }: Numbers): Tensor => jacobian((u) => conv1d(u, [[[a, b]]]), line([0, 0, 0, 0]));

const matrix: Piece = {
  title: both('A convolution as a matrix', '写成矩阵的卷积'),
  knobs: {
    a: knob('a', -3, 3, 0.5, 2),
    b: knob('b', -3, 3, 0.5, -1),
    g0: knob('g₀', -3, 3, 0.5, 1),
    g1: knob('g₁', -3, 3, 0.5, 0),
    g2: knob('g₂', -3, 3, 0.5, 2),
  },
  compute: ({ a, b, g0, g1, g2 }) =>
    Object.fromEntries(listOf(convTranspose1d(line([g0, g1, g2]), [[[a, b]]])).map((g, index) => [`x${index}`, g])),
  results: [0, 1, 2, 3].map((index) => ({ label: `∂L/∂x${'₀₁₂₃'[index]}`, of: `x${index}`, tone: 'gradient' })),
  pictures: [
    {
      kind: 'grids',
      title: both('y = A·x, and so ∂L/∂x = Aᵀ·g', 'y = A·x，因此 ∂L/∂x = Aᵀ·g'),
      grids: [
        { label: 'A', tone: 'third', rows: (at) => rowsIn(matrixOf(at)) },
        { label: 'Aᵀ', tone: 'third', rows: (at) => rowsIn(transpose(numbers(rowsIn(matrixOf(at))))) },
        { label: 'g', tone: 'gradient', rows: ({ g0, g1, g2 }) => [[g0], [g1], [g2]] },
        {
          label: 'Aᵀ·g',
          tone: 'gradient',
          rows: (at) => rowsIn(matmul(transpose(numbers(rowsIn(matrixOf(at)))), numbers([[at.g0], [at.g1], [at.g2]]))),
        },
      ],
    },
  ],
};

const small = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const ones = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(1));
const corners = [
  [1, 0],
  [0, 1],
];
const counted = [
  [1, 2],
  [3, 4],
];
export const convolutionGradients: Chapter = {
  name: 'convolution-gradients',
  pieces: { back, turn, matrix },
  facts: [],
  exercises: [
    {
      name: 'convolution-gradients/filter-gradient',
      task: both(
        'The image is (1, 2, 3), (4, 5, 6), (7, 8, 9), the filter is 2 × 2, and L is the sum of the four outputs. What is ∂L/∂w, row by row?',
        '图像是 (1, 2, 3)、(4, 5, 6)、(7, 8, 9)，卷积核是 2 × 2，L 是四个输出之和。∂L/∂w 是什么（逐行写出）？',
      ),
      answer: { kind: 'list', right: () => walkBack(small, corners, ones(2, 2)).w.flat(), tolerance: 0.001 },
      hints: [
        both('L is a sum, so g is 1 everywhere.', 'L 是求和，所以 g 处处为 1。'),
        both(
          '∂L/∂w[0, 0] is the sum of the pixels that this weight meets: 1, 2, 4, 5.',
          '∂L/∂w[0, 0] 是这个权重遇到的像素之和：1、2、4、5。',
        ),
      ],
      solution: both(
        'g correlated with the image: 1 + 2 + 4 + 5 = 12, 2 + 3 + 5 + 6 = 16, 4 + 5 + 7 + 8 = 24, 5 + 6 + 8 + 9 = 28. The filter does not enter.',
        'g 与图像做互相关：1 + 2 + 4 + 5 = 12，2 + 3 + 5 + 6 = 16，4 + 5 + 7 + 8 = 24，5 + 6 + 8 + 9 = 28。与卷积核的值无关。',
      ),
      slips: [
        slip(
          () => [28, 24, 16, 12],
          'Nothing is turned here: w[0, 0] meets the upper left pixels.',
          '这里不需要旋转：w[0, 0] 遇到的是左上方的像素。',
        ),
        slip(
          () => [1, 2, 4, 5],
          'That is the first window alone. The filter is used at four positions, and all are added.',
          '这只是第一个窗口。卷积核用于四个位置，各处的贡献要相加。',
        ),
        slip(
          () => [3, 4, 6, 7],
          'That is the mean over the positions; the gradient is the sum.',
          '这是各位置的平均；梯度是求和。',
        ),
        slip(
          () => 45,
          'A gradient has the shape of what it is taken by: 2 × 2.',
          '梯度的形状与被求导的量相同：2 × 2。',
        ),
      ],
    },
    {
      name: 'convolution-gradients/input-gradient',
      task: both(
        'A filter with the rows (1, 2), (3, 4) on an image of 3 × 3. Only the upper left output counts: g = (1, 0), (0, 0). What is ∂L/∂x, row by row?',
        '卷积核的各行是 (1, 2)、(3, 4)，图像是 3 × 3。只有左上角的输出起作用：g = (1, 0)、(0, 0)。∂L/∂x 是什么（逐行写出）？',
      ),
      answer: {
        kind: 'list',
        right: () =>
          walkBack(small, counted, [
            [1, 0],
            [0, 0],
          ]).x.flat(),
        tolerance: 0.001,
      },
      hints: [
        both(
          'y[0, 0] = 1·x[0, 0] + 2·x[0, 1] + 3·x[1, 0] + 4·x[1, 1].',
          'y[0, 0] = 1·x[0, 0] + 2·x[0, 1] + 3·x[1, 0] + 4·x[1, 1]。',
        ),
      ],
      solution: both(
        'Each pixel gets the weight it was multiplied by: (1, 2, 0), (3, 4, 0), (0, 0, 0). An output hands the filter back as it is; that it turns is seen from a pixel, which collects from several outputs.',
        '每个像素得到与它相乘的权重：(1, 2, 0)、(3, 4, 0)、(0, 0, 0)。一个输出原样传回卷积核；从一个像素的角度看才有旋转，因为它从多个输出收集梯度。',
      ),
      slips: [
        slip(
          () => [4, 3, 0, 2, 1, 0, 0, 0, 0],
          'The filter is not turned when an output hands it back: x[0, 0] was multiplied by 1.',
          '输出传回卷积核时并不旋转：x[0, 0] 乘的是 1。',
        ),
        slip(
          () => [1, 2, 3, 4],
          'The gradient has the shape of x, 3 × 3: pixels outside of the window get 0.',
          '梯度的形状与 x 相同，是 3 × 3：窗口外的像素得到 0。',
        ),
        slip(
          () => [1, 2, 0, 4, 5, 0, 0, 0, 0],
          'These are the pixels; ∂L/∂x has the weights.',
          '这些是像素；∂L/∂x 中是权重。',
        ),
      ],
    },
    {
      name: 'convolution-gradients/middle',
      task: both(
        'The same filter (1, 2), (3, 4), and g = (1, 1), (1, 1). What does the pixel in the middle of the 3 × 3 image get?',
        '同样的卷积核 (1, 2)、(3, 4)，g = (1, 1)、(1, 1)。3 × 3 图像中间的像素得到多少？',
      ),
      answer: { kind: 'number', right: () => walkBack(small, counted, ones(2, 2)).x[1][1], tolerance: 0.001 },
      hints: [
        both('All four outputs have used it, each with another weight.', '四个输出都用到了它，每次用的权重不同。'),
      ],
      solution: both('1 + 2 + 3 + 4 = 10: the sum over all uses.', '1 + 2 + 3 + 4 = 10：对所有使用求和。'),
      slips: [
        slip(
          () => 4,
          'That is what y[0, 0] hands back. Three other outputs have used the pixel too.',
          '这是 y[0, 0] 传回的。另外三个输出也用到了这个像素。',
        ),
        slip(() => 2.5, 'The uses are added, not averaged.', '各次使用要相加，而不是取平均。'),
        slip(() => 1, 'That is what a corner gets.', '这是角上的像素得到的。'),
      ],
    },
    {
      name: 'convolution-gradients/bias',
      task: both(
        'A batch of 2 images gives outputs of 3 × 3, and L is the sum of all of them. What is ∂L/∂b for the bias of a filter?',
        '一个批次有 2 幅图像，输出为 3 × 3，L 是所有输出之和。对某个卷积核的偏置，∂L/∂b 是多少？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const batch = zeros([2, 1, 4, 4], { dtype: 'float64' });
          return gradientOf([0], (b) => sum(conv2d(batch, plane(ones(2, 2)), { bias: b })))[0];
        },
        tolerance: 0.001,
      },
      hints: [both('The bias is added to every output of its channel.', '偏置加到它那个通道的每个输出上。')],
      solution: both('g is 1 at each of the 2·9 outputs: 18.', 'g 在 2·9 个输出处都是 1：18。'),
      slips: [
        slip(() => 1, 'It is used at every output: the uses are added.', '每个输出都用到它：各次使用要相加。'),
        slip(() => 9, 'There are two images in the batch.', '批次中有两幅图像。'),
      ],
    },
  ],
};
