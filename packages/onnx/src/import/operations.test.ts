import {
  abs,
  add,
  avgPool2d,
  batchNorm,
  broadcastTo,
  clamp,
  concat,
  conv2d,
  convTranspose2d,
  divide,
  erf,
  exp,
  flip,
  globalAvgPool,
  interpolate,
  linear,
  log,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool2d,
  mean,
  min,
  minimum,
  multiply,
  negate,
  norm,
  pad,
  pow,
  prelu,
  product,
  relu,
  reshape,
  sigmoid,
  sign,
  slice,
  softplus,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
} from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { type FileParts, floats, node, options, wholes } from '../../test/edits.ts';
import { run } from '../../test/run.ts';

const image = ['batch', 2, 4, 6];
const constant = (name: string, dims: number[]): readonly [ReturnType<typeof floats>, Tensor] => {
  const size = dims.reduce((product, length) => product * length, 1);
  const numbers = Array.from({ length: size }, (_, at) => (at + 2) / 10);
  return [floats(name, dims, numbers), tensor(Float32Array.from(numbers), { shape: dims })];
};
const [perChannel, c] = constant('c', [2, 1, 1]);
const [perColumn, r] = constant('r', [6]);
const [scalar] = constant('s', []);
const [filters, w] = constant('w', [3, 2, 2, 2]);
const [matrix, m] = constant('m', [6, 3]);
const [bias, b] = constant('b', [3]);
const [imageBias, ib] = constant('ib', [1, 3, 1, 1]);
const s = tensor(0.2);
const kernel = tensor(
  Float32Array.from({ length: 18 }, (_, at) => at / 10),
  { shape: [2, 1, 3, 3] },
);

interface Case {
  readonly parts: Omit<FileParts, 'input'> & { readonly input?: FileParts['input'] };
  readonly wanted: (x: Tensor) => Tensor;
  readonly types: string;
}

/** One node, `op`, of the image and what else it takes. */
const one = (
  op: string,
  more: readonly string[],
  wanted: Case['wanted'],
  types: string,
  given: Partial<Case['parts']> & { options?: Parameters<typeof options>[0] } = {},
): Case => {
  const { options: attributes = {}, ...parts } = given;
  return { parts: { nodes: [node(op, ['input', ...more], ['output'], options(attributes))], ...parts }, wanted, types };
};

const elementwise: Readonly<Record<string, Case>> = Object.fromEntries(
  Object.entries({ Abs: abs, Erf: erf, Exp: exp, Neg: negate, Sign: sign }).map(([op, f]) => [
    op,
    one(op, [], (x) => f(x), 'Elementwise'),
  ]),
);

const cases: Readonly<Record<string, Case>> = {
  ...elementwise,
  'a root, a logarithm and a quotient of what is above 0': {
    parts: {
      nodes: [
        node('Exp', ['input'], ['e']),
        node('Sqrt', ['e'], ['q']),
        node('Reciprocal', ['q'], ['i']),
        node('Log', ['i'], ['output']),
      ],
    },
    wanted: (x) => log(divide(1, sqrt(exp(x)))),
    types: 'Elementwise Elementwise Elementwise Elementwise',
  },
  'a sum with one number for each channel': one('Add', ['c'], (x) => add(x, c), 'Affine', { constants: [perChannel] }),
  'a difference': one('Sub', ['r'], (x) => subtract(x, r), 'Affine', { constants: [perColumn] }),
  'a difference from a number': {
    parts: { constants: [scalar], nodes: [node('Sub', ['s', 'input'], ['output'])] },
    wanted: (x) => subtract(s, x),
    types: 'Affine',
  },
  'a product from the left': {
    parts: { constants: [perChannel], nodes: [node('Mul', ['c', 'input'], ['output'])] },
    wanted: (x) => multiply(x, c),
    types: 'Affine',
  },
  'a quotient': one('Div', ['s'], (x) => divide(x, s), 'Affine', { constants: [scalar] }),
  'a number divided': {
    parts: { constants: [scalar], nodes: [node('Exp', ['input'], ['e']), node('Div', ['s', 'e'], ['output'])] },
    wanted: (x) => divide(s, exp(x)),
    types: 'Elementwise Elementwise Affine',
  },
  'a factor and a term as one layer': {
    parts: {
      constants: [perChannel, floats('d', [2, 1, 1], [3, 4])],
      nodes: [node('Mul', ['input', 'c'], ['p']), node('Add', ['p', 'd'], ['output'])],
    },
    wanted: (x) => add(multiply(x, c), tensor([[[3]], [[4]]])),
    types: 'Affine',
  },
  'nothing added and nothing multiplied': {
    parts: {
      constants: [floats('one', [], [1]), floats('nil', [], [0])],
      nodes: [node('Mul', ['input', 'one'], ['p']), node('Add', ['p', 'nil'], ['q']), node('Relu', ['q'], ['output'])],
    },
    wanted: (x) => relu(x),
    types: 'ReLU',
  },
  'a product with itself': one('Mul', ['input'], (x) => square(x), 'Elementwise'),
  'a third power': one('Pow', ['t'], (x) => pow(x, 3), 'Power', { constants: [floats('t', [], [3])] }),
  'a square as a power': one('Pow', ['t'], (x) => square(x), 'Elementwise', { constants: [floats('t', [1], [2])] }),
  'a power of a number': {
    parts: { constants: [floats('t', [], [3])], nodes: [node('Pow', ['t', 'input'], ['output'])] },
    wanted: (x) => pow(3, x),
    types: 'Affine Elementwise',
  },
  'the larger of a number': one('Max', ['s'], (x) => maximum(x, s), 'Clamp', { constants: [scalar] }),
  'the smaller of a number': one('Min', ['s'], (x) => minimum(x, s), 'Clamp', { constants: [scalar] }),
  'the largest, the smallest, the sum, the mean of three, their difference and quotient': {
    parts: {
      constants: [scalar],
      nodes: [
        node('Neg', ['input'], ['n']),
        node('Exp', ['input'], ['e']),
        node('Max', ['input', 'n', 'e'], ['a']),
        node('Min', ['input', 'n', 'e'], ['i']),
        node('Sum', ['a', 'i', 'n'], ['u']),
        node('Mean', ['u', 'input', 'e'], ['v']),
        node('Sub', ['v', 'u'], ['d']),
        node('Div', ['d', 'e'], ['output']),
      ],
    },
    wanted: (x) => {
      const [n, e] = [negate(x), exp(x)];
      const u = add(add(maximum(maximum(x, n), e), minimum(minimum(x, n), e)), n);
      return divide(subtract(divide(add(add(u, x), e), 3), u), e);
    },
    types: 'Elementwise Elementwise Maximum Minimum Add Add Affine Subtract Divide',
  },
  'a product of matrices': {
    parts: {
      nodes: [
        node('Transpose', ['input'], ['t'], options({ perm: [0, 1, 3, 2] })),
        node('MatMul', ['input', 't'], ['output']),
      ],
    },
    wanted: (x) => matmul(x, transpose(x, [0, 1, 3, 2])),
    types: 'Permute MatrixProduct',
  },
  'rows times a matrix, with a bias': {
    parts: {
      constants: [matrix, bias],
      nodes: [node('MatMul', ['input', 'm'], ['p']), node('Add', ['b', 'p'], ['output'])],
    },
    wanted: (x) => linear(x, transpose(m), { bias: b }),
    types: 'Dense',
  },
  'a matrix times columns': {
    parts: { constants: [floats('left', [3, 4])], nodes: [node('MatMul', ['left', 'input'], ['output'])] },
    wanted: (x) =>
      matmul(
        tensor(
          Float32Array.from({ length: 12 }, (_, at) => at / 10),
          { shape: [3, 4] },
        ),
        x,
      ),
    types: 'Permute Dense Permute',
  },
  'a dense layer with factors': {
    parts: {
      input: ['batch', 6],
      constants: [matrix, bias],
      nodes: [node('Gemm', ['input', 'm', 'b'], ['output'], options({ 'alpha:f': 0.5, 'beta:f': 2 }))],
    },
    wanted: (x) => add(multiply(0.5, matmul(x, m)), multiply(2, b)),
    types: 'Dense',
  },
  'a convolution with a bias behind it': {
    parts: {
      constants: [filters, imageBias],
      nodes: [node('Conv', ['input', 'w'], ['p']), node('Add', ['p', 'ib'], ['output'])],
    },
    wanted: (x) => add(conv2d(x, w), ib),
    types: 'Conv2d',
  },
  'a convolution with a bias and a sum behind it': {
    parts: {
      constants: [filters, bias, imageBias],
      nodes: [node('Conv', ['input', 'w', 'b'], ['p']), node('Add', ['ib', 'p'], ['output'])],
    },
    wanted: (x) => add(conv2d(x, w, { bias: b }), ib),
    types: 'Conv2d Affine',
  },
  'zeros around, then a convolution, then a bias': {
    parts: {
      constants: [filters, imageBias, wholes('p', [0, 0, 1, 2, 0, 0, 0, 1])],
      nodes: [
        node('Pad', ['input', 'p'], ['z']),
        node('Conv', ['z', 'w'], ['q'], options({ pads: [1, 0, 0, 0] })),
        node('Add', ['q', 'ib'], ['output']),
      ],
    },
    wanted: (x) =>
      add(
        conv2d(
          pad(x, [
            [0, 0],
            [0, 0],
            [2, 0],
            [2, 1],
          ]),
          w,
        ),
        ib,
      ),
    types: 'Conv2d',
  },
  'ones around, then a convolution': {
    parts: {
      constants: [filters, floats('v', [], [1]), wholes('p', [0, 0, 1, 0, 0, 0, 0, 0])],
      nodes: [node('Pad', ['input', 'p', 'v'], ['z']), node('Conv', ['z', 'w'], ['output'])],
    },
    wanted: (x) =>
      conv2d(
        pad(
          x,
          [
            [0, 0],
            [0, 0],
            [1, 0],
            [0, 0],
          ],
          { value: 1 },
        ),
        w,
      ),
    types: 'Pad Conv2d',
  },
  'no padding at all': one('Pad', ['p'], (x) => x, '', { constants: [wholes('p', [0, 0, 0, 0, 0, 0, 0, 0])] }),
  'zeros around a mean, which count': {
    parts: {
      constants: [wholes('p', [0, 0, 1, 1, 0, 0, 1, 1])],
      nodes: [
        node('Pad', ['input', 'p'], ['z']),
        node('AveragePool', ['z'], ['output'], options({ kernel_shape: [2, 2] })),
      ],
    },
    wanted: (x) => avgPool2d(x, { kernelSize: 2, stride: 1, padding: 1 }),
    types: 'AvgPool2d',
  },
  'zeros around a mean that hangs over the edge': {
    parts: {
      constants: [wholes('p', [0, 0, 0, 1, 0, 0, 0, 0])],
      nodes: [
        node('Pad', ['input', 'p'], ['z']),
        node('AveragePool', ['z'], ['output'], options({ kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 })),
      ],
    },
    wanted: (x) =>
      avgPool2d(
        pad(x, [
          [0, 0],
          [0, 0],
          [0, 0],
          [1, 0],
        ]),
        { kernelSize: 2, ceilMode: true },
      ),
    types: 'Pad AvgPool2d',
  },
  'padding of some axes': one(
    'Pad',
    ['p', '', 'a'],
    (x) =>
      pad(x, [
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 2],
      ]),
    'Pad',
    {
      opset: 18,
      constants: [wholes('p', [1, 2]), wholes('a', [-1])],
    },
  ),
  'a transposed convolution with a bias behind it': {
    parts: {
      constants: [floats('t', [2, 1, 2, 2]), floats('one', [1, 1, 1], [7])],
      nodes: [node('ConvTranspose', ['input', 't'], ['p']), node('Add', ['p', 'one'], ['output'])],
    },
    wanted: (x) =>
      add(
        convTranspose2d(
          x,
          tensor(
            Float32Array.from({ length: 8 }, (_, at) => at / 10),
            { shape: [2, 1, 2, 2] },
          ),
        ),
        7,
      ),
    types: 'ConvTranspose2d',
  },
  'a batch normalisation of rows by way of columns': {
    parts: {
      input: ['batch', 3],
      constants: [wholes('a', [2]), bias, floats('v', [3], [1, 2, 3])],
      nodes: [
        node('Unsqueeze', ['input', 'a'], ['u']),
        node('BatchNormalization', ['u', 'b', 'b', 'b', 'v'], ['n']),
        node('Squeeze', ['n', 'a'], ['output']),
      ],
    },
    wanted: (x) => batchNorm(x, { mean: b, variance: tensor([1, 2, 3]), weight: b, bias: b }),
    types: 'BatchNorm',
  },
  'one axis more and one less': {
    parts: {
      constants: [wholes('a', [1, -1]), wholes('first', [1])],
      nodes: [node('Unsqueeze', ['input', 'a'], ['u']), node('Squeeze', ['u', 'first'], ['output'])],
    },
    wanted: (x) => reshape(x, [2, 2, 4, 6, 1]),
    types: 'Reshape Reshape',
  },
  'axes in another order': one('Transpose', [], (x) => transpose(x, [0, 3, 1, 2]), 'Permute', {
    options: { perm: [0, 3, 1, 2] },
  }),
  'axes in the order that they have': one('Transpose', [], (x) => x, '', { options: { perm: [0, 1, 2, 3] } }),
  'a shape without a 0, where a 0 would be one': one('Reshape', ['f'], (x) => reshape(x, [2, 48]), 'Flatten', {
    constants: [wholes('f', [-1, 48])],
    options: { allowzero: 1 },
  }),
  'parts along several axes': one(
    'Slice',
    ['starts', 'ends', 'axes', 'steps'],
    (x) => slice(x, [null, [1, 2], null, [1, 5, 2]]),
    'Slice Slice',
    {
      constants: [
        wholes('starts', [0, -1, 1]),
        wholes('ends', [2 ** 40, 9, -1]),
        wholes('axes', [0, 1, -1]),
        wholes('steps', [1, 1, 2]),
      ],
    },
  ),
  'parts as options': one('Slice', [], (x) => slice(x, [null, null, [1, 3]]), 'Slice', {
    opset: 9,
    options: { starts: [1], ends: [3], axes: [2] },
  }),
  'the channels in two, swapped': {
    parts: {
      nodes: [
        node('Split', ['input'], ['left', 'right'], options({ axis: 1 })),
        node('Concat', ['right', 'left'], ['output'], options({ axis: -3 })),
      ],
    },
    wanted: (x) => flip(x, { axes: 1 }),
    types: 'Slice Slice Concat',
  },
  'unequal parts, one of them left out': {
    parts: {
      constants: [wholes('lengths', [1, 3, 2])],
      nodes: [
        node('Split', ['input', 'lengths'], ['', 'middle', 'last'], options({ axis: 3 })),
        node('Concat', ['last', 'middle'], ['output'], options({ axis: 3 })),
      ],
    },
    wanted: (x) => concat([slice(x, [null, null, null, [4, 6]]), slice(x, [null, null, null, [1, 4]])], { axis: 3 }),
    types: 'Slice Slice Concat',
  },
  'one index, and several in a row': {
    parts: {
      constants: [wholes('rows', [1, 2]), { ...wholes('last', [-1]), dims: [] }],
      nodes: [
        node('Gather', ['input', 'rows'], ['g'], options({ axis: 2 })),
        node('Gather', ['g', 'last'], ['output'], options({ axis: 1 })),
      ],
    },
    wanted: (x) => reshape(slice(x, [null, [1, 2], [1, 3]]), [2, 2, 6]),
    types: 'Slice Slice Reshape',
  },
  'indices in any order, from the end too': one('Gather', ['i'], (x) => take(x, [5, 0, 0], { axis: 3 }), 'Take', {
    constants: [wholes('i', [-1, 0, 0])],
    options: { axis: 3 },
  }),
  'indices of an axis that goes to the front and back': {
    parts: {
      constants: [{ ...wholes('i', [1, 0]), dims: [2, 1] }],
      nodes: [
        node('Transpose', ['input'], ['t'], options({ perm: [1, 0, 2, 3] })),
        node('GatherND', ['t', 'i'], ['g'], options({ batch_dims: 0 })),
        node('Transpose', ['g'], ['output'], options({ perm: [1, 0, 2, 3] })),
      ],
    },
    wanted: (x) => flip(x, { axes: 1 }),
    types: 'Take',
  },
  'parts from the end to the front': one('Slice', ['s', 'e', 'a', 'b'], (x) => take(x, [4, 2], { axis: 3 }), 'Take', {
    constants: [wholes('s', [-2]), wholes('e', [0]), wholes('a', [3]), wholes('b', [-2])],
  }),
  'channels one behind the other, twice': one('Tile', ['t'], (x) => concat([x, x], { axis: 1 }), 'Take', {
    constants: [wholes('t', [1, 2, 1, 1])],
  }),
  'a product, and a logarithm of exponentials': {
    parts: {
      nodes: [
        node('ReduceProd', ['input'], ['p'], options({ axes: [3] })),
        node('ReduceLogSumExp', ['p'], ['output'], options({ axes: [2], keepdims: 0 })),
      ],
    },
    wanted: (x) => logSumExp(product(x, { axes: 3, keepDims: true }), { axes: 2 }),
    types: 'Reduce Reduce',
  },
  'cut off on one side, and zeros on the other': one(
    'Pad',
    ['p'],
    (x) =>
      pad(slice(x, [null, null, [1], [0, 4]]), [
        [0, 0],
        [0, 0],
        [0, 2],
        [0, 0],
      ]),
    'Slice Slice Pad',
    {
      constants: [wholes('p', [0, 0, -1, 0, 0, 0, 2, -2])],
    },
  ),
  'zeros around channels': one(
    'Pad',
    ['p'],
    (x) =>
      pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    'Reshape Pad Reshape',
    {
      constants: [wholes('p', [0, 1, 0, 0, 0, 2, 1, 0])],
    },
  ),
  'weights that are normalised': {
    parts: {
      input: ['batch', 6],
      constants: [matrix, floats('low', [], [1e-12]), wholes('a', [0])],
      nodes: [
        node('ReduceL2', ['m'], ['n'], options({ axes: [0] })),
        node('Clip', ['n', 'low'], ['c']),
        node('Shape', ['m'], ['s']),
        node('Expand', ['c', 's'], ['e']),
        node('Div', ['m', 'e'], ['d']),
        node('MatMul', ['input', 'd'], ['output']),
      ],
    },
    wanted: (x) => matmul(x, divide(m, norm(m, { axes: 0, keepDims: true }))),
    types: 'Dense',
  },
  'a shape with -1 where it stays': {
    parts: {
      constants: [wholes('given', [-1, -1, 4, 6]), wholes('minus', [-1]), wholes('four', [4])],
      nodes: [
        node('GlobalAveragePool', ['input'], ['g']),
        node(
          'ConstantOfShape',
          ['four'],
          ['ones'],
          [{ ...options({ value: 0 })[0], i: undefined, type: 4, t: wholes('', [1]) }],
        ),
        node('Equal', ['given', 'minus'], ['open']),
        node('Where', ['open', 'ones', 'given'], ['shape']),
        node('Expand', ['g', 'shape'], ['output']),
      ],
    },
    wanted: (x) => broadcastTo(globalAvgPool(x, { keepDims: true }), [2, 2, 4, 6]),
    types: 'GlobalAvgPool2d Broadcast',
  },
  'repeated by a shape': {
    parts: {
      constants: [wholes('shape', [1, 1, 4, 6])],
      nodes: [node('GlobalAveragePool', ['input'], ['g']), node('Expand', ['g', 'shape'], ['output'])],
    },
    wanted: (x) => broadcastTo(globalAvgPool(x, { keepDims: true }), [2, 2, 4, 6]),
    types: 'GlobalAvgPool2d Broadcast',
  },
  'repeated some times': {
    parts: {
      constants: [wholes('times', [1, 1, 3, 1])],
      nodes: [node('ReduceMean', ['input'], ['g'], options({ axes: [2] })), node('Tile', ['g', 'times'], ['output'])],
    },
    wanted: (x) => broadcastTo(mean(x, { axes: 2, keepDims: true }), [2, 2, 3, 6]),
    types: 'Reduce Take',
  },
  'channels to pixels, columns first': {
    parts: {
      input: ['batch', 8, 2, 3],
      nodes: [node('DepthToSpace', ['input'], ['output'], options({ blocksize: 2 }))],
    },
    wanted: (x) => reshape(transpose(reshape(x, [2, 2, 2, 2, 2, 3]), [0, 3, 4, 1, 5, 2]), [2, 2, 4, 6]),
    types: 'Reshape Permute Reshape',
  },
  'channels to pixels, as PyTorch shuffles': {
    parts: {
      input: ['batch', 8, 2, 3],
      nodes: [node('DepthToSpace', ['input'], ['output'], options({ blocksize: 2, mode: 'CRD' }))],
    },
    wanted: (x) => reshape(transpose(reshape(x, [2, 2, 2, 2, 2, 3]), [0, 1, 4, 2, 5, 3]), [2, 2, 4, 6]),
    types: 'Reshape Permute Reshape',
  },
  'pixels to channels': one(
    'SpaceToDepth',
    [],
    (x) => reshape(transpose(reshape(x, [2, 2, 2, 2, 3, 2]), [0, 3, 5, 1, 2, 4]), [2, 8, 2, 3]),
    'Reshape Permute Reshape',
    { options: { blocksize: 2 } },
  ),
  'the maximum of each channel': one('ReduceMax', [], (x) => max(x, { axes: [2, 3] }), 'GlobalMaxPool2d', {
    options: { axes: [2, 3], keepdims: 0 },
  }),
  'the mean of the channels': one('ReduceMean', ['a'], (x) => mean(x, { axes: 1, keepDims: true }), 'Reduce', {
    opset: 18,
    constants: [wholes('a', [1])],
  }),
  'the minimum of rows': one('ReduceMin', [], (x) => min(x, { axes: 3 }), 'Reduce', {
    options: { axes: [-1], keepdims: 0 },
  }),
  'sums of magnitudes, of squares, and their root': {
    parts: {
      constants: [wholes('a', [3])],
      nodes: [
        node('ReduceL1', ['input'], ['p'], options({ axes: [3] })),
        node('ReduceL2', ['input'], ['q'], options({ axes: [3] })),
        node('ReduceSumSquare', ['input'], ['r'], options({ axes: [3] })),
        node('ReduceSum', ['input', 'a'], ['t']),
        node('Concat', ['p', 'q', 'r', 't'], ['output'], options({ axis: 3 })),
      ],
    },
    wanted: (x) => {
      const over = { axes: 3, keepDims: true };
      const squares = sum(square(x), over);
      return concat([sum(abs(x), over), sqrt(squares), squares, sum(x, over)], { axis: 3 });
    },
    types: 'Elementwise Reduce Elementwise Reduce Elementwise Elementwise Reduce Reduce Concat',
  },
  'no reduction, where there are no axes': one('ReduceSum', [], (x) => x, '', { options: { noop_with_empty_axes: 1 } }),
  'bounds as inputs, one of them left out': one('Clip', ['', 's'], (x) => clamp(x, { max: 0.2 }), 'Clamp', {
    constants: [scalar],
  }),
  'bounds as options': one('Clip', [], (x) => clamp(x, { min: -0.5, max: 0.5 }), 'Clamp', {
    opset: 7,
    options: { 'min:f': -0.5, 'max:f': 0.5 },
  }),
  'no bounds': one('Clip', [], (x) => x, '', { opset: 7, options: { 'min:f': -3.4028234663852886e38 } }),
  'a bound of 0 below': one('Clip', ['z'], (x) => relu(x), 'ReLU', { constants: [floats('z', [], [0])] }),
  'slopes of channels': one('PRelu', ['c'], (x) => prelu(x, tensor([0.2, 0.3])), 'PReLU', { constants: [perChannel] }),
  'slopes of each element': one(
    'PRelu',
    ['e'],
    (x) =>
      subtract(
        relu(x),
        multiply(
          relu(negate(x)),
          tensor(
            Float32Array.from({ length: 24 }, (_, at) => at / 10),
            { shape: [4, 6] },
          ),
        ),
      ),
    'Branches',
    { constants: [floats('e', [4, 6])] },
  ),
  'a normalisation over neighbouring channels': one(
    'LRN',
    [],
    (x) => {
      const squares = avgPool2d(reshape(square(x), [2, 1, 2, 24]), { kernelSize: [3, 1], stride: 1, padding: [1, 0] });
      return divide(x, pow(add(0.7, multiply(0.5, reshape(squares, [2, 2, 4, 6]))), 0.6));
    },
    'Branches',
    { options: { size: 3, 'alpha:f': 0.5, 'beta:f': 0.6, 'bias:f': 0.7 } },
  ),
  'a normalisation by the root of the mean square': one(
    'RMSNormalization',
    ['r'],
    (x) => multiply(r, divide(x, sqrt(add(mean(square(x), { axes: 3, keepDims: true }), 0.1)))),
    'Branches Affine',
    { opset: 23, constants: [perColumn], options: { 'epsilon:f': 0.1 } },
  ),
  'a sum that makes larger': {
    parts: {
      constants: [floats('e', [2, 4, 1])],
      nodes: [node('ReduceMean', ['input'], ['n'], options({ axes: [2] })), node('Add', ['n', 'e'], ['output'])],
    },
    wanted: (x) =>
      add(
        mean(x, { axes: 2, keepDims: true }),
        tensor(
          Float32Array.from({ length: 8 }, (_, at) => at / 10),
          { shape: [2, 4, 1] },
        ),
      ),
    types: 'Reduce Broadcast Affine',
  },
  ...Object.fromEntries(
    (
      [
        ['a transposed convolution as large as strides say', { auto_pad: 'SAME_UPPER' }, [0, 1], 0],
        ['the same, with the odd pixel in front', { auto_pad: 'SAME_LOWER' }, [1, 0], 0],
        ['a transposed convolution of a size', { output_shape: [8, 12] }, [1, 0], 0],
        ['a transposed convolution of a larger size', { output_shape: [10, 14] }, [0, 0], 1],
      ] as const
    ).map(([name, attributes, padding, outputPadding]) => [
      name,
      one(
        'ConvTranspose',
        ['t'],
        (x) => convTranspose2d(x, kernel, { stride: 2, padding: [padding, padding], outputPadding }),
        'ConvTranspose2d',
        { constants: [floats('t', [2, 1, 3, 3])], options: { strides: [2, 2], ...attributes } },
      ),
    ]),
  ),
  'one slope, with axes': one('PRelu', ['z'], (x) => prelu(x, tensor([0.5])), 'PReLU', {
    constants: [floats('z', [1, 1, 1], [0.5])],
  }),
  'softplus that is straight from a threshold on': {
    parts: {
      constants: [floats('z', [], [0.5])],
      nodes: [
        node('Softplus', ['input'], ['p']),
        node('Greater', ['input', 'z'], ['g']),
        node('Where', ['g', 'input', 'p'], ['output']),
      ],
    },
    wanted: (x) => softplus(x, { threshold: 0.5 }),
    types: 'Softplus',
  },
  'pixels repeated by the centres of pixels': one(
    'Resize',
    ['', 'k'],
    (x) => interpolate(x, { scale: 3 }),
    'Upsample',
    {
      constants: [floats('k', [4], [1, 1, 3, 3])],
      options: { mode: 'nearest' },
    },
  ),
  "pixels repeated as TensorFlow's": one('Resize', ['', 'k'], (x) => interpolate(x, { scale: 2 }), 'Upsample', {
    constants: [floats('k', [4], [1, 1, 2, 2])],
    options: { mode: 'nearest', coordinate_transformation_mode: 'tf_half_pixel_for_nn', nearest_mode: 'floor' },
  }),
  'pixels repeated by factors that come second': one('Resize', ['k'], (x) => interpolate(x, { scale: 2 }), 'Upsample', {
    opset: 10,
    constants: [floats('k', [4], [1, 1, 2, 2])],
  }),
  'pixels repeated by Upsample': one('Upsample', ['k'], (x) => interpolate(x, { scale: [2, 3] }), 'Upsample', {
    opset: 9,
    constants: [floats('k', [4], [1, 1, 2, 3])],
  }),
  'a size that is put together from a shape': {
    parts: {
      constants: [
        wholes('two', [2]),
        wholes('from', [0]),
        wholes('to', [2]),
        wholes('size', [8, 9]),
        floats('none', [0], []),
      ],
      nodes: [
        node('Shape', ['input'], ['s']),
        node('Slice', ['s', 'from', 'to'], ['kept']),
        node('Concat', ['kept', 'size'], ['sizes'], options({ axis: 0 })),
        node('Resize', ['input', 'none', 'none', 'sizes'], ['output'], options({ mode: 'linear' })),
      ],
    },
    wanted: (x) => interpolate(x, { size: [8, 9], mode: 'bilinear' }),
    types: 'Upsample',
  },
  'lengths that are worked out': {
    parts: {
      constants: [{ ...wholes('one', [1]), dims: [] }, wholes('half', [2]), wholes('rest', [4, 6])],
      nodes: [
        node('Shape', ['input'], ['s']),
        node('Gather', ['s', 'one'], ['channels'], options({ axis: 0 })),
        node('Div', ['channels', 'half'], ['each']),
        node('Mul', ['each', 'half'], ['all']),
        node('Constant', [], ['batch'], options({ value_ints: [-1] })),
        node('Concat', ['batch', 'each', 'all', 'rest'], ['shape'], options({ axis: 0 })),
        node('Reshape', ['input', 'shape'], ['output']),
      ],
    },
    wanted: (x) => reshape(x, [2, 1, 2, 4, 6]),
    types: 'Reshape',
  },
  'pads that are worked out as PyTorch does': {
    parts: {
      constants: [
        wholes('four', [4]),
        wholes('given', [1, 2, 3, 0]),
        { ...wholes('pairs', [-1, 2]) },
        wholes('zero', [0]),
        wholes('last', [-1]),
        wholes('first', [-(2 ** 53) + 1]),
        wholes('flat', [-1]),
      ],
      nodes: [
        node('ConstantOfShape', ['four'], ['zeros']),
        node('Concat', ['given', 'zeros'], ['all'], options({ axis: 0 })),
        node('Reshape', ['all', 'pairs'], ['table']),
        node('Slice', ['table', 'last', 'first', 'zero', 'last'], ['turned']),
        node('Transpose', ['turned'], ['columns'], options({ perm: [1, 0] })),
        node('Reshape', ['columns', 'flat'], ['list']),
        node('Cast', ['list'], ['pads'], options({ to: 7 })),
        node('Pad', ['input', 'pads'], ['output'], options({ mode: 'edge' })),
      ],
    },
    wanted: (x) =>
      pad(
        x,
        [
          [0, 0],
          [0, 0],
          [3, 0],
          [1, 2],
        ],
        { mode: 'replicate' },
      ),
    types: 'Pad',
  },
  'weights that are worked out of weights': {
    parts: {
      constants: [floats('flat', [24]), wholes('form', [3, 2, 2, 2]), scalar],
      nodes: [
        node('Reshape', ['flat', 'form'], ['f']),
        node('Mul', ['f', 's'], ['scaled']),
        node('Conv', ['input', 'scaled'], ['output']),
      ],
    },
    wanted: (x) =>
      conv2d(
        x,
        tensor(
          Float32Array.from({ length: 24 }, (_, at) => (at / 10) * 0.2),
          { shape: [3, 2, 2, 2] },
        ),
      ),
    types: 'Conv2d',
  },
  'a gate of channels': {
    parts: {
      constants: [floats('g', [2, 2])],
      nodes: [
        node('ReduceMean', ['input'], ['p'], options({ axes: [2, 3], keepdims: 0 })),
        node('Gemm', ['p', 'g'], ['d']),
        node('Sigmoid', ['d'], ['q']),
        node('Unsqueeze', ['q'], ['u'], options({ axes: [2, 3] })),
        node('Mul', ['input', 'u'], ['output']),
      ],
      opset: 11,
    },
    wanted: (x) => {
      const g = tensor(Float32Array.of(0, 0.1, 0.2, 0.3), { shape: [2, 2] });
      return multiply(x, reshape(sigmoid(matmul(mean(x, { axes: [2, 3] }), g)), [2, 2, 1, 1]));
    },
    types: 'GlobalAvgPool2d Dense Sigmoid Reshape Multiply',
  },
  'images whose channels come last': {
    parts: {
      input: ['batch', 4, 6, 2],
      constants: [filters, floats('k', [18, 2])],
      nodes: [
        node('Transpose', ['input'], ['t'], options({ perm: [0, 3, 1, 2] })),
        node('Conv', ['t', 'w'], ['c']),
        node('MaxPool', ['c'], ['p'], options({ kernel_shape: [1, 2], strides: [1, 2] })),
        node('Transpose', ['p'], ['back'], options({ perm: [0, 2, 3, 1] })),
        node('Flatten', ['back'], ['f']),
        node('MatMul', ['f', 'k'], ['output']),
      ],
    },
    wanted: (x) => {
      const pooled = maxPool2d(conv2d(transpose(x, [0, 3, 1, 2]), w), { kernelSize: [1, 2] });
      const k = tensor(
        Float32Array.from({ length: 36 }, (_, at) => at / 10),
        { shape: [18, 2] },
      );
      return matmul(reshape(transpose(pooled, [0, 2, 3, 1]), [2, 18]), k);
    },
    types: 'Permute Conv2d MaxPool2d Permute Flatten Dense',
  },
};

test.each(Object.entries(cases))('%s', (_, { parts, wanted, types }) => {
  const found = run({ input: image, ...parts });
  expect(found.types).toBe(types);
  expectClose(found.y, wanted(found.x), 1e-5);
});
