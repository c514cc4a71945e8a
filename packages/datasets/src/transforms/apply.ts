import { type Random, ShapeError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { checkTransform } from './checkTransform.ts';
import type { Transform } from './kinds.ts';
import { bentPositions, rotatedPositions, shiftedPositions } from './positions.ts';
import { type Positions, sample } from './sample.ts';

export interface ApplyOptions {
  /** Where chance comes from. */
  readonly random: Random;
}

const applyOptions: OptionNames<ApplyOptions> = { random: 'required' };

/**
 * A batch of images, each changed by chance as the transform says. The same state of `random` gives the same bits.
 *
 * @param images of shape [n, channels, height, width]; they are left as they are
 * @returns new images of the same shape
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
  return ndarrayOf(applyTo(rowMajor(images), shape, transform, random), shape);
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

/** The same on a flat array, which it may change or give back. */
export function applyTo(
  images: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  transform: Transform,
  random: Random,
): Float32Array<ArrayBuffer> {
  switch (transform.kind) {
    case 'compose':
      return transform.transforms.reduce((numbers, each) => applyTo(numbers, shape, each, random), images);
    case 'normalise':
      return normalised(images, shape, transform);
    case 'shift':
      return transform.pixels === 0 ? images : moved(images, shape, transform, random, shiftedPositions);
    case 'rotate':
      return transform.from === 0 && transform.to === 0
        ? images
        : moved(images, shape, transform, random, rotatedPositions);
    case 'elastic':
      return transform.strength === 0 ? images : moved(images, shape, transform, random, bentPositions);
  }
}

function moved<Moving extends Extract<Transform, { readonly beyond: unknown }>>(
  images: Float32Array,
  shape: readonly number[],
  transform: Moving,
  random: Random,
  positions: (height: number, width: number, transform: Moving, random: Random) => Positions,
): Float32Array<ArrayBuffer> {
  const [count, channels, height, width] = shape;
  const written = new Float32Array(images.length);
  for (let image = 0; image < count; image++) {
    // All channels of an image move together.
    const looked = positions(height, width, transform, random);
    for (let channel = 0; channel < channels; channel++) {
      const start = (image * channels + channel) * height * width;
      sample({ numbers: images, start, height, width }, looked, transform.beyond, written);
    }
  }
  return written;
}

function normalised(
  images: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  { mean, standardDeviation }: Extract<Transform, { readonly kind: 'normalise' }>,
): Float32Array<ArrayBuffer> {
  const [, channels, height, width] = shape;
  if (mean.length !== channels) {
    throw new ShapeError({
      operation: 'normalise',
      got: `images of ${channels} channels`,
      wanted: `${mean.length} channels, as there are means`,
      remedy: 'Pass one mean and one standardDeviation for each channel',
    });
  }
  return images.map((x, at) => {
    const channel = Math.floor(at / (height * width)) % channels;
    return (x - mean[channel]) / standardDeviation[channel];
  });
}
