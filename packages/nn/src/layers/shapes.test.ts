import { conv2d, DataTypeError, Random, relu, reshape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { checkAxes, checkChannels, outputShapeOf } from './shapes.ts';

test('asks the op, with a batch of one input', () => {
  expect(outputShapeOf('relu1', [3, 4], relu)).toEqual([3, 4]);
  const convolve = (x: Parameters<typeof conv2d>[0], weight: Parameters<typeof conv2d>[1]) => conv2d(x, weight);
  expect(outputShapeOf('conv1', [3, 8, 9], convolve, [5, 3, 2, 2])).toEqual([5, 7, 8]);
});

test('errors of the op are thrown in the name of the layer, others as they are', () => {
  expect(
    messagesOf({
      'a shape': () => outputShapeOf('flat1', [3, 4], (x) => reshape(x, [5])),
      'an option': () => outputShapeOf('conv1', [1, 4, 4], (x, w) => conv2d(x, w, { stride: 0 }), [1, 1, 2, 2]),
      axes: () => checkAxes('conv1', [75], ['height', 'width']),
      channels: () => checkChannels('norm1', []),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a shape": "ShapeError: flat1: x is [1, 3, 4] with 12 numbers, shape is [5]; wanted a shape of 12 numbers, with at most one -1. Put -1 for the length that is to be worked out.",
      "an option": "ValueError: conv1: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "axes": "ShapeError: conv1: inputs of shape [75]; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
      "channels": "ShapeError: norm1: inputs of shape []; wanted [channels, ...], without the batch axis. Give the model inputs with a channel axis.",
    }
  `);
  const double = tensor(new Float64Array([new Random(1).uniform()]));
  const mixed = () => outputShapeOf('own1', [1], (x) => conv2d(x, double));
  expect(mixed).toThrow(DataTypeError);
  expect(mixed).toThrow('conv2d: x is float32, weight is float64');
});
