import { add, mean, multiply, Random, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { Conv2d, Dense, Dropout, Flatten, GlobalAvgPool2d, ReLU, Residual, Sequential } from '../index.ts';
import { featureMaps } from './featureMaps.ts';
import { gradCam } from './gradCam.ts';
import { occlusion } from './occlusion.ts';
import { saliency } from './saliency.ts';

const net = () =>
  new Sequential(
    [
      ...[new Conv2d({ outChannels: 3, kernelSize: 3 }), new ReLU(), new GlobalAvgPool2d()],
      ...[new Dropout({ rate: 0.5 }), new Dense({ outFeatures: 2 })],
    ],
    { inputShape: [1, 6, 6], random: new Random(1), dtype: 'float64' },
  );
const images = tensor(uniform([2, 1, 6, 6]), { dtype: 'float64' });
const scoreOf = (model: Sequential, x: Tensor, example: number, target: number): number =>
  model.call(x, { training: false }).toNdarray().get(example, target);

describe('saliency', () => {
  test('is the size of the weights of a linear model', () => {
    const linear = new Sequential([new Flatten(), new Dense({ outFeatures: 3 })], {
      inputShape: [1, 2, 2],
      random: new Random(1),
      dtype: 'float64',
    });
    const x = tensor(uniform([2, 1, 2, 2]), { dtype: 'float64' });
    const weights = linear.parameters[0].toList() as number[][];
    const size = (target: number) => weights[target].map(Math.abs);
    const shown = saliency(linear, x, { target: [2, 0] });
    expect(shown.shape).toEqual([2, 1, 2, 2]);
    expectClose(shown, tensor([size(2), size(0)].flat(), { shape: [2, 1, 2, 2], dtype: 'float64' }), 1e-15);
  });

  test('is the slope of the score of the class that wins, where none is named', () => {
    const model = net();
    const shown = saliency(model, images).toNdarray();
    const scores = model.call(images, { training: false }).toList() as number[][];
    const h = 1e-6;
    for (const [example, y, x] of [
      [0, 2, 3],
      [1, 4, 1],
    ]) {
      const target = scores[example][0] >= scores[example][1] ? 0 : 1;
      const moved = (by: number): Tensor => {
        const numbers = images.toNdarray();
        numbers.set(example, 0, y, x, numbers.get(example, 0, y, x) + by);
        return tensor(numbers, { dtype: 'float64' });
      };
      const slope = (scoreOf(model, moved(h), example, target) - scoreOf(model, moved(-h), example, target)) / (2 * h);
      expect(shown.get(example, 0, y, x)).toBeCloseTo(Math.abs(slope), 8);
    }
  });
});

test('gradCam weighs the maps of a layer by the mean of their slopes', () => {
  const model = net();
  const maps = featureMaps(model, images).get('relu1') as Tensor;
  // The head is a mean over 16 pixels and a dense layer: the slope of the score by each pixel of a map is weight / 16.
  const weight = model.parameter('dense1.weight').toNdarray();
  const where = gradCam(model, images, { layer: 'relu1', target: 1 });
  expect(where.shape).toEqual([2, 6, 6]);
  const small = [0, 1, 2].map((k) => weight.get(1, k) / 16);
  // At the corners bilinear interpolation gives the number of the corner itself.
  const numbers = maps.toNdarray();
  for (const example of [0, 1]) {
    for (const [large, own] of [
      [0, 0],
      [5, 3],
    ]) {
      const spoken = small.reduce((total, alpha, k) => total + alpha * numbers.get(example, k, own, own), 0);
      expect(where.toNdarray().get(example, large, large)).toBeCloseTo(Math.max(0, spoken), 12);
    }
  }
});

test('gradCam looks at a block by the name of the block', () => {
  const model = new Sequential(
    [
      new Residual([new Conv2d({ outChannels: 1, kernelSize: 3, padding: 1 })]),
      ...[new GlobalAvgPool2d(), new Dense({ outFeatures: 2 })],
    ],
    { inputShape: [1, 6, 6], random: new Random(1), dtype: 'float64' },
  );
  expect(gradCam(model, images, { layer: 'residual1' }).shape).toEqual([2, 6, 6]);
});

test('occlusion is what the score loses', () => {
  const model = net();
  const lost = occlusion(model, images, { size: 4, stride: 3, value: 0.5, target: 0 });
  expect(lost.shape).toEqual([2, 2, 2]);
  const covered = images.toNdarray();
  // The last square hangs over the edge: three pixels of it lie in the image.
  for (let y = 3; y < 6; y++) for (let x = 3; x < 6; x++) covered.set(1, 0, y, x, 0.5);
  const after = scoreOf(model, tensor(covered, { dtype: 'float64' }), 1, 0);
  expect(lost.toNdarray().get(1, 1, 1)).toBeCloseTo(scoreOf(model, images, 1, 0) - after, 12);
});

test('featureMaps are what the layers give, one behind the other', () => {
  const model = net();
  const maps = featureMaps(model, images);
  expect([...maps.keys()]).toEqual(['conv1', 'relu1', 'pool1', 'dense1']);
  expectClose(maps.get('conv1') as Tensor, model.slice(0, 1).call(images), 0);
  expectClose(maps.get('dense1') as Tensor, model.call(images, { training: false }), 0);
});

test('all of them leave the model as it was, and take anything that is called like a model', () => {
  const model = net();
  const before = model.parameters.map((each) => each.toList());
  const twice = { call: (x: Tensor) => add(model.call(x, { training: false }), model.call(x, { training: false })) };
  expectClose(saliency(twice, images, { target: 0 }), multiply(saliency(model, images, { target: 0 }), 2), 1e-14);
  expect(model.parameters.map((each) => each.toList())).toEqual(before);
});

test('all of them say what does not fit', () => {
  const model = net();
  const flat = { call: (x: Tensor) => mean(x) };
  using tape = new Tape();
  const onTape = tape.constant(images);
  expect(
    messagesOf({
      'no class': () => saliency(model, images, { target: 2 }),
      'one target for two': () => saliency(model, images, { target: [0] }),
      'no scores': () => saliency(flat, images),
      'on a tape': () => saliency(model, onTape),
      'no such layer': () => gradCam(model, images, { layer: 'conv9' }),
      'a layer without images': () => gradCam(model, images, { layer: 'dense1' }),
      'rows for images': () => gradCam(model, sum(images, { axes: [1, 2] }), { layer: 'relu1' }),
      'nothing to cover': () => occlusion(model, images, { size: 0 }),
      'images for the model': () => featureMaps(images as never, model as never),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a layer without images": "ShapeError: gradCam: the layer dense1 gives [2, 2]; wanted [batch, channels, height, width]. Give images, and a layer before they are flattened.",
      "images for the model": "DataTypeError: featureMaps: model is a tensor of shape [2, 1, 6, 6]; wanted a model. Give the model first, then the batch.",
      "no class": "ValueError: saliency: the target 2; wanted a class from 0 to 1. Leave it out for the class with the highest score.",
      "no scores": "ShapeError: saliency: outputs of shape []; wanted [batch, classes]. Give a model with one score for each class; of another one, a part: \`{ call: (x) => … }\`.",
      "no such layer": "ValueError: gradCam: the layer "conv9"; wanted one of conv1, relu1, pool1, dense1. Name the last layer that gives images, as \`summary(model)\` lists them.",
      "nothing to cover": "ValueError: occlusion: size is 0, stride is 0, value is 0; wanted whole numbers of at least 1, and a finite value. A fifth of the height is a size to begin with.",
      "on a tape": "TapeError: saliency: a batch that stands on a tape; wanted a batch of its own: a tape is opened for it. Pass the images as they are, \`tensor(images)\`, or \`detach(x)\`.",
      "one target for two": "ValueError: saliency: 1 targets for 2 examples; wanted one for each example, or one number for all. Leave it out for the class with the highest score.",
      "rows for images": "ShapeError: gradCam: x is [2, 6]; wanted [batch, channels, height, width]. Give images, and a layer before they are flattened.",
    }
  `);
});
