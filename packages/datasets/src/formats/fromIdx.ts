import {
  checkHas,
  checkList,
  checkOptions,
  checkSurplus,
  checkText,
  ndarrayOf,
  type OptionNames,
} from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import type { ImageDataset } from '../dataset/dataset.ts';
import { IdxError } from '../errors.ts';
import type { IdxData } from './idxElements.ts';

/** An array that was read from a file, with the file's name for the messages of errors. */
export interface NamedArray {
  readonly name: string;
  readonly array: NdArray<IdxData>;
}

/** The parts of which {@link imageDataset} makes a dataset. */
export interface ImageDatasetParts {
  /** What the dataset is called: `MNIST train`. */
  readonly name: string;
  /** Unsigned bytes of shape [count, height, width] (grey) or [count, channels, height, width]. */
  readonly images: NamedArray;
  /** Unsigned bytes of shape [count], each below the number of classes. */
  readonly labels: NamedArray;
  /** The classes' names, by number. */
  readonly classes: readonly string[];
}

const imageDatasetParts: OptionNames<ImageDatasetParts> = {
  name: 'required',
  images: 'required',
  labels: 'required',
  classes: 'required',
};

/**
 * A dataset of the images and labels that `readIdx` gave. Nothing is copied.
 *
 * @returns a dataset whose images are of shape [count, channels, height, width]; grey images have one channel
 * @example
 * const images = { name: 'mine images', array: ndarray(new Uint8Array(18), [2, 3, 3]) };
 * const labels = { name: 'mine labels', array: ndarray(Uint8Array.of(0, 1), [2]) };
 * imageDataset({ name: 'mine', images, labels, classes: ['cat', 'dog'] }).images.shape // [2, 1, 3, 3]
 * @throws IdxError when an array has another shape or element type, when there are not as many labels as images, or
 *   when a label has no class
 * @throws DataTypeError when images or labels are no named arrays, or classes no list
 */
export function imageDataset(options: ImageDatasetParts, ...surplus: []): ImageDataset {
  checkSurplus('imageDataset', surplus);
  const { name, images, labels, classes } = checkOptions('imageDataset', options, imageDatasetParts);
  for (const [part, value] of Object.entries({ images, labels })) {
    const advice = {
      wanted: 'a name, and an ndarray of bytes',
      remedy: "Pass what `readIdx` gave with a name: { name: 'my-file', array }",
    };
    checkHas('imageDataset', part, value, ['name', 'array'], advice);
    checkHas('imageDataset', `${part}.array`, value.array, ['data', 'shape', 'stride', 'offset', 'dimension'], advice);
  }
  checkText('imageDataset', 'name', name, "Give one for messages: name: 'mine'");
  checkList('imageDataset', 'classes', classes, {
    wanted: 'a list of names',
    remedy: "Name the classes by number: ['cat', 'dog']",
  });
  const imageArray = unsignedBytes(images, [3, 4], '[count, height, width] or [count, channels, height, width]');
  const labelArray = unsignedBytes(labels, [1], '[count]');
  const count = imageArray.shape[0];
  if (labelArray.shape[0] !== count) {
    throw new IdxError({
      operation: labels.name,
      got: `${labelArray.shape[0]} labels`,
      wanted: `${count} labels, one for each image of ${images.name}`,
      remedy: 'Check that both files belong together',
    });
  }
  checkLabels(labelArray, labels.name, classes.length);
  return { name, images: withChannels(imageArray), labels: labelArray, classes };
}

/** Grey images get an axis of one channel; colour images have theirs. */
function withChannels(images: NdArray<Uint8Array>): NdArray<Uint8Array> {
  if (images.dimension === 4) return images;
  const [count, height, width] = images.shape;
  const [sampleStride, rowStride, pixelStride] = images.stride;
  const stride = [sampleStride, height * rowStride, rowStride, pixelStride];
  return ndarrayOf(images.data, [count, 1, height, width], stride, images.offset);
}

function unsignedBytes({ name, array }: NamedArray, dimensions: readonly number[], wanted: string) {
  const { data } = array;
  if (!(data instanceof Uint8Array) || !dimensions.includes(array.dimension)) {
    throw new IdxError({
      operation: name,
      got: `${array.dtype} elements of shape [${array.shape.join(', ')}]`,
      wanted: `unsigned bytes of shape ${wanted}`,
      remedy: 'Check that images and labels are not mixed up',
    });
  }
  return ndarrayOf(data, array.shape, array.stride, array.offset);
}

function checkLabels(labels: NdArray<Uint8Array>, name: string, classes: number): void {
  for (let index = 0; index < labels.shape[0]; index++) {
    const label = labels.get(index);
    if (label < classes) continue;
    throw new IdxError({
      operation: name,
      got: `label ${index} is ${label}`,
      wanted: `labels from 0 to ${classes - 1}`,
      remedy: 'Check that this is the label file of the dataset',
    });
  }
}
