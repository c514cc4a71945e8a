import { ValueError } from '@tapegrad/core';
import type { NdArray } from 'ndarray';
import type { ImageDataset } from './dataset.ts';

/**
 * Throws unless a dataset is one of labelled images as this package has them. Types say so too, where there are types.
 *
 * @throws ValueError when it has no images or labels, pixels are no bytes, an array is longer than its numbers, there is not
 *   one label for each image, or a label is not a whole number from 0 to 255
 */
export function checkDataset(operation: string, dataset: ImageDataset): void {
  const fields: Partial<Record<keyof ImageDataset | 'inputs', unknown>> = Object(dataset);
  const { images, labels } = fields;
  const problem: Problem = (got, wanted, remedy) => new ValueError({ operation, got, wanted, remedy });
  const remedy = 'Make them with `ndarray`, as the datasets of this package do';
  if (!isNdArray(images)) {
    throw problem(
      'inputs' in fields ? `the points of ${fields.name}, without images` : `${describe(images)} as images`,
      'a dataset of labelled images',
      'inputs' in fields ? 'They are few: put all on the tape at once, `tape.constant(points.inputs)`' : remedy,
    );
  }
  if (!isNdArray(labels)) throw problem(`${describe(labels)} as labels`, 'an ndarray of shape [count]', remedy);
  if (images.shape.length !== 4) {
    throw problem(
      `images of shape [${images.shape.join(', ')}]`,
      'shape [count, channels, height, width]',
      'Reshape them',
    );
  }
  const pixels: unknown = images.data;
  if (!(pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray)) {
    throw problem(
      `images in ${describe(pixels)}`,
      'pixels from 0 to 255 in a Uint8Array',
      'Round them to bytes, `Uint8Array.from(pixels, (x) => Math.round(255 * x))` where they are from 0 to 1',
    );
  }
  const [count] = images.shape;
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw problem(
      `${count} images, and labels of shape [${labels.shape.join(', ')}]`,
      'one label for each image',
      'Check that images and labels are of the same part of the dataset',
    );
  }
  for (const [name, array] of Object.entries({ images, labels })) {
    const { least, most } = reachOf(array);
    if (least >= 0 && most < array.data.length) continue;
    throw problem(
      `${name} of shape [${array.shape.join(', ')}] in ${array.data.length} numbers`,
      `${array.size} numbers or more`,
      'Give the shape that the numbers have',
    );
  }
  if (!(labels.data instanceof Uint8Array)) checkLabels(labels, problem);
}

type Problem = (got: string, wanted: string, remedy: string) => ValueError;

function checkLabels(labels: NdArray, problem: Problem): void {
  for (let index = 0; index < labels.shape[0]; index++) {
    const label = labels.get(index);
    if (Number.isInteger(label) && label >= 0 && label <= 255) continue;
    throw problem(
      `labels[${index}] is ${label}`,
      'whole numbers from 0 to 255, the numbers of the classes',
      'Number the classes from 0, and keep what they are called in `classes`',
    );
  }
}

/** The least and the largest index that an array reads; none where it is empty. */
function reachOf({ shape, stride, offset, size }: NdArray): { least: number; most: number } {
  if (size === 0) return { least: 0, most: -1 };
  const ends = shape.map((length, axis) => (length - 1) * stride[axis]);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    least: offset + sum(ends.filter((end) => end < 0)),
    most: offset + sum(ends.filter((end) => end > 0)),
  };
}

function isNdArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'data' in value && 'stride' in value && 'shape' in value;
}

/** `a Float32Array`, `a list`, `nothing`. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? `a ${value.constructor?.name ?? 'object'}` : `a ${typeof value}`;
}
