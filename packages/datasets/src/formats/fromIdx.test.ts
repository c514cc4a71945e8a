import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { imageDataset } from './fromIdx.ts';

const classes = ['no', 'yes'];
const images = {
  name: 'some-images',
  array: ndarray(
    Uint8Array.from({ length: 12 }, (_, index) => index),
    [2, 2, 3],
  ),
};
const labels = { name: 'some-labels', array: ndarray(Uint8Array.of(1, 0), [2]) };
const withLabels = (array: typeof labels.array) =>
  imageDataset({ name: 'some', images, labels: { ...labels, array }, classes });

describe('imageDataset', () => {
  test('gives grey images one channel, on the same memory', () => {
    const dataset = imageDataset({ name: 'some', images, labels, classes });
    expect(dataset.images.shape).toEqual([2, 1, 2, 3]);
    expect(dataset.images.data).toBe(images.array.data);
    expect(dataset.images.get(1, 0, 1, 2)).toBe(11);
    expect(dataset.labels.get(0)).toBe(1);
  });

  test('keeps the strides of its images', () => {
    const turned = { name: 'turned', array: images.array.transpose(0, 2, 1) };
    const dataset = imageDataset({ name: 'some', images: turned, labels, classes });
    expect(dataset.images.shape).toEqual([2, 1, 3, 2]);
    expect(dataset.images.get(1, 0, 2, 0)).toBe(8);
  });

  test('leaves colour images as they are', () => {
    const colour = { name: 'colour', array: ndarray(new Uint8Array(2 * 3 * 4), [2, 3, 2, 2]) };
    expect(imageDataset({ name: 'some', images: colour, labels, classes }).images.shape).toEqual([2, 3, 2, 2]);
  });

  test('refuses labels instead of images', () => {
    expect(() => imageDataset({ name: 'some', images: labels, labels, classes })).toThrowErrorMatchingInlineSnapshot(
      `[IdxError: some-labels: uint8 elements of shape [2]; wanted unsigned bytes of shape [count, height, width] or [count, channels, height, width]. Check that images and labels are not mixed up.]`,
    );
  });

  test('refuses what is of another kind', () => {
    const any = (value: unknown): never => value as never;
    const parts = { name: 'some', images, labels, classes };
    expect(
      messagesOf({
        'images without an array': () => imageDataset({ ...parts, images: any({ numbers: images.array.data }) }),
        'labels that are the array itself': () => imageDataset({ ...parts, labels: any(labels.array) }),
        'a list as array': () => imageDataset({ ...parts, labels: any({ name: 'list', array: [1, 0] }) }),
        'no images': () => imageDataset({ ...parts, images: any(null) }),
        'classes by their number': () => imageDataset({ ...parts, classes: any(2) }),
        'a number for a name': () => imageDataset({ ...parts, name: any(7) }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a list as array": "DataTypeError: imageDataset: labels.array is a list of 2; wanted a name, and an ndarray of bytes. Pass what \`readIdx\` gave with a name: { name: 'my-file', array }.",
        "a number for a name": "ValueError: imageDataset: name is the number 7; wanted a text. Give one for messages: name: 'mine'.",
        "classes by their number": "DataTypeError: imageDataset: classes is the number 2; wanted a list of names. Name the classes by number: ['cat', 'dog'].",
        "images without an array": "DataTypeError: imageDataset: images is an object; wanted a name, and an ndarray of bytes. Pass what \`readIdx\` gave with a name: { name: 'my-file', array }.",
        "labels that are the array itself": "DataTypeError: imageDataset: labels is an ndarray of shape [2]; wanted a name, and an ndarray of bytes. Pass what \`readIdx\` gave with a name: { name: 'my-file', array }.",
        "no images": "DataTypeError: imageDataset: images is null; wanted a name, and an ndarray of bytes. Pass what \`readIdx\` gave with a name: { name: 'my-file', array }.",
      }
    `);
  });

  test('refuses elements that are no bytes', () => {
    const wide = { name: 'wide', array: ndarray(new Int16Array(12), [2, 2, 3]) };
    expect(() => imageDataset({ name: 'some', images: wide, labels, classes })).toThrow(
      'wide: int16 elements of shape',
    );
  });

  test('refuses more labels than images', () => {
    expect(() => withLabels(ndarray(new Uint8Array(3), [3]))).toThrowErrorMatchingInlineSnapshot(
      `[IdxError: some-labels: 3 labels; wanted 2 labels, one for each image of some-images. Check that both files belong together.]`,
    );
  });

  test('refuses a label without a class', () => {
    expect(() => withLabels(ndarray(Uint8Array.of(1, 2), [2]))).toThrowErrorMatchingInlineSnapshot(
      `[IdxError: some-labels: label 1 is 2; wanted labels from 0 to 1. Check that this is the label file of the dataset.]`,
    );
  });
});
