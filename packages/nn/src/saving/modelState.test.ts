import { Parameter, Random, tensor, ValueError } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { BatchNorm, Conv2d, Dense, Flatten, LayerBuffer, Sequential, writeSafetensors } from '../index.ts';
import { loadModel, loadWeights, saveModel, weightsOf } from './modelState.ts';
import { readSafetensors } from './safetensors.ts';

const make = (seed: number) =>
  new Sequential(
    [
      new Conv2d({ outChannels: 2, kernelSize: 3 }),
      new BatchNorm(),
      new Flatten(),
      new Dense({ outFeatures: 3, bias: false }),
    ],
    { inputShape: [1, 5, 5], random: new Random(seed) },
  );
const images = tensor(Array.from({ length: 50 }, (_, index) => Math.sin(index)));
const batch = tensor(images.toFlatArray(), { shape: [2, 1, 5, 5] });

const numbersOf = (model: Sequential) => [...weightsOf(model)].map(([name, x]) => [name, x.toList()]);

/** As from JavaScript. */
const any = (value: unknown): never => value as never;

test('a path, or what is no model, is refused with the way out', () => {
  const model = make(1);
  expect(
    messagesOf({
      'saveModel(path)': () => saveModel(any('model.safetensors')),
      'saveModel(model, path)': () => saveModel(model, any('model.safetensors')),
      'saveModel()': () => saveModel(any(undefined)),
      'loadModel(path)': () => loadModel(any('model.safetensors'), any(undefined)),
      'loadModel(model, path)': () => loadModel(model, any('model.safetensors')),
      'loadModel(bytes, model)': () => loadModel(any(saveModel(model)), any(model)),
      'loadModel(model, promise)': () => loadModel(model, any(Promise.resolve())),
    }),
  ).toMatchInlineSnapshot(`
    {
      "loadModel(bytes, model)": "DataTypeError: loadModel: model is a Uint8Array of 872; wanted a model, or a part of one, with its parameters. Give the model first: \`loadModel(model, bytes)\`, \`saveModel(model)\`.",
      "loadModel(model, path)": "DataTypeError: loadModel: the text "model.safetensors", perhaps a path; wanted the bytes of a file, which it takes or gives. Read the file first: \`loadModel(model, await readFile(path))\`.",
      "loadModel(model, promise)": "DataTypeError: safetensors: bytes is a Promise; wanted a Uint8Array. Read the file first, for example with \`await readFile(path)\`, or wrap a buffer: \`new Uint8Array(buffer)\`.",
      "loadModel(path)": "DataTypeError: loadModel: model is the text 'model.safetensors'; wanted a model, or a part of one, with its parameters. Give the model first: \`loadModel(model, bytes)\`, \`saveModel(model)\`.",
      "saveModel()": "DataTypeError: saveModel: model is undefined; wanted a model, or a part of one, with its parameters. Give the model first: \`loadModel(model, bytes)\`, \`saveModel(model)\`.",
      "saveModel(model, path)": "DataTypeError: saveModel: the text "model.safetensors", perhaps a path; wanted the bytes of a file, which it takes or gives. Write the bytes to it: \`await writeFile(path, saveModel(model))\`.",
      "saveModel(path)": "DataTypeError: saveModel: model is the text 'model.safetensors'; wanted a model, or a part of one, with its parameters. Give the model first: \`loadModel(model, bytes)\`, \`saveModel(model)\`.",
    }
  `);
});

describe('weights of a model', () => {
  test('go to another one, running statistics too, and it computes the same', () => {
    const [one, other] = [make(1), make(2)];
    one.call(batch, { training: true });
    loadModel(other, saveModel(one));
    expect(numbersOf(other)).toEqual(numbersOf(one));
    expect(other.call(batch).toList()).toEqual(one.call(batch).toList());
  });

  test('bear the names that PyTorch gives them', () => {
    const { tensors, metadata } = readSafetensors(saveModel(make(1), { metadata: [['seed', '1']] }));
    expect([...tensors.keys()]).toEqual([
      'batchNorm1.bias',
      'batchNorm1.running_mean',
      'batchNorm1.running_var',
      'batchNorm1.weight',
      'conv1.bias',
      'conv1.weight',
      'dense1.weight',
    ]);
    expect(metadata).toEqual(
      new Map([
        ['format', 'pt'],
        ['seed', '1'],
      ]),
    );
  });

  test('of another naming are translated; what PyTorch counts beside is left out', () => {
    const [one, other] = [make(1), make(2)];
    const theirs = [...weightsOf(one)].map(([name, x]) => [name.replace('conv1', '0'), x] as const);
    loadWeights(other, [...theirs, ['batchNorm1.num_batches_tracked', tensor(3)]], {
      rename: (name) => name.replace(/^0\./, 'conv1.'),
    });
    expect(numbersOf(other)).toEqual(numbersOf(one));
  });

  test('may be some only, if that is meant', () => {
    const [one, other] = [make(1), make(2)];
    const before = other.parameter('conv1.weight').toList();
    const some = [...weightsOf(one)].filter(([name]) => name.startsWith('dense'));
    loadWeights(other, some, { partial: true });
    expect(other.parameter('conv1.weight').toList()).toEqual(before);
    expect(other.parameter('dense1.weight').toList()).toEqual(one.parameter('dense1.weight').toList());
    expect(() => loadWeights(other, some)).toThrow('nothing for conv1.weight, conv1.bias, batchNorm1.weight');
  });

  test('that the model has no use for may be left out, as the message says', () => {
    const [one, other] = [make(1), make(2)];
    const more = [...weightsOf(one), ['extra', tensor([1])] as const];
    expect(() => loadWeights(other, more, { partial: true })).toThrow(
      'Leave it out, `rename: (name) => (name === "extra" ? null : name)`',
    );
    loadWeights(other, more, { rename: (name) => (name === 'extra' ? null : name) });
    expect(numbersOf(other)).toEqual(numbersOf(one));
  });

  test('in float64 are rounded to the model', () => {
    const model = make(1);
    const weights = [...weightsOf(model)].map(
      ([name, x]) =>
        [
          name,
          tensor(
            Float64Array.from(x.toFlatArray(), () => 0.1),
            { shape: x.shape },
          ),
        ] as const,
    );
    loadWeights(model, weights);
    expect(model.parameter('conv1.bias').toList()).toEqual([Math.fround(0.1), Math.fround(0.1)]);
  });

  test.each([
    ['another name', (name: string) => (name === 'conv1.bias' ? 'conv2.bias' : name), 'conv1.bias, here conv2.bias'],
    ['one name for two', (name: string) => (name === 'conv1.bias' ? 'batchNorm1.bias' : name), 'twice'],
    [
      'another shape',
      (name: string) => (name === 'conv1.weight' ? 'conv1.bias' : name),
      'here conv1.bias of shape [2, 1, 3, 3]',
    ],
  ])('that do not fit (%s) change nothing', (_what, rename, message) => {
    const [one, other] = [make(1), make(2)];
    const before = numbersOf(other);
    expect(() => loadWeights(other, weightsOf(one), { rename })).toThrow(ValueError);
    expect(() => loadWeights(other, weightsOf(one), { rename })).toThrow(message);
    expect(numbersOf(other)).toEqual(before);
  });

  test('of two models with the same names are neither saved nor loaded, for one would be lost', () => {
    const [one, other] = [make(1), make(2)];
    const both = {
      parameters: [...one.parameters, ...other.parameters],
      buffers: [...one.buffers, ...other.buffers],
    };
    expect(
      messagesOf({
        weightsOf: () => weightsOf(both),
        saveModel: () => saveModel(both),
        loadModel: () => loadModel(both, saveModel(one)),
        'names in the file': () =>
          weightsOf({
            parameters: [new Parameter('norm.running_mean', tensor([1]))],
            buffers: [new LayerBuffer('norm.runningMean', tensor([2]))],
          }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "loadModel": "ValueError: loadModel: 14 parameters and buffers, of which several are called conv1.weight, conv1.bias, batchNorm1.weight, batchNorm1.bias, dense1.weight, batchNorm1.running_mean, batchNorm1.running_var; wanted a name of its own for each of them. Save each model in a file of its own, or give each a prefix: \`writeSafetensors\` takes any list of names and tensors, \`loadWeights\` a \`rename\`.",
        "names in the file": "ValueError: weightsOf: 2 parameters and buffers, of which several are called norm.running_mean; wanted a name of its own for each of them. Save each model in a file of its own, or give each a prefix: \`writeSafetensors\` takes any list of names and tensors, \`loadWeights\` a \`rename\`.",
        "saveModel": "ValueError: saveModel: 14 parameters and buffers, of which several are called conv1.weight, conv1.bias, batchNorm1.weight, batchNorm1.bias, dense1.weight, batchNorm1.running_mean, batchNorm1.running_var; wanted a name of its own for each of them. Save each model in a file of its own, or give each a prefix: \`writeSafetensors\` takes any list of names and tensors, \`loadWeights\` a \`rename\`.",
        "weightsOf": "ValueError: weightsOf: 14 parameters and buffers, of which several are called conv1.weight, conv1.bias, batchNorm1.weight, batchNorm1.bias, dense1.weight, batchNorm1.running_mean, batchNorm1.running_var; wanted a name of its own for each of them. Save each model in a file of its own, or give each a prefix: \`writeSafetensors\` takes any list of names and tensors, \`loadWeights\` a \`rename\`.",
      }
    `);
    // The way out that the message names.
    const prefixed = (prefix: string, model: Sequential) =>
      [...weightsOf(model)].map(([name, x]) => [prefix + name, x] as const);
    const { tensors } = readSafetensors(writeSafetensors([...prefixed('one.', one), ...prefixed('other.', other)]));
    const [third, fourth] = [make(3), make(4)];
    loadWeights(third, tensors, { rename: (name) => (name.startsWith('one.') ? name.slice(4) : null) });
    loadWeights(fourth, tensors, { rename: (name) => (name.startsWith('other.') ? name.slice(6) : null) });
    expect([numbersOf(third), numbersOf(fourth)]).toEqual([numbersOf(one), numbersOf(other)]);
  });

  test('of a parameter that two layers share are saved once', () => {
    const model = make(1);
    const twice = { parameters: [...model.parameters, model.parameters[0]], buffers: model.buffers };
    expect(weightsOf(twice)).toEqual(weightsOf(model));
  });

  test('that are too many are left out as the message says', () => {
    const [one, other] = [make(1), make(2)];
    const more = [...weightsOf(one), ['head.weight', tensor([1])] as const];
    expect(messagesOf({ extra: () => loadWeights(other, more, { partial: true }) })).toMatchInlineSnapshot(`
      {
        "extra": "ValueError: loadWeights: head.weight, which the model does not have; wanted names among conv1.weight, conv1.bias, batchNorm1.weight, batchNorm1.bias, dense1.weight, batchNorm1.running_mean, batchNorm1.running_var. Leave it out, \`rename: (name) => (name === "head.weight" ? null : name)\`, or give it the name that it has in the model.",
      }
    `);
    loadWeights(other, more, { rename: (name) => (name === 'head.weight' ? null : name) });
    expect(numbersOf(other)).toEqual(numbersOf(one));
  });
});
