import { multiply, pad, Random, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { operationLayer } from './operationLayer.ts';
import { Sequential } from './sequential.ts';

class Scale extends operationLayer(
  { type: 'Scale', kind: 'scale', options: { factor: 'optional' } },
  (x, { factor = 2 }: { readonly factor?: number }) => multiply(x, factor),
) {}

class Frame extends operationLayer(
  { type: 'Frame', kind: 'frame', axes: ['length'], options: { width: 'required' } },
  (x: Tensor, { width }: { readonly width: number }) =>
    pad(x, [
      [0, 0],
      [0, 0],
      [width, width],
    ]),
) {}

class Plane extends operationLayer({ type: 'Plane', kind: 'plane' }, (x) => x) {}

test('a layer of your own in one line: it calls its op, and asks it for the shape of its outputs', () => {
  const model = new Sequential([new Frame({ width: 2 }), new Scale(), new Scale({ factor: 3 })], {
    inputShape: [1, 2],
    random: new Random(1),
  });
  expect(model.layers.map(({ name }) => name)).toEqual(['frame1', 'scale1', 'scale2']);
  expect(model.outputShape).toEqual([1, 6]);
  expect(model.call(tensor([[[1, 2]]])).toList()).toEqual([[[0, 0, 6, 12, 0, 0]]]);
  const scale = new Scale();
  expect([scale.type, scale.kind, scale.constructor.name, scale.options]).toEqual(['Scale', 'scale', 'Scale', {}]);
  expect([scale instanceof Scale, (scale as object) instanceof Frame]).toEqual([true, false]);
});

test('options that must be given must be given', () => {
  // @ts-expect-error: a frame has a width
  expect(() => new Frame()).toThrow('Frame: width is missing; wanted { width: … }.');
});

test('options that the op does not have are refused', () => {
  // @ts-expect-error: a scale has no width
  expect(() => new Scale({ width: 3 })).toThrow('Scale: an option called width; wanted factor.');
  // @ts-expect-error: a plane has no options
  expect(() => new Plane({ width: 3 })).toThrow('Plane: an option called width; wanted no options.');
});

test('the names of the options are all that there are', () => {
  const tilt = (x: Tensor, { angle = 0 }: { readonly angle?: number }): Tensor => multiply(x, angle);
  // @ts-expect-error: the op has an option that is not named
  operationLayer({ type: 'Tilt', kind: 'tilt' }, tilt);
  // @ts-expect-error: it need not be given
  operationLayer({ type: 'Tilt', kind: 'tilt', options: { angle: 'required' } }, tilt);
});

test('inputs must have the axes', () => {
  const build = () =>
    new Frame({ width: 1 }).build([3, 4, 5], { name: 'frame1', random: new Random(1), dtype: 'float32' });
  expect(messagesOf({ build })).toMatchInlineSnapshot(`
    {
      "build": "ShapeError: frame1: inputs of shape [3, 4, 5]; wanted [channels, length], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
    }
  `);
});
