import { add, concat, gradcheck, Random, sum, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Add } from '../models/joins.ts';
import { summary } from '../summary/summaryFor.ts';
import { ReLU, Tanh } from './activations.ts';
import { BatchNorm } from './batchNorm.ts';
import { Branches, Skip } from './branches.ts';
import { Conv2d } from './conv2d.ts';
import { ConvTranspose2d } from './convTranspose2d.ts';
import type { Layer } from './layer.ts';
import { MaxPool2d } from './pooling.ts';
import { Sequential } from './sequential.ts';

const conv = (outChannels: number, kernelSize: number) =>
  new Conv2d({ outChannels, kernelSize, padding: (kernelSize - 1) / 2 });
const built = (layer: Layer, inputShape = [2, 4, 4]) =>
  new Sequential([layer], { inputShape, random: new Random(1), dtype: 'float64' });

describe('Branches', () => {
  test('puts what each row gives side by side, and names what is in them', () => {
    const model = built(new Branches([[conv(3, 1)], [conv(2, 3), new BatchNorm()], []]));
    expect(model.outputShape).toEqual([7, 4, 4]);
    expect([...model.parameters, ...model.buffers].map(({ name }) => name)).toEqual([
      'branches1.branch1.conv1.weight',
      'branches1.branch1.conv1.bias',
      'branches1.branch2.conv1.weight',
      'branches1.branch2.conv1.bias',
      'branches1.branch2.batchNorm1.weight',
      'branches1.branch2.batchNorm1.bias',
      'branches1.branch2.batchNorm1.runningMean',
      'branches1.branch2.batchNorm1.runningVariance',
    ]);
    const x = tensor(uniform([2, 2, 4, 4]));
    const [first, second] = (model.layers[0].layer as Branches).branches;
    const context = { training: false };
    const wide = second.reduce((value, { layer }) => layer.call(value, context), x);
    expectSame(model.call(x, context), concat([first[0].layer.call(x), wide, x], { axis: 1 }));
  });

  test('joins them as it is told', () => {
    const model = built(new Branches([[], [new Tanh()], [new ReLU()]], { join: new Add() }));
    const x = tensor(uniform([1, 2, 4, 4]));
    const [, tanh, relu] = (model.layers[0].layer as Branches).branches;
    expectSame(model.call(x), add(add(x, tanh[0].layer.call(x)), relu[0].layer.call(x)));
  });

  test('has right derivatives', () => {
    const model = built(new Branches([[conv(2, 1), new Tanh()], [conv(1, 3)], []]));
    const f = (x: Tensor): Tensor => sum(model.call(x));
    expect(() => gradcheck(f, [uniform([2, 2, 4, 4])])).not.toThrow();
  });

  test('in a summary it sees what its widest branch sees, and does what all of them do', () => {
    const model = built(new Branches([[conv(1, 1)], [conv(1, 3), conv(1, 3)]]));
    const [row] = summary(model).rows;
    expect(row).toMatchObject({ receptiveField: [5, 5], jump: [1, 1], multiplyAccumulates: 16 * (2 + 18 + 9) });
  });

  test('refuses what does not fit', () => {
    const build = (layer: Layer) => () => built(layer);
    expect(
      messagesOf({
        sizes: build(new Branches([[], [new MaxPool2d({ kernelSize: 2 })]])),
        none: build(new Branches([])),
        list: () => new Branches(new ReLU() as never),
        layers: build(new Branches([new ReLU() as never])),
        option: () => new Branches([[]], { axis: 1 } as never),
        unbuilt: () => new Branches([[]]).call(tensor([1])),
      }),
    ).toMatchInlineSnapshot(`
      {
        "layers": "DataTypeError: the model: layers is a ReLU; wanted a list of layers. Put the layers into a list: \`new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { … })\`.",
        "list": "DataTypeError: Branches: branches is a ReLU; wanted a list of rows of layers. Give a list for each branch: \`new Branches([[new ReLU()], [new Tanh()]])\`.",
        "none": "ShapeError: branches1: no parts; wanted at least one tensor. Check how the list was made.",
        "option": "ValueError: Branches: an option called axis; wanted join. Leave it out.",
        "sizes": "ShapeError: branches1: parts of shapes [1, 2, 4, 4], [1, 2, 2, 2]; wanted shapes that are equal but for axis 1. Reshape or slice the odd one.",
        "unbuilt": "ValueError: branches: a call before \`build\`; wanted a layer that knows the shape of its input. Put it into a Sequential, or call \`build(inputShape, { name, random, dtype })\` first.",
      }
    `);
  });
});

test('Skip keeps its input beside what the layers make of it, as in a U-Net', () => {
  const inner = [
    new MaxPool2d({ kernelSize: 2 }),
    conv(4, 3),
    new ConvTranspose2d({ outChannels: 3, kernelSize: 2, stride: 2 }),
  ];
  const model = built(new Skip([...inner.slice(0, 2), new Skip([new ReLU()]), inner[2]]));
  expect(model.outputShape).toEqual([5, 4, 4]);
  expect(model.parameters.map(({ name }) => name)[0]).toBe('skip1.branch2.conv1.weight');
  const x = tensor(uniform([1, 2, 4, 4]));
  const y = model.call(x);
  expect(y.toFlatArray().slice(0, 32)).toEqual(x.toFlatArray());
});
