import { type Random, ShapeError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { checkTransform } from './checkTransform.ts';
import type { Transform } from './kinds.ts';
import { transformed } from './transformed.ts';

export interface ApplyOptions {
  /** Where chance comes from. */
  readonly random: Random;
}

const applyOptions: OptionNames<ApplyOptions> = { random: 'required' };

/**
 * A batch of images, each changed by chance as the transform says. The same state of `random` gives the same bits.
 *
 * @param images of shape [n, channels, height, width]; they are left as they are
 * @returns new images, of the same shape unless the transform cuts them
 * @example
 * const images = zeros([1, 1, 4, 4]).toNdarray();
 * applyTransform(images, shift({ pixels: 1 }), { random: new Random(1) }).shape // [1, 1, 4, 4]
 * @throws ValueError when it is no transform
 * @throws ShapeError when the images have other than four axes, or other channels than `normalise` has numbers
 */
export function applyTransform(
  images: NdArray<Float32Array>,
  transform: Transform,
  options: ApplyOptions,
  ...surplus: []
): NdArray<Float32Array> {
  checkSurplus('applyTransform', surplus);
  const { random } = checkOptions('applyTransform', options, applyOptions);
  checkTransform('applyTransform', transform);
  checkHas('applyTransform', 'images', images, ['data', 'shape', 'stride'], {
    wanted: 'an ndarray of shape [n, channels, height, width]',
    remedy: 'Give the `images` of a batch',
  });
  const { shape } = images;
  if (shape.length !== 4) {
    throw new ShapeError({
      operation: 'applyTransform',
      got: `images of shape [${shape.join(', ')}]`,
      wanted: 'shape [n, channels, height, width]',
      remedy: 'Reshape them',
    });
  }
  const changed = transformed({ images: rowMajor(images), shape }, transform, random);
  return ndarrayOf(changed.images, changed.shape);
}

/** The numbers in row-major order, in memory of their own. */
function rowMajor({ data, shape, stride, offset }: NdArray<Float32Array>): Float32Array<ArrayBuffer> {
  const [count, channels, height, width] = shape;
  const numbers = new Float32Array(count * channels * height * width);
  for (let row = 0, at = 0; row < count * channels * height; row++) {
    const [image, channel, y] = [
      Math.floor(row / height / channels),
      Math.floor(row / height) % channels,
      row % height,
    ];
    const start = offset + image * stride[0] + channel * stride[1] + y * stride[2];
    for (let x = 0; x < width; x++, at++) numbers[at] = data[start + x * stride[3]];
  }
  return numbers;
}
