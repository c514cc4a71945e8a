import { expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { adaptiveAvgPool1d, adaptiveAvgPool2d, reshape, tensor, zeros } from '../../index.ts';

test('values by hand', () => {
  expect(adaptiveAvgPool1d([[[1, 2, 4]]], { outputSize: 2 }).toList()).toEqual([[[1.5, 3]]]);
  expect(adaptiveAvgPool1d([[[1, 2, 4, 9]]], { outputSize: 1 }).toList()).toEqual([[[4]]]);
  expect(adaptiveAvgPool1d([[[5]]], { outputSize: 3 }).toList()).toEqual([[[5, 5, 5]]]);
});

test.each(dataTypes)('values are those of images one row high, in %s', (dtype) => {
  for (const cells of [1, 2, 3, 5, 7, 8]) {
    const x = tensor(uniform([2, 3, 7]), { dtype });
    const wanted = reshape(adaptiveAvgPool2d(reshape(x, [2, 3, 1, 7]), { outputSize: [1, cells] }), [2, 3, cells]);
    expectClose(adaptiveAvgPool1d(x, { outputSize: cells }), wanted, 0);
    expectClose(adaptiveAvgPool1d(scattered(x), { outputSize: cells }), wanted, 0);
  }
});

test('gradient agrees with differences, once and twice', () => {
  checkDerivatives((x) => adaptiveAvgPool1d(x, { outputSize: 3 }), [uniform([2, 2, 7])]);
});

test('every message', () => {
  expect(
    messagesOf({
      'an image': () => adaptiveAvgPool1d(zeros([1, 1, 5, 5]), { outputSize: 2 }),
      'half a cell': () => adaptiveAvgPool1d(zeros([1, 1, 5]), { outputSize: 0.5 }),
      'an empty signal': () => adaptiveAvgPool1d(zeros([1, 1, 0]), { outputSize: 2 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an empty signal": "ShapeError: adaptiveAvgPool1d: x is [1, 1, 0], with a length of 0; wanted at least one number along each spatial axis. Look at the layers before: something has cut everything away.",
      "an image": "ShapeError: adaptiveAvgPool1d: x is [1, 1, 5, 5]; wanted [batch, channels, length]. Reshape it; a single input needs a batch axis of length 1.",
      "half a cell": "ValueError: adaptiveAvgPool1d: outputSize is 0.5; wanted a whole number of at least 1. Give outputSize as a number.",
    }
  `);
});
