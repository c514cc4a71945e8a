import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { architectures, trained } from '../../test/architectures.ts';
import { endsWell } from '../../test/budget.ts';
import { changed, floats, node, options } from '../../test/edits.ts';
import { graphModels } from '../../test/graphModels.ts';
import { exportOnnx } from '../export/exportOnnx.ts';
import { readFile, writeFile } from '../format/file.ts';
import type { ModelProto, NodeProto } from '../format/modelProto.ts';
import { importOnnx } from './importOnnx.ts';

/** Files of all kinds of layers, small ones, so that most bytes say something. */
const files = [
  ...architectures.map((architecture) => exportOnnx(trained(architecture), { opset: architecture.opset })),
  ...Object.values(graphModels).map((make) => exportOnnx(make())),
  ...['newer-attention', 'newer-cells'].map((each) =>
    readFileSync(new URL(`../../test/pytorch/${each}.onnx`, import.meta.url)),
  ),
].filter(({ length }) => length < 20_000);

const file = fc.nat(files.length - 1).map((at) => files[at]);

test('there are files to change', () => {
  expect(files.length).toBeGreaterThan(30);
  for (const bytes of files) expect(endsWell(() => importOnnx(bytes))).toBe('value');
});

test('bytes that are no file', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      endsWell(() => importOnnx(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('files with some bytes changed, left out, put in or cut off', () => {
  const edit = fc.record({
    at: fc.nat(20_000),
    byte: fc.nat(255),
    kind: fc.constantFrom('set', 'drop', 'insert', 'cut'),
  });
  fc.assert(
    fc.property(file, fc.array(edit, { minLength: 1, maxLength: 4 }), (bytes, edits) => {
      let changed = bytes;
      for (const { at, byte, kind } of edits) changed = edited(changed, at % (changed.length + 1), byte, kind);
      endsWell(() => importOnnx(changed));
    }),
    { numRuns: 3000 },
  );
});

function edited(bytes: Uint8Array, at: number, byte: number, kind: 'set' | 'drop' | 'insert' | 'cut') {
  if (kind === 'cut') return bytes.slice(0, at);
  const middle = kind === 'drop' ? [] : [byte];
  return Uint8Array.of(...bytes.slice(0, at), ...middle, ...bytes.slice(kind === 'insert' ? at : at + 1));
}

/** Numbers at which programs break. */
const number = fc.constantFrom(-1, 0, 1, 2, 3, 7, 64, 2 ** 31, 2 ** 40, -(2 ** 52));
const name = fc.constantFrom('', '__proto__', 'constructor', 'input', 'output', 'conv1', 'conv1.weight', 'nothing');
const operation = fc.constantFrom(
  ...['Add', 'Conv', 'Gemm', 'Reshape', 'Shape', 'Constant', 'MaxPool', 'Gather', 'Mul', 'Identity', '__proto__'],
  ...[
    'Concat',
    'Split',
    'Slice',
    'Transpose',
    'Sub',
    'Div',
    'Pow',
    'Max',
    'Mean',
    'MatMul',
    'Clip',
    'PRelu',
    'Unsqueeze',
  ],
  ...[
    'Squeeze',
    'Expand',
    'Tile',
    'Pad',
    'Resize',
    'Upsample',
    'ReduceMean',
    'ReduceL2',
    'DepthToSpace',
    'SpaceToDepth',
  ],
  ...[
    'ConstantOfShape',
    'GatherND',
    'If',
    'Where',
    'Equal',
    'Mod',
    'Flatten',
    'BatchNormalization',
    'Cast',
    'Sum',
    'Exp',
  ],
  ...['Greater', 'Less', 'LessOrEqual', 'And', 'Or', 'Not', 'Einsum', 'ReduceProd', 'Floor', 'Ceil'],
);

/** A change of what a file says, not of its bytes: it stays a file. */
const change = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(), name).map(([at, offset, name]) => (model: ModelProto) => {
    withNode(model, at, ({ input }) => {
      input[offset % (input.length + 1)] = name;
    });
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([at, other]) => (model: ModelProto) => {
    withNode(model, at, (node) =>
      withNode(model, other, ({ output }) => {
        node.input[0] = output[0];
      }),
    );
  }),
  fc.tuple(fc.nat(), name).map(([at, name]) => (model: ModelProto) => {
    withNode(model, at, ({ output }) => {
      output[0] = name;
    });
  }),
  fc.tuple(fc.nat(), operation).map(([at, operation]) => (model: ModelProto) => {
    withNode(model, at, (node) => {
      node.opType = operation;
    });
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.nat(), number).map(([at, which, offset, number]) => (model: ModelProto) => {
    withNode(model, at, ({ attribute }) => {
      const one = attribute[which % Math.max(1, attribute.length)];
      if (!one) return;
      if (one.ints.length > 0) one.ints[offset % (one.ints.length + 1)] = number;
      else if (one.i !== undefined) one.i = number;
      else if (one.f !== undefined) one.f = number;
    });
  }),
  fc.tuple(fc.nat(), fc.nat(), number).map(([at, axis, number]) => (model: ModelProto) => {
    const tensors = model.graph?.initializer ?? [];
    const { dims = [] } = tensors[at % Math.max(1, tensors.length)] ?? {};
    dims[axis % (dims.length + 1)] = number;
  }),
  fc.tuple(fc.nat(), fc.nat(30)).map(([at, type]) => (model: ModelProto) => {
    const tensors = model.graph?.initializer ?? [];
    const tensor = tensors[at % Math.max(1, tensors.length)];
    if (tensor) tensor.dataType = type;
  }),
  fc.tuple(fc.nat(), number).map(([axis, number]) => (model: ModelProto) => {
    const dim = model.graph?.input[0].type?.tensorType?.shape?.dim ?? [];
    if (dim.length > 0) dim[axis % dim.length].dimValue = number;
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => (model: ModelProto) => {
    const nodes = model.graph?.node ?? [];
    if (nodes.length > 0) nodes.splice(to % nodes.length, 0, ...nodes.splice(from % nodes.length, 1));
  }),
  fc.tuple(fc.nat(), name, number, number).map(([at, location, offset, length]) => (model: ModelProto) => {
    const tensors = model.graph?.initializer ?? [];
    const tensor = tensors[at % Math.max(1, tensors.length)];
    if (!tensor) return;
    const entries = Object.entries({ location, offset: `${offset}`, length: `${length}` });
    tensor.externalData = entries.map(([key, value]) => ({ key, value }));
  }),
  fc.tuple(fc.boolean(), fc.nat(), name).map(([isInput, at, name]) => (model: ModelProto) => {
    const { graph } = model;
    if (!graph) return;
    const inner = graph.node[at % Math.max(1, graph.node.length)]?.output[0] ?? name;
    const ends = isInput ? graph.input : graph.output;
    ends.push({ ...graph.input[0], name: isInput ? name : inner });
  }),
  number.map((version) => (model: ModelProto) => {
    for (const opset of model.opsetImport) opset.version = version;
  }),
);

function withNode(model: ModelProto, at: number, edit: (node: NodeProto) => void): void {
  const nodes = model.graph?.node ?? [];
  if (nodes.length > 0) edit(nodes[at % nodes.length]);
}

const beside = new Uint8Array(4096);

test('files that say something else', () => {
  const ends = { value: 0, error: 0 };
  fc.assert(
    fc.property(file, fc.array(change, { minLength: 1, maxLength: 3 }), (bytes, changes) => {
      const model = readFile(bytes);
      for (const change of changes) change(model);
      // A file beside it, the same for all names.
      ends[endsWell(() => importOnnx(writeFile(model), { externalData: beside }))]++;
    }),
    { numRuns: 3000 },
  );
  // Some changes change nothing that counts; a test in which none or all of them do would not look where it should.
  expect(ends.value).toBeGreaterThan(100);
  expect(ends.error).toBeGreaterThan(1000);
});

const small = fc.integer({ min: -3, max: 4 });

/** Options that nodes of some kinds have; most nodes have none. */
const attributes = fc.oneof(
  { weight: 24, arbitrary: fc.constant({}) },
  fc.record({ axis: small }),
  fc.record({ axes: fc.array(small, { maxLength: 3 }) }),
  fc.record({ axes: fc.array(small, { maxLength: 3 }), keepdims: fc.nat(1) }),
  fc.record({ perm: fc.shuffledSubarray([1, 2, 3]).map((axes) => [0, ...axes]) }),
  fc.record({ blocksize: small }),
  fc.record({ kernel_shape: fc.array(small, { minLength: 1, maxLength: 3 }) }),
  fc.record({ pads: fc.array(small, { maxLength: 8 }) }),
  fc.record({ starts: fc.array(small, { maxLength: 3 }), ends: fc.array(number, { maxLength: 3 }) }),
);

const value = fc.nat(11).map((at) => (at < 8 ? `v${at}` : `c${at - 8}`));

/** One node of a graph that means nothing. */
const anyNode = fc.record({
  // Half of them can hardly be wrong, so that others stand behind something.
  opType: fc.oneof(operation, fc.constantFrom('Relu', 'Exp', 'Abs', 'Tanh', 'Add', 'Mul', 'Identity')),
  input: fc.array(value, { minLength: 1, maxLength: 5 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  attributes,
});

/** A constant of few numbers, most of them small and whole. */
const anyConstant = fc.record({
  dims: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  number: fc.oneof(number, fc.integer({ min: -4, max: 4 })),
});

test('graphs of any nodes', () => {
  const ends = { value: 0, error: 0 };
  const graphs = fc.tuple(
    fc.array(anyNode, { minLength: 1, maxLength: 5 }),
    fc.array(anyConstant, { minLength: 4, maxLength: 4 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(graphs, ([nodes, constants, inputShape]) => {
      const bytes = changed((graph) => {
        graph.valueInfo = [];
        graph.input = [{ name: 'v0', type: graph.input[0].type }];
        const dim = [0, ...inputShape].map((length) => ({ dimValue: length || undefined, dimParam: '' }));
        graph.input[0].type = { tensorType: { elemType: 1, shape: { dim } } };
        graph.initializer = constants.map(({ dims, number }, at) => {
          const size = dims.reduce((product, length) => product * length, 1);
          return floats(`c${at}`, dims, new Array<number>(size).fill(number));
        });
        // Most take what stands before them, so that something comes of it.
        graph.node = nodes.map(({ opType, input, outputs, attributes }, at) => ({
          ...node(opType, [`v${at}`, ...input.slice(1)], [`v${at + 1}`, ...(outputs > 1 ? [`w${at}`] : [])]),
          attribute: options(attributes),
        }));
        graph.output = [{ name: `v${nodes.length}`, type: undefined }];
      });
      ends[endsWell(() => importOnnx(bytes))]++;
    }),
    { numRuns: 3000 },
  );
  expect(ends.value).toBeGreaterThan(50);
  expect(ends.error).toBeGreaterThan(1000);
});
