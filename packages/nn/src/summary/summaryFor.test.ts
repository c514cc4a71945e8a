import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { summary } from './summaryFor.ts';

const convolutions = () => [new Conv2d({ outChannels: 4, kernelSize: 3 }), new MaxPool2d({ kernelSize: 2 })];
const built = (layers: ConstructorParameters<typeof Sequential>[0], side: number): Sequential =>
  new Sequential(layers, { inputShape: [1, side, side], random: new Random(1) });

test('is for the inputs that the model was built for unless told otherwise', () => {
  const model = built(convolutions(), 12);
  expect(summary(model).inputShape).toEqual([1, 12, 12]);
  expect(summary(model, [1, 12, 12]).rows).toEqual(summary(model).rows);
});

test('for inputs of another size it is that of a model built for them', () => {
  const rows = summary(built(convolutions(), 12), [1, 30, 30]).rows;
  expect(rows).toEqual(summary(built(convolutions(), 30)).rows);
  expect(rows.map(({ outputShape }) => outputShape)).toEqual([
    [4, 28, 28],
    [4, 14, 14],
  ]);
});

test('a layer that cannot take them says so', () => {
  const model = built([...convolutions(), new Flatten(), new Dense({ outFeatures: 2 })], 12);
  expect(() => summary(model, [1, 30, 30])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linear: x is [1, 784], weight is [2, 100], bias is [2]; wanted x […, in], weight [out, in], bias [out]. Flatten images to [batch, in] first, and check that the weight has one column for each input.]`,
  );
});
