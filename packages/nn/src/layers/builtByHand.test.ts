import { Random, TapegradError, type tensor } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import * as nn from '../index.ts';
import type { BuildContext, Layer } from './layer.ts';

/** Every layer, with the shape of an input that it takes. */
const layers: Readonly<Record<string, readonly [make: () => Layer, inputShape: readonly number[]]>> = {
  batchNorm: [() => new nn.BatchNorm(), [3]],
  conv1d: [() => new nn.Conv1d({ outChannels: 2, kernelSize: 2 }), [1, 5]],
  conv2d: [() => new nn.Conv2d({ outChannels: 2, kernelSize: 2 }), [1, 5, 5]],
  convTranspose2d: [() => new nn.ConvTranspose2d({ outChannels: 2, kernelSize: 2 }), [1, 5, 5]],
  deformConv2d: [() => new nn.DeformConv2d({ outChannels: 2, kernelSize: 2 }), [1, 5, 5]],
  dense: [() => new nn.Dense({ outFeatures: 2 }), [3]],
  dropBlock: [() => new nn.DropBlock({ blockSize: 1 }), [1, 5, 5]],
  dropout: [() => new nn.Dropout(), [3]],
  embedding: [() => new nn.Embedding({ count: 3, features: 2 }), [2]],
  flatten: [() => new nn.Flatten(), [1, 5, 5]],
  groupNorm: [() => new nn.GroupNorm({ groups: 1 }), [2]],
  layerNorm: [() => new nn.LayerNorm(), [3]],
  maxPool2d: [() => new nn.MaxPool2d({ kernelSize: 2 }), [1, 5, 5]],
  relu: [() => new nn.ReLU(), [3]],
  residual: [() => new nn.Residual([new nn.ReLU()]), [3]],
};
const context: BuildContext = { name: 'layer', random: new Random(1), dtype: 'float32' };
// As JavaScript gives them, which no compiler looks at.
const wrongContexts: readonly unknown[] = [undefined, null, {}, 3, 'name', [], context.random];
const wrongShapes: readonly unknown[] = [undefined, null, 3, {}, 'abc', ndarrayOf(new Float32Array(2), [2])];
const wrongInputs: readonly unknown[] = [
  undefined,
  null,
  'abc',
  {},
  () => 1,
  new Map(),
  3,
  [],
  [1],
  new Float32Array(3),
];

test.each(Object.entries(layers))(
  '%s refuses in words what it cannot be built with or called with',
  (_, [make, shape]) => {
    const attempts = [
      ...wrongContexts.map((wrong) => () => make().build(shape, wrong as BuildContext)),
      ...wrongShapes.map((wrong) => () => make().build(wrong as readonly number[], context)),
      ...wrongInputs.map((wrong) => () => {
        const layer = make();
        layer.build(shape, context);
        return layer.call(wrong as ReturnType<typeof tensor>, { training: false });
      }),
    ];
    expect(attempts.map(thrownBy).filter((error) => error !== undefined && !(error instanceof TapegradError))).toEqual(
      [],
    );
    for (const attempt of attempts.slice(0, wrongContexts.length)) expect(attempt).toThrow(TapegradError);
  },
);

function thrownBy(attempt: () => unknown): unknown {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('what is missing is named, with the way out', () => {
  const model = new nn.Sequential([new nn.Flatten()], { inputShape: [2], random: new Random(1) });
  const given = (wrong: unknown): ReturnType<typeof tensor> => wrong as ReturnType<typeof tensor>;
  const { random: _, ...withoutRandom } = context;
  expect(
    messagesOf({
      'no context': () => new nn.Dense({ outFeatures: 2 }).build([3], given(undefined) as unknown as BuildContext),
      'no random numbers': () => new nn.Dense({ outFeatures: 2 }).build([3], withoutRandom as BuildContext),
      'an ndarray': () => model.call(given(ndarrayOf(new Float32Array(2), [1, 2]))),
      lists: () => model.call(given([[1, 2]])),
      'no input': () => model.call(given(undefined)),
      'a class and no layer': () =>
        new nn.Sequential([nn.ReLU as unknown as Layer], { inputShape: [2], random: new Random(1) }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a class and no layer": "DataTypeError: the model: layers[0] is the function ReLU; wanted a layer. Make each with \`new\`: \`new ReLU()\`, not \`ReLU\` and not the op \`relu\`.",
      "an ndarray": "DataTypeError: Sequential: x is an ndarray of shape [1, 2]; wanted a tensor. Make a tensor of it, \`tensor(x)\`, or to train, \`tape.constant(x)\`.",
      "lists": "DataTypeError: Sequential: x is a list of 1; wanted a tensor. Make a tensor of it, \`tensor(x)\`, or to train, \`tape.constant(x)\`.",
      "no context": "DataTypeError: Dense.build: context is undefined; wanted what a model tells its layers: { name, random, dtype }. Put the layer into a Sequential, or call \`build(inputShape, { name, random: new Random(1), dtype })\`.",
      "no input": "DataTypeError: Sequential: x is undefined; wanted a tensor. Give it; this input has no default.",
      "no random numbers": "DataTypeError: layer: random is undefined; wanted a Random, from which the first weights come. Give one with a seed: \`random: new Random(1)\`.",
    }
  `);
});
