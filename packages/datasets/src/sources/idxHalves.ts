import { checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { type ImageDatasetParts, imageDataset, type NamedArray } from '../formats/fromIdx.ts';
import { readIdx } from '../formats/idx.ts';
import type { IdxData } from '../formats/idxElements.ts';
import type { DataFile, Halves } from './description.ts';

/** The four files of a dataset in IDX files. */
export interface IdxFiles {
  readonly trainImages: DataFile;
  readonly trainLabels: DataFile;
  readonly testImages: DataFile;
  readonly testLabels: DataFile;
}

/** How a dataset in IDX files differs from MNIST. */
export interface IdxHalvesOptions {
  /** What the dataset is called in a heading. */
  readonly title: string;
  readonly classes: readonly string[];
  /** Whether the rows of the images are stored as columns. Default: false. */
  readonly isTransposed?: boolean;
  /** The label of the first class. Default: 0. */
  readonly firstLabel?: number;
}

const idxHalvesOptions: OptionNames<IdxHalvesOptions> = {
  title: 'required',
  classes: 'required',
  isTransposed: 'optional flag',
  firstLabel: 'optional',
};

/**
 * How to make both halves of the contents of four IDX files, by the files' names.
 *
 * @example idxHalves(files, { title: 'Mine' })
 */
export function idxHalves(files: IdxFiles, options: IdxHalvesOptions, ...surplus: []) {
  checkSurplus('idxHalves', surplus);
  const { title, classes, isTransposed = false, firstLabel = 0 } = checkOptions('idxHalves', options, idxHalvesOptions);
  return (contents: ReadonlyMap<string, Uint8Array>): Halves => {
    const read = ({ name }: DataFile): NamedArray => ({
      name,
      array: readIdx(contents.get(name) ?? new Uint8Array(0), { name }),
    });
    const half = (part: string, images: NamedArray, labels: NamedArray): ImageDatasetParts => ({
      name: `${title} ${part}`,
      images: isTransposed ? { ...images, array: transposed(images.array) } : images,
      labels: firstLabel === 0 ? labels : { ...labels, array: countedFrom(firstLabel, labels.array) },
      classes,
    });
    return {
      train: imageDataset(half('train', read(files.trainImages), read(files.trainLabels))),
      test: imageDataset(half('test', read(files.testImages), read(files.testLabels))),
    };
  };
}

/** The same memory with rows and columns exchanged; arrays that are no images are left to be refused as they are. */
function transposed(images: NdArray<IdxData>): NdArray<IdxData> {
  return images.dimension === 3 ? images.transpose(0, 2, 1) : images;
}

/** Labels that begin at 0. One that lies below the first wraps round to a number that no class has. */
function countedFrom(first: number, { data, shape }: NdArray<IdxData>): NdArray<IdxData> {
  return ndarrayOf(
    Uint8Array.from(data, (label) => label - first),
    shape,
  );
}
