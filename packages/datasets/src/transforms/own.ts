import { type Random, ValueError } from '@tapegrad/core';
import {
  checkFunction,
  checkOptions,
  checkSurplus,
  checkText,
  ndarrayOf,
  type OptionNames,
} from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import type { ImageBatch, MaskNumbers } from './imageBatch.ts';

/** One image that a transform of one's own changes, by writing into it. */
export interface OwnSample {
  /** Of shape [channels, height, width]. */
  readonly image: NdArray<Float32Array>;
  /** Of shape [channels, height, width]; `undefined` where the dataset has no masks. */
  readonly mask: NdArray<MaskNumbers> | undefined;
  /** All that is random comes from here. */
  readonly random: Random;
}

/** What a transform of one's own does to each image. */
export type ChangeSample<Options> = (sample: OwnSample, options: Options) => void;

/** A transform of one's own: the name by which a worker finds it, and its options as plain data. */
export interface Own {
  readonly kind: 'own';
  readonly name: string;
  readonly options: unknown;
  /** Does not go along to a worker. */
  readonly change?: ChangeSample<never>;
}

/** Makes the transform with some options, and is handed to `servePrefetch` as it is. */
export interface OwnTransform<Options> {
  (options: Options): Own;
  readonly transform: string;
  readonly change: ChangeSample<Options>;
}

export interface OwnTransformParts<Options> {
  /** The name by which a worker finds it. */
  readonly name: string;
  /** Changes one image, and its mask, in their own memory. */
  readonly change: ChangeSample<Options>;
}

const parts: OptionNames<OwnTransformParts<unknown>> = { name: 'required', change: 'required' };

/**
 * A transform of one's own, to be used beside all others. Its options have to be plain data, and its chance has to come from
 * `random`: then a batch is the same wherever it is made. For a `Prefetcher` the worker's module has to hand it to
 * `servePrefetch({ transforms: [solarise] })`.
 *
 * @example
 * const solarise = ownTransform({
 *   name: 'solarise',
 *   change: ({ image: { data, offset, size } }, { above }: { above: number }) => {
 *     for (let at = offset; at < offset + size; at++) if (data[at] > above) data[at] = 1 - data[at];
 *   },
 * });
 * compose(horizontalFlip(), solarise({ above: 0.5 })).kind // "compose"
 * @throws DataTypeError when `change` is no function
 * @throws ValueError when `name` is no text
 */
export function ownTransform<Options>(options: OwnTransformParts<Options>, ...surplus: []): OwnTransform<Options> {
  checkSurplus('ownTransform', surplus);
  const { name, change } = checkOptions('ownTransform', options, parts);
  checkText('ownTransform', 'name', name, 'Give the name of the transform');
  checkFunction('ownTransform', 'change', change, 'Give a function of a sample and the options');
  const make = (given: Options): Own => {
    const own: Own = { kind: 'own', name, options: given };
    // Not enumerable, so that a copy for another thread leaves it behind.
    return Object.defineProperty(own, 'change', { value: change, enumerable: false });
  };
  return Object.assign(make, { transform: name, change });
}

/** @throws ValueError when a worker does not know it */
export function changedByOwn(batch: ImageBatch, { name, options, change }: Own, random: Random): ImageBatch {
  if (!change) {
    throw new ValueError({
      operation: name,
      got: 'a transform that this thread does not know',
      wanted: 'one that was handed to `servePrefetch`',
      remedy: `Write servePrefetch({ transforms: [${name}] }) in the module of the worker, and pass that to the Prefetcher`,
    });
  }
  const [count, channels, height, width] = batch.shape;
  const size = height * width;
  for (let image = 0; image < count; image++) {
    const ofImage = ndarrayOf(batch.images.subarray(image * channels * size, (image + 1) * channels * size), [
      channels,
      height,
      width,
    ]);
    const { masks } = batch;
    const mask =
      masks &&
      ndarrayOf<MaskNumbers>(
        masks.numbers.subarray(image * masks.channels * size, (image + 1) * masks.channels * size) as MaskNumbers,
        [masks.channels, height, width],
      );
    change({ image: ofImage, mask, random }, options as never);
  }
  return batch;
}
