import {
  adaptiveAvgPool1d,
  concat,
  divide,
  einsum,
  greater,
  matmul,
  multiply,
  reshape,
  slice,
  standardDeviation,
  subtract,
  type Tensor,
  take,
  tensor,
  transpose,
  where,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { changed, type FileParts, fileOf, floats, node, options, wholes } from '../../test/edits.ts';
import { run } from '../../test/run.ts';
import { importOnnx } from './importOnnx.ts';

/* What others write in whole chains of nodes, out of shapes, constants and axes in front of the batch. */

const scalar = (name: string, number: number) => ({ ...floats(name, [], [number]) });
const index = (name: string, number: number) => ({ ...wholes(name, [number]), dims: [] });
const [small, w] = [
  floats('w', [3, 4]),
  tensor(
    Float32Array.from({ length: 12 }, (_, at) => at / 10),
    { shape: [3, 4] },
  ),
];

interface Case {
  readonly parts: FileParts;
  readonly wanted: (x: Tensor) => Tensor;
  readonly types?: string;
}

/** Σ(x − mean)²/(n − 1) as PyTorch's older exporter has it: n is worked out of the shape. */
const deviation: FileParts = {
  input: ['batch', 2, 3, 4],
  opset: 18,
  constants: [wholes('axes', [2, 3]), scalar('one', 1)],
  nodes: [
    node('ReduceMean', ['input', 'axes'], ['mean']),
    node('Shape', ['input'], ['shape']),
    node('Gather', ['shape', 'axes'], ['lengths']),
    node('ReduceProd', ['lengths'], ['product'], options({ keepdims: 0 })),
    node('Sub', ['input', 'mean'], ['distance']),
    node('Mul', ['distance', 'distance'], ['squares']),
    node('ReduceMean', ['squares', 'axes'], ['variance'], options({ keepdims: 0 })),
    node('Cast', ['product'], ['count'], options({ to: 1 })),
    node('Mul', ['variance', 'count'], ['all']),
    node('Sub', ['count', 'one'], ['less']),
    node('Div', ['all', 'less'], ['unbiased']),
    node('Sqrt', ['unbiased'], ['output']),
  ],
};

/** 7 / 2 of whole numbers is 3, and of others 3.5. */
const halved = (cast: number): FileParts => ({
  input: ['batch', 7],
  constants: [index('two', 2), index('at', 1)],
  nodes: [
    node('Shape', ['input'], ['shape']),
    node('Gather', ['shape', 'at'], ['length']),
    node('Cast', ['length'], ['n'], options({ to: cast })),
    node('Cast', ['two'], ['t'], options({ to: cast })),
    node('Div', ['n', 't'], ['half']),
    node('Cast', ['half'], ['factor'], options({ to: 1 })),
    node('Mul', ['input', 'factor'], ['output']),
  ],
});

/** Queries, keys and values in front of the batch, and one of them taken. */
const partOf = (...behind: FileParts['nodes']): FileParts => ({
  input: ['batch', 5, 3, 2],
  constants: [
    index('second', 1),
    wholes('zero', [0]),
    wholes('from', [1]),
    wholes('to', [2]),
    wholes('ones', [1, 1, 1]),
  ],
  nodes: [node('Transpose', ['input'], ['t'], options({ perm: [2, 0, 3, 1] })), ...behind],
});
/** What is at one index of the third axis, columns before rows. */
const part = (x: Tensor, at: number): Tensor =>
  transpose(reshape(slice(x, [null, null, [at, at + 1]]), [2, 5, 2]), [0, 2, 1]);
const second = (x: Tensor): Tensor => part(x, 1);

const pairs = [0, 0, 0, 2, 3, 0, 3, 2];

const cases: Readonly<Record<string, Case>> = {
  'a standard deviation, whose count is worked out of the shape': {
    parts: deviation,
    wanted: (x) => standardDeviation(x, { axes: [2, 3], correction: 1 }),
  },
  'a quotient of whole numbers': { parts: halved(7), wanted: (x) => multiply(x, 3), types: 'Affine' },
  'a quotient of others': { parts: halved(1), wanted: (x) => multiply(x, 3.5), types: 'Affine' },
  'a weight worked out by a product, as a spectral norm': {
    parts: {
      input: ['batch', 4],
      constants: [small, floats('u', [3]), floats('v', [4])],
      nodes: [
        node('MatMul', ['w', 'v'], ['wv']),
        node('MatMul', ['u', 'wv'], ['norm']),
        node('Div', ['w', 'norm'], ['scaled']),
        node('Gemm', ['input', 'scaled'], ['output'], options({ transB: 1 })),
      ],
    },
    wanted: (x) => divide(matmul(x, transpose(w)), 0.162),
    types: 'Dense',
  },
  'one of three, by Gather': {
    parts: partOf(node('Gather', ['t', 'second'], ['output'])),
    wanted: second,
    types: 'Slice Reshape Permute',
  },
  'one of three, by Slice and Squeeze': {
    parts: partOf(node('Slice', ['t', 'from', 'to', 'zero'], ['s']), node('Squeeze', ['s', 'zero'], ['output'])),
    wanted: second,
  },
  'two of three, by Split and Squeeze': {
    parts: partOf(
      node('Split', ['t', 'ones'], ['a', 'b', 'c']),
      node('Squeeze', ['a', 'zero'], ['first']),
      node('Squeeze', ['b', 'zero'], ['other']),
      node('Sub', ['other', 'first'], ['output']),
    ),
    wanted: (x) => subtract(part(x, 1), part(x, 0)),
  },
  'pixels by rows and columns': {
    parts: {
      input: ['batch', 2, 4, 3],
      constants: [{ ...wholes('i', pairs), dims: [2, 2, 2] }],
      nodes: [
        node('Transpose', ['input'], ['t'], options({ perm: [2, 3, 0, 1] })),
        node('GatherND', ['t', 'i'], ['g'], options({ batch_dims: 0 })),
        node('Transpose', ['g'], ['output'], options({ perm: [2, 3, 0, 1] })),
      ],
    },
    wanted: (x) => take(take(x, [0, 3], { axis: 2 }), [0, 2], { axis: 3 }),
    types: 'Take Take',
  },
  'an adaptive pooling into cells of different sizes, as PyTorch writes it': {
    parts: {
      input: ['batch', 2, 5],
      constants: [
        { ...wholes('i', [0, 1, 2, 1, 2, 3, 3, 4, 4]), dims: [3, 3, 1] },
        {
          ...wholes('mask', [0, 0, 1, 0, 0, 0, 0, 0, 1]),
          dims: [3, 3],
          dataType: 9,
          int64Data: [],
          int32Data: [0, 0, 1, 0, 0, 0, 0, 0, 1],
        },
        scalar('nothing', 0),
        wholes('last', [3]),
        floats('sizes', [3], [2, 3, 2]),
      ],
      opset: 18,
      nodes: [
        node('Transpose', ['input'], ['t'], options({ perm: [2, 0, 1] })),
        node('GatherND', ['t', 'i'], ['g'], options({ batch_dims: 0 })),
        node('Transpose', ['g'], ['cells'], options({ perm: [2, 3, 0, 1] })),
        node('Where', ['mask', 'nothing', 'cells'], ['masked']),
        node('ReduceSum', ['masked', 'last'], ['sums'], options({ keepdims: 0 })),
        node('Div', ['sums', 'sizes'], ['output']),
      ],
    },
    wanted: (x) => adaptiveAvgPool1d(x, { outputSize: 3 }),
  },
  'a class token': {
    parts: {
      input: ['batch', 2, 3],
      constants: [floats('token', [1, 1, 3], [7, 8, 9]), wholes('rest', [1, 3]), wholes('zero', [0])],
      nodes: [
        node('Shape', ['input'], ['shape']),
        node('Gather', ['shape', 'zero'], ['n']),
        node('Concat', ['n', 'rest'], ['lengths'], options({ axis: 0 })),
        node('Expand', ['token', 'lengths'], ['tokens']),
        node('Concat', ['tokens', 'input'], ['output'], options({ axis: 1 })),
      ],
    },
    wanted: (x) => concat([[[[7, 8, 9]], [[7, 8, 9]]], x], { axis: 1 }),
    types: 'Constant Concat',
  },
  'a shape read backwards by Slice, behind a batch that is multiplied by 1': {
    parts: {
      input: ['batch', 2, 3, 4],
      constants: [
        wholes('from', [-1]),
        wholes('to', [0]),
        wholes('zero', [0]),
        wholes('back', [-1]),
        wholes('one', [1]),
      ],
      nodes: [
        node('Shape', ['input'], ['shape']),
        node('Gather', ['shape', 'zero'], ['n']),
        node('Mul', ['n', 'one'], ['product']),
        node('Div', ['product', 'one'], ['batch']),
        node('Slice', ['shape', 'from', 'to', 'zero', 'back'], ['reversed']),
        node('Concat', ['batch', 'reversed'], ['lengths'], options({ axis: 0 })),
        node('Reshape', ['input', 'lengths'], ['output']),
      ],
    },
    wanted: (x) => reshape(x, [2, 4, 3, 2]),
  },
  'every other length of a shape': {
    parts: {
      input: ['batch', 2, 3, 4],
      constants: [wholes('from', [0]), wholes('to', [9]), wholes('zero', [0]), wholes('two', [2]), wholes('rest', [8])],
      nodes: [
        node('Shape', ['input'], ['shape']),
        node('Slice', ['shape', 'from', 'to', 'zero', 'two'], ['some']),
        node('Concat', ['some', 'rest'], ['lengths'], options({ axis: 0 })),
        node('Reshape', ['input', 'lengths'], ['output']),
      ],
    },
    wanted: (x) => reshape(x, [2, 3, 8]),
  },
  'a threshold': {
    parts: {
      input: ['batch', 4],
      constants: [scalar('bound', 0.3), scalar('instead', -2)],
      nodes: [
        node('LessOrEqual', ['input', 'bound'], ['small']),
        node('Where', ['small', 'instead', 'input'], ['output']),
      ],
    },
    wanted: (x) => where(greater(x, 0.3), x, -2),
  },
  'answers, brought together and counted with': {
    parts: {
      input: ['batch', 4],
      constants: [scalar('low', -0.5), scalar('high', 0.5)],
      nodes: [
        node('Less', ['input', 'low'], ['a']),
        node('Greater', ['input', 'high'], ['b']),
        node('Or', ['a', 'b'], ['far']),
        node('Not', ['far'], ['near']),
        node('Cast', ['near'], ['factor'], options({ to: 1 })),
        node('Mul', ['input', 'factor'], ['output']),
      ],
    },
    wanted: (x) => where(greater(multiply(x, x), 0.25), 0, x),
  },
  'a number as a condition': {
    parts: {
      input: ['batch', 4],
      constants: [scalar('one', 1)],
      nodes: [
        node('Relu', ['input'], ['r']),
        node('Cast', ['r'], ['isPositive'], options({ to: 9 })),
        node('Where', ['isPositive', 'input', 'one'], ['output']),
      ],
    },
    wanted: (x) => where(greater(x, 0), x, 1),
  },
  'a sum over letters with a weight': {
    parts: {
      input: ['batch', 4, 2, 5],
      constants: [small],
      nodes: [node('Einsum', ['input', 'w'], ['output'], options({ equation: 'bchw, oc -> bohw' }))],
    },
    wanted: (x) => einsum('bchw,oc->bohw', x, w),
    types: 'Permute Reshape Dense Reshape Permute',
  },
  'a sum over letters of values': {
    parts: {
      input: ['batch', 4, 2],
      nodes: [
        node('Tanh', ['input'], ['t']),
        node('Einsum', ['input', 't'], ['output'], options({ equation: 'bij,bkj->bik' })),
      ],
    },
    wanted: (x) =>
      matmul(x, transpose(run({ input: ['batch', 4, 2], nodes: [node('Tanh', ['input'], ['output'])] }).y, [0, 2, 1])),
    types: 'Tanh Einsum',
  },
};

test.each(Object.entries(cases))('%s', (_, { parts, wanted, types }) => {
  const { x, y, types: found } = run(parts);
  expectClose(y, wanted(x), 1e-5);
  if (types !== undefined) expect(found).toBe(types);
});

test('indices of a table that count from its end, as Keras has them', () => {
  const bytes = changed((graph) => {
    const dim = [
      { dimValue: undefined, dimParam: 'n' },
      { dimValue: 3, dimParam: '' },
    ];
    graph.input[0].type = { tensorType: { elemType: 6, shape: { dim } } };
    graph.initializer = [small, index('zero', 0), index('count', 3)];
    graph.valueInfo = [];
    graph.node = [
      node('Cast', ['input'], ['same'], options({ to: 6 })),
      node('Cast', ['same'], ['i'], options({ to: 7 })),
      node('Less', ['i', 'zero'], ['isBehind']),
      node('Add', ['i', 'count'], ['wrapped']),
      node('Where', ['isBehind', 'wrapped', 'i'], ['rows']),
      node('Gather', ['w', 'rows'], ['output']),
    ];
  });
  const { model } = importOnnx(bytes);
  expect(model.layers.map(({ layer }) => layer.type)).toEqual(['Embedding']);
  expect(model.call(tensor([[2, 0, 1]])).toList()).toEqual(reshape(take(w, [2, 0, 1]), [1, 3, 4]).toList());
});

describe('what cannot be worked out is refused', () => {
  const refused = (parts: FileParts) => () => importOnnx(fileOf(parts));
  const rows = { input: ['batch', 4] };

  test('in words', () => {
    expect(
      messagesOf({
        'a factor that is the length of the batch': refused({
          ...rows,
          constants: [index('at', 0)],
          nodes: [
            node('Shape', ['input'], ['s']),
            node('Gather', ['s', 'at'], ['n']),
            node('Cast', ['n'], ['f'], options({ to: 1 })),
            node('Mul', ['input', 'f'], ['output']),
          ],
        }),
        'other numbers for each example': refused({
          ...rows,
          constants: [floats('c', [2, 1])],
          nodes: [node('Concat', ['input', 'c'], ['output'], options({ axis: 1 }))],
        }),
        'pixels that are no grid': refused({
          input: ['batch', 2, 4, 3],
          constants: [{ ...wholes('i', [0, 0, 1, 2, 3, 0, 3, 2]), dims: [2, 2, 2] }],
          nodes: [
            node('Transpose', ['input'], ['t'], options({ perm: [2, 3, 0, 1] })),
            node('GatherND', ['t', 'i'], ['g'], options({ batch_dims: 0 })),
            node('Transpose', ['g'], ['output'], options({ perm: [2, 3, 0, 1] })),
          ],
        }),
        'letters that sum the batch': refused({
          ...rows,
          constants: [small],
          nodes: [node('Einsum', ['input', 'w'], ['output'], options({ equation: 'bi,oi->o' }))],
        }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a factor that is the length of the batch": "OnnxError: Mul 'output': a second input that is worked out, "f"; wanted a second input that stands in the file. Export the model with constant folding.",
        "letters that sum the batch": "OnnxError: Einsum 'output': the equation "bi,oi->o"; wanted letters with the batch in front, of values, or of one value and a weight: bij,bjk->bik, bi,oi->bo. Write it as products of matrices before the export.",
        "other numbers for each example": "OnnxError: Concat 'output': inputs of shape [4], without the batch axis, and c of shape [2, 1]; wanted a constant of as many axes, the same for each example. Replace the layer before the export.",
        "pixels that are no grid": "OnnxError: Transpose 'output': indices of shape [2, 2, 2]; wanted a list of at most 4096 whole numbers. Replace the layer before the export.",
      }
    `);
  });

  test('a weight that would be repeated without bounds', () => {
    const nodes = [
      node('Shape', ['input'], ['s']),
      node('Concat', ['s', 'huge'], ['lengths'], options({ axis: 0 })),
      node('Expand', ['token', 'lengths'], ['e']),
      node('Concat', ['input', 'e'], ['output'], options({ axis: 1 })),
    ];
    const constants = [floats('token', [1]), wholes('huge', [2 ** 20, 2 ** 20, 2 ** 20])];
    expect(refused({ ...rows, constants, nodes })).toThrow("Concat 'output'");
  });
});
