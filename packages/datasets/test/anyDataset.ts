import fc from 'fast-check';
import ndarray from 'ndarray';
import {
  type BatchOptions,
  batches,
  firstSamples,
  type ImageDataset,
  normalisationOf,
  twoMoons,
} from '../src/index.ts';

const kinds = [Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int32Array, Float32Array, Float64Array] as const;

/** Arrays of any type and shape, over fewer or more numbers than the shape says. */
const arrays = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.array(fc.nat(4), { maxLength: 5 }),
    fc.integer({ min: 0, max: 300 }),
    fc.double(),
    fc.integer({ min: -3, max: 3 }),
  )
  .map(([Kind, shape, length, value, offset]) => ndarray(new Kind(length).fill(value), shape, undefined, offset));

const fields = fc.oneof(
  { weight: 4, arbitrary: arrays },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, [[[[1]]]], 'images', new Uint8Array(4)) },
);

const right = (): ImageDataset => ({
  name: 'right',
  images: ndarray(new Uint8Array(16).fill(255), [4, 1, 2, 2]),
  labels: ndarray(Uint8Array.of(0, 1, 2, 3), [4]),
  classes: [],
});

const datasets = fc.oneof(
  fc.record({ images: fields, labels: fields, classes: fc.constant([]), name: fc.constant('any') }),
  fc.record({ images: fields }).map((part) => ({ ...right(), ...part })),
  fc.record({ labels: fields }).map((part) => ({ ...right(), ...part })),
  fc.constantFrom(right(), twoMoons({ count: 4 }), undefined, null, 1, 'mnist'),
);

const options = fc.record(
  {
    batchSize: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double()),
    transform: fc.constantFrom(undefined, () => 1, { kind: 'flip' }, { kind: '__proto__' }, 'shift'),
    mean: fc.oneof(fc.double(), fc.array(fc.double(), { maxLength: 2 })),
  },
  { requiredKeys: ['batchSize'] },
);

/** Datasets that are nearly right: batches with numbers as they were, or a typed error. */
export const anyDataset = {
  name: 'a dataset of any arrays',
  inputs: fc.tuple(datasets, options),
  read: (input: unknown): void => {
    const [data, given] = input as [ImageDataset, BatchOptions];
    for (const batch of batches(data, given)) {
      const { images, labels, indices } = batch;
      const isPlain = given.mean === undefined && data.images?.data instanceof Uint8Array;
      if (isPlain && !images.data.every(Number.isFinite)) throw new Error('NaN out of pixels');
      for (const [row, index] of indices.entries()) {
        if (labels && labels.get(row) !== data.labels.get(index))
          throw new Error(`the label ${data.labels.get(index)} has changed`);
      }
    }
    normalisationOf(firstSamples(data, 1));
  },
};
