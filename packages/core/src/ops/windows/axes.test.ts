import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { checkInput, image, perAxis, signal, volume } from './axes.ts';

test('perAxis takes one number for all axes, or one each', () => {
  expect(perAxis('conv3d', 'stride', 2, volume, 1)).toEqual([2, 2, 2]);
  expect(perAxis('conv3d', 'stride', [1, 2, 3], volume, 1)).toEqual([1, 2, 3]);
  expect(perAxis('conv2d', 'outputPadding', [0, 5], image, 0)).toEqual([0, 5]);
  expect(perAxis('conv1d', 'outputPadding', 0, signal, 0)).toEqual([0]);
  expect(perAxis('conv1d', 'stride', [3], signal, 1)).toEqual([3]);
});

test('checkInput lets a batch with these axes pass', () => {
  expect(() => checkInput('op', [8, 6, 9], signal)).not.toThrow();
  expect(() => checkInput('op', [8, 6, 9, 10], image)).not.toThrow();
  expect(() => checkInput('op', [8, 6, 9, 10, 11], volume)).not.toThrow();
});

test('every message', () => {
  expect(
    messagesOf({
      'three numbers for two axes': () => perAxis('op', 'stride', [1, 2, 3], image, 1),
      'two numbers for one axis': () => perAxis('op', 'kernelSize', [1, 2], signal, 1),
      'a fractional number': () => perAxis('op', 'stride', 1.5, volume, 1),
      'one that is too small': () => perAxis('op', 'kernelSize', [3, 0, 3], volume, 1),
      'a negative number': () => perAxis('op', 'outputPadding', -1, signal, 0),
      nothing: () => perAxis('op', 'kernelSize', undefined as never, image, 1),
      'no batch': () => checkInput('op', [1, 28, 28], image),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a fractional number": "ValueError: op: stride is 1.5; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "a negative number": "ValueError: op: outputPadding is -1; wanted a whole number of at least 0. Give outputPadding as a number.",
      "no batch": "ShapeError: op: x is [1, 28, 28]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
      "nothing": "ValueError: op: kernelSize is undefined; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
      "one that is too small": "ValueError: op: kernelSize is [3,0,3]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "three numbers for two axes": "ValueError: op: stride is [1,2,3]; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "two numbers for one axis": "ValueError: op: kernelSize is [1,2]; wanted a whole number of at least 1. Give kernelSize as a number.",
    }
  `);
});
