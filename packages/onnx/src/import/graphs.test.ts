import { add, concat, exp, multiply, negate, relu, type Tensor, tanh } from '@tapegrad/core';
import { type GraphValues, type Model, Sequential } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { changed, floats, node, options, wholes } from '../../test/edits.ts';
import { typesOf, waves } from '../../test/run.ts';
import { OnnxError } from '../errors.ts';
import type { GraphProto, NodeProto } from '../format/modelProto.ts';
import { importOnnx } from './importOnnx.ts';

type Named = Model<GraphValues, GraphValues>;

const value = (name: string, lengths: readonly (number | string)[], elemType = 1) => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: {
        dim: lengths.map((length) =>
          typeof length === 'number' ? { dimValue: length, dimParam: '' } : { dimValue: undefined, dimParam: length },
        ),
      },
    },
  },
});

/** A file with these inputs, nodes and outputs. */
function file(
  inputs: Readonly<Record<string, readonly (number | string)[]>>,
  nodes: readonly NodeProto[],
  outputs: readonly string[],
  more: Partial<GraphProto> = {},
): Uint8Array {
  return changed((graph) => {
    graph.input = Object.entries(inputs).map(([name, lengths]) => value(name, lengths));
    graph.output = outputs.map((name) => value(name, []));
    graph.node = [...nodes];
    graph.initializer = [];
    graph.valueInfo = [];
    Object.assign(graph, more);
  });
}

describe('several inputs and outputs', () => {
  const nodes = [
    node('Concat', ['left', 'right'], ['both'], options({ axis: 1 })),
    node('Relu', ['both'], ['positive']),
    node('Tanh', ['right'], ['bent']),
  ];
  const shapes = { left: ['n', 2], right: ['n', 3] };
  const [left, right] = [waves([2, 2]), waves([2, 3])];

  test('come by their names', () => {
    const { model } = importOnnx<Named>(file(shapes, nodes, ['positive', 'bent']));
    expect([model.inputShape, model.outputShape]).toEqual([
      { left: [2], right: [3] },
      { positive: [5], bent: [3] },
    ]);
    const y = model.call({ left, right }) as Readonly<Record<string, Tensor>>;
    expect(y.positive.toList()).toEqual(relu(concat([left, right], { axis: 1 })).toList());
    expect(y.bent.toList()).toEqual(tanh(right).toList());
  });

  test('of one kind each, the single one is not by name', () => {
    const one = importOnnx<Model<GraphValues>>(file(shapes, nodes, ['positive'])).model;
    expect((one.call({ left, right }) as Tensor).shape).toEqual([2, 5]);
    const out = importOnnx<Named>(file({ x: ['n', 3] }, [node('Relu', ['x'], ['y'])], ['y', 'x'])).model;
    const y = out.call(right) as Readonly<Record<string, Tensor>>;
    expect([y.y.toList(), y.x.toList()]).toEqual([relu(right).toList(), right.toList()]);
  });

  test('have their shapes said by name', () => {
    const open = file({ left: ['n', 'a'], right: ['n', 'b'] }, nodes, ['positive', 'bent']);
    const { model } = importOnnx<Named>(open, { inputShape: { left: [4], right: [1] } });
    expect(model.outputShape).toEqual({ positive: [5], bent: [1] });
    expect(
      messagesOf({
        'one shape': () => importOnnx(open, { inputShape: [4] }),
        'another name': () => importOnnx(open, { inputShape: { left: [4], wrong: [1] } }),
        'one of them': () => importOnnx(open, { inputShape: { left: [4] } }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "another name": "OnnxError: importOnnx: inputShape for left, wrong, for a model with the inputs left, right; wanted a shape for each input by its name. Say them by name: \`importOnnx(bytes, { inputShape: { left: [3, 32, 32], right: [3, 32, 32] } })\`.",
        "one of them": "OnnxError: importOnnx: an input right of shape [n, b]; wanted lengths of at least 1 behind the batch axis, and at most 268435456 numbers. Say the shape of one input: \`importOnnx(bytes, { inputShape: [3, 32, 32] })\`.",
        "one shape": "OnnxError: importOnnx: inputShape [4], for a model with the inputs left, right; wanted a shape for each input by its name. Say them by name: \`importOnnx(bytes, { inputShape: { left: [3, 32, 32], right: [3, 32, 32] } })\`.",
      }
    `);
  });
});

describe('an inputShape that is none', () => {
  const bytes = file({ x: ['n', 3] }, [node('Relu', ['x'], ['y'])], ['y']);
  const wanted =
    'wanted the shape of one input in a list, without the batch axis, or of each by its name. For example `importOnnx(bytes, { inputShape: [3, 32, 32] })`.';

  test.each<[string, unknown, string]>([
    ['a text', '3', `inputShape is the text '3'; ${wanted}`],
    ['a number', 3, `inputShape is the number 3; ${wanted}`],
    ['typed numbers', Int32Array.of(3), `inputShape is an Int32Array of 1; ${wanted}`],
    ['a list of texts', [1, '3'], `inputShape[1] is the text '3'; ${wanted}`],
    ['a list of lists', [[3]], `inputShape[0] is a list of 1; ${wanted}`],
    ['a hole', new Array(1), `inputShape[0] is undefined; ${wanted}`],
    ['a number by name', { x: 3 }, `inputShape.x is the number 3; ${wanted.replace(', or of each by its name', '')}`],
    ['a text by name', { x: '3' }, "inputShape.x is the text '3'"],
    ['texts by name', { x: ['3'] }, "inputShape.x[0] is the text '3'"],
  ])('%s', (_, inputShape, message) => {
    expect(() => importOnnx(bytes, { inputShape: inputShape as never })).toThrow(`importOnnx: ${message}`);
  });
});

test('a node of several outputs that stands in the way is named once', () => {
  const names = ['values', 'indices'];
  const one = file({ x: ['n', 3] }, [node('TopK', ['x'], names)], names);
  expect(() => importOnnx(one)).toThrow(
    /^TopK 'values': an operation without a layer; wanted operations that a layer of tapegrad computes/,
  );
  const nodes = [node('TopK', ['x'], names), node('Sin', ['values'], ['sine']), node('TopK', ['x'], ['a', 'b'])];
  expect(() => importOnnx(file({ x: ['n', 3] }, nodes, ['sine', 'indices', 'a', 'b']))).toThrow(
    "3 nodes that stand in the way: TopK 'values': an operation without a layer; Sin 'sine': an operation without a layer; TopK 'a': an operation without a layer; wanted",
  );
});

describe('the graph', () => {
  test('may have its nodes in any order, and nodes that lead nowhere', () => {
    const nodes = [node('Tanh', ['middle'], ['y']), node('Sin', ['x'], ['nowhere']), node('Relu', ['x'], ['middle'])];
    const { model } = importOnnx(file({ x: ['n', 3] }, nodes, ['y']));
    expect(typesOf(model)).toBe('ReLU Tanh');
    const row = Array.from({ length: 3000 }, (_, at) => node('Relu', [at < 2999 ? `${at + 1}` : 'x'], [`${at}`]));
    expect(importOnnx(file({ x: ['n', 3] }, row, ['0'])).model.layers.length).toBe(3000);
  });

  test('is a Sequential with a Model where it is more than a row', () => {
    const nodes = [
      node('Exp', ['x'], ['e']),
      node('Neg', ['x'], ['n']),
      node('Mul', ['e', 'n'], ['p']),
      node('Add', ['p', 'e'], ['y']),
    ];
    const { model } = importOnnx(file({ x: ['n', 3] }, nodes, ['y']));
    expect(model).toBeInstanceOf(Sequential);
    expect(model.layers.map(({ layer }) => layer.type)).toEqual(['Model']);
    const x = waves([2, 3]);
    expectClose(model.call(x), add(multiply(exp(x), negate(x)), exp(x)), 1e-6);
  });

  test('keeps the names of layers within a Model, and freezes numbers that stand in nodes', () => {
    const constant = { ...floats('', [3], [1, 2, 3]), name: '' };
    const nodes = [
      node('Constant', [], ['c'], [{ ...options({ value: 0 })[0], i: undefined, t: constant, type: 4 }]),
      node('Sub', ['x', 'c'], ['d']),
      node('MatMul', ['d', 'w'], ['m']),
      node('Mul', ['m', 'f'], ['g']),
      node('Div', ['g', 'm'], ['y']),
    ];
    const initializer = [floats('w', [3, 2]), floats('f', [2])];
    const { model } = importOnnx(file({ x: ['n', 3] }, nodes, ['y'], { initializer }));
    expect(model.parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
      ['affine1.bias', false],
      ['dense1.weight', true],
      ['affine2.weight', true],
    ]);
  });

  test('a layer whose weights are used twice is one layer', () => {
    const initializer = [floats('w', [3, 3]), floats('v', [3, 3])];
    const nodes = [
      node('MatMul', ['x', 'w'], ['a']),
      node('Tanh', ['a'], ['b']),
      node('MatMul', ['b', 'w'], ['c']),
      node('MatMul', ['c', 'v'], ['y']),
    ];
    const { model } = importOnnx(file({ x: ['n', 3] }, nodes, ['y'], { initializer }));
    const [one, , again, other] = model.layers.map(({ layer }) => layer);
    expect([one === again, one === other, model.parameters.length]).toEqual([true, false, 2]);
    const twins = importOnnx<Named>(
      file(
        { left: ['n', 3], right: ['n', 3] },
        [node('MatMul', ['left', 'w'], ['a']), node('MatMul', ['right', 'w'], ['b'])],
        ['a', 'b'],
        { initializer },
      ),
    ).model;
    expect(twins.parameters.length).toBe(1);
  });

  test('a second output is refused only where it is used', () => {
    const dropout = node('Dropout', ['x'], ['y', 'mask']);
    expect(typesOf(importOnnx(file({ x: ['n', 3] }, [dropout], ['y'])).model)).toBe('Dropout');
    expect(
      messagesOf({
        used: () => importOnnx(file({ x: ['n', 3] }, [dropout, node('Mul', ['y', 'mask'], ['z'])], ['z'])),
      }),
    ).toMatchInlineSnapshot(`
      {
        "used": "OnnxError: Dropout 'y': output 2 of Dropout, which goes on in the model; wanted its first output alone. Export the model for use, not for training, and without indices of poolings.",
      }
    `);
  });
});

describe('what stands in the way', () => {
  const nodes = [
    node('Sin', ['x'], ['s']),
    node('Relu', ['s'], ['r']),
    node('Flatten', ['x'], ['f'], options({ axis: 0 })),
    node('Custom', ['r'], ['c']),
    node('Add', ['c', 'f'], ['y']),
  ];
  const errorOf = (bytes: Uint8Array): OnnxError => {
    try {
      importOnnx(bytes);
    } catch (error) {
      if (error instanceof OnnxError) return error;
      throw error;
    }
    throw new TypeError('imported');
  };

  test('is named whole, each with its own error', () => {
    const error = errorOf(file({ x: ['n', 3, 2] }, nodes, ['y']));
    expect(error.message).toMatchInlineSnapshot(
      `"importOnnx: 3 nodes that stand in the way: Sin 's': an operation without a layer; Flatten 'f': axis: 0; Custom 'c': an operation without a layer; wanted nodes that layers of tapegrad compute. Replace them before the export; \`error.problems\` holds what is wrong with each and what to do."`,
    );
    expect(error.problems.map(({ operation }) => operation)).toEqual(["Sin 's'", "Flatten 'f'", "Custom 'c'"]);
    expect(error.problems[1].remedy).toContain('replace the layer');
  });

  test('behind a node whose shape the file says, all is looked at', () => {
    const valueInfo = [value('s', ['n', 3, 2])];
    const behind = [node('Sin', ['x'], ['s']), node('Flatten', ['s'], ['y'], options({ axis: 0 }))];
    expect(errorOf(file({ x: ['n', 3, 2] }, behind, ['y'], { valueInfo })).problems.length).toBe(2);
    // Where it does not, only the first can be said to be wrong.
    expect(errorOf(file({ x: ['n', 3, 2] }, behind, ['y'])).operation).toBe("Sin 's'");
  });

  test('is one error where it is one node, and a number where there are many', () => {
    const single = errorOf(file({ x: ['n', 3] }, [node('Sin', ['x'], ['y'])], ['y']));
    expect([single.operation, single.problems]).toEqual(["Sin 'y'", []]);
    const many = Array.from({ length: 100 }, (_, at) => node('Sin', [at ? `${at - 1}` : 'x'], [`${at}`]));
    const error = errorOf(file({ x: ['n', 3] }, many, ['99']));
    expect(error.problems.length).toBe(100);
    expect(error.message).toContain('; and 80 more;');
  });

  test('is told in words that say why', () => {
    const of =
      (nodes: readonly NodeProto[], ...initializer: GraphProto['initializer']) =>
      () =>
        importOnnx(file({ x: ['n', 3, 4] }, nodes, ['y'], { initializer }));
    expect(
      messagesOf({
        'a branch': of([node('If', ['c'], ['i']), node('Add', ['x', 'i'], ['y'])], floats('c', [])),
        'axes with the batch elsewhere': of([node('Transpose', ['x'], ['y'])]),
        'a concatenation of the batch': of([node('Concat', ['x', 'x'], ['y'], options({ axis: 0 }))]),
        'a division of the batch': of([node('Split', ['x'], ['y', 'z'])]),
        'lengths that are not all': of(
          [node('Split', ['x', 'l'], ['y', 'z'], options({ axis: 1 }))],
          wholes('l', [1, 1]),
        ),
        'a part of the batch': of([node('Slice', ['x', 's', 'e'], ['y'])], wholes('s', [0]), wholes('e', [1])),
        'steps of nothing': of(
          [node('Slice', ['x', 'z', 'e', 'a', 'z'], ['y'])],
          wholes('z', [0]),
          wholes('e', [2]),
          wholes('a', [1]),
        ),
        'a list too few': of([node('Slice', ['x', 'z', 'e'], ['y'])], wholes('z', [0]), wholes('e', [2, 2])),
        'indices that there are not': of(
          [node('Gather', ['x', 'i'], ['y'], options({ axis: 1 }))],
          wholes('i', [2, 3]),
        ),
        'indices in a table': of([node('Gather', ['x', 'i'], ['y'], options({ axis: 1 }))], {
          ...wholes('i', [0, 1, 1, 0]),
          dims: [2, 2],
        }),
        'a choice of examples': of([node('Gather', ['x', 'i'], ['y'])], wholes('i', [0])),
        'a mean of the batch': of([node('ReduceMean', ['x'], ['y'])]),
        'two ranks': of([
          node('ReduceMean', ['x'], ['m'], options({ axes: [2], keepdims: 0 })),
          node('Mul', ['x', 'm'], ['y']),
        ]),
        'numbers for each example': of([node('Mul', ['x', 'c'], ['y'])], floats('c', [2, 3, 4])),
        'several exponents': of([node('Pow', ['x', 'c'], ['y'])], floats('c', [4])),
        'several bounds': of([node('Max', ['x', 'c'], ['y'])], floats('c', [4])),
        'one that is repeated': of([node('Expand', ['x', 's'], ['y'])], wholes('s', [1, 6, 4])),
        'the batch that is repeated': of([node('Tile', ['x', 's'], ['y'])], wholes('s', [2, 1, 1])),
        'a new axis in front': of([node('Unsqueeze', ['x', 's'], ['y'])], wholes('s', [0])),
        'blocks that do not fit': of(
          [node('Unsqueeze', ['x', 's'], ['u']), node('DepthToSpace', ['u'], ['y'], options({ blocksize: 2 }))],
          wholes('s', [1]),
        ),
        'a pooling by a norm': of([node('LpPool', ['x'], ['y'], options({ kernel_shape: [2] }))]),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a branch": "OnnxError: If 'i': an operation without a layer; wanted operations that a layer of tapegrad computes. Replace it before the export, or export the part of the model before it and build the rest here.",
        "a choice of examples": "OnnxError: Gather 'y': a choice along axis 0; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a concatenation of the batch": "OnnxError: Concat 'y': a concatenation along axis 0; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a division of the batch": "OnnxError: Split 'y': a division along axis 0; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a list too few": "OnnxError: Slice 'y': starts [0], ends [2,2], axes [0], steps [1]; wanted as many of each, and steps other than 0. Replace the layer before the export.",
        "a mean of the batch": "OnnxError: ReduceMean 'y': a mean over the batch; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a new axis in front": "OnnxError: Unsqueeze 'y': new axes [0]; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a part of the batch": "OnnxError: Slice 'y': a part of the batch; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "a pooling by a norm": "OnnxError: LpPool 'y': an operation without a layer; wanted operations that a layer of tapegrad computes. Replace it before the export, or export the part of the model before it and build the rest here.",
        "axes with the batch elsewhere": "OnnxError: Transpose 'y': axes in the order [2,1,0]; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "blocks that do not fit": "OnnxError: DepthToSpace 'y': blocksize: 2; wanted one for 1. Export the model without it, or replace the layer before the export.",
        "indices in a table": "OnnxError: Gather 'y': indices of shape [2, 2]; wanted a list of at most 4096 whole numbers. Replace the layer before the export.",
        "indices that there are not": "OnnxError: Gather 'y': the indices [2, 3]; wanted indices from -3 to 2. Check that the file is whole.",
        "lengths that are not all": "OnnxError: Split 'y': split: [1,1]; wanted 2 lengths that are 3 in all. Export the model without it, or replace the layer before the export.",
        "numbers for each example": "OnnxError: Mul 'y': inputs of shape [3, 4], without the batch axis, and c of shape [2, 3, 4]; wanted a constant that is broadcast with the inputs, the same for each example. Replace the layer before the export.",
        "one that is repeated": "OnnxError: Expand 'y': inputs of shape [3, 4], without the batch axis; wanted what Expand can repeat to [6,4], along axes of length 1. Replace the layer before the export.",
        "several bounds": "OnnxError: Max 'y': several bounds; wanted values that depend on the inputs, or one number. Replace the layer before the export.",
        "several exponents": "OnnxError: Pow 'y': several exponents; wanted values that depend on the inputs, or one number. Replace the layer before the export.",
        "steps of nothing": "OnnxError: Slice 'y': starts [0], ends [2], axes [1], steps [0]; wanted as many of each, and steps other than 0. Replace the layer before the export.",
        "the batch that is repeated": "OnnxError: Tile 'y': 2 times the batch; wanted the batch axis in front, each example by itself. Do that outside of the model.",
        "two ranks": "OnnxError: Mul 'y': values of shape [3, 4] and [3], without the batch axis; wanted values of as many axes, the batch axis in front. Reshape one of them before the export.",
      }
    `);
  });
});

test('what is worked out of constants ends, however it grows', () => {
  const nodes = [node('Mul', ['column', 'row'], ['c0'])];
  for (let at = 0; at < 14; at++) nodes.push(node('Add', [`c${at}`, `c${at}`], [`c${at + 1}`]));
  nodes.push(node('Add', ['x', 'c14'], ['y']));
  const initializer = [floats('column', [5000, 1]), floats('row', [1, 5000])];
  expect(() => importOnnx(file({ x: ['n', 3] }, nodes, ['y'], { initializer }))).toThrow("Add 'y'");
  const filled = [node('ConstantOfShape', ['huge'], ['c']), node('Add', ['x', 'c'], ['y'])];
  const huge = [wholes('huge', [2 ** 40])];
  expect(() => importOnnx(file({ x: ['n', 3] }, filled, ['y'], { initializer: huge }))).toThrow("Add 'y'");
});
