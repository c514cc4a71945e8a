import { ValueError } from '@tapegrad/core';
import { checkBytes, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { ImageDataset } from '../dataset/dataset.ts';
import { CifarError } from '../errors.ts';

/** The names of CIFAR-100's twenty groups of classes. */
const groups = [
  'aquatic mammals',
  'fish',
  'flowers',
  'food containers',
  'fruit and vegetables',
  'household electrical devices',
  'household furniture',
  'insects',
  'large carnivores',
  'large man-made outdoor things',
  'large natural outdoor scenes',
  'large omnivores and herbivores',
  'medium-sized mammals',
  'non-insect invertebrates',
  'people',
  'reptiles',
  'small mammals',
  'trees',
  'vehicles 1',
  'vehicles 2',
];

/** The names of CIFAR-100's classes, in the order of the alphabet. */
export const cifar100Classes: readonly string[] = [
  'apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle',
  'caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish',
  'forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle',
  'mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine',
  'possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar',
  'sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe whale',
  'willow_tree wolf woman worm',
].flatMap((line) => line.split(' ').map((name) => name.replaceAll('_', ' ')));

/** The label of the group, that of the class, and red, green and blue planes of 32 × 32 pixels. */
export const cifar100Record = 2 + 3 * 32 * 32;

/** What {@link readCifar100} needs beside the bytes. */
export interface ReadCifar100Options {
  /** The file's name, for the messages of errors; also the dataset's. */
  readonly name: string;
  /** The 100 classes, 'fine', or their 20 groups, 'coarse'. Default: 'fine'. */
  readonly labels?: 'fine' | 'coarse';
}

const readCifar100Options: OptionNames<ReadCifar100Options> = { name: 'required', labels: 'optional' };

/**
 * The images and labels of CIFAR-100 in its binary form.
 *
 * A file is records of 3074 bytes: the label of the group, that of the class, then 1024 red, 1024 green and 1024 blue pixels, each row
 * by row.
 *
 * Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009, and the data set's page.
 *
 * @returns images of shape [count, 3, 32, 32] that look into `bytes`, nothing is copied; labels of shape [count]
 * @example readCifar100(new Uint8Array(3074), { name: 'one black plane', labels: 'coarse' }).classes.length // 20
 * @throws CifarError when the bytes are no whole number of records, or a label has no class
 * @throws ValueError when `labels` is neither
 */
export function readCifar100(bytes: Uint8Array, options: ReadCifar100Options, ...surplus: []): ImageDataset {
  checkSurplus('readCifar100', surplus);
  const { name, labels: kind = 'fine' } = checkOptions('readCifar100', options, readCifar100Options);
  checkBytes('readCifar100', bytes);
  if (kind !== 'fine' && kind !== 'coarse') {
    throw new ValueError({
      operation: 'readCifar100',
      got: `labels is ${JSON.stringify(kind)}`,
      wanted: "'fine' or 'coarse'",
      remedy: 'Leave it out for the 100 classes',
    });
  }
  const count = bytes.length / cifar100Record;
  if (!Number.isSafeInteger(count)) {
    throw new CifarError({
      operation: name,
      got: `${bytes.length} bytes`,
      wanted: `a whole number of records of ${cifar100Record} bytes`,
      remedy: 'Take the binary version of CIFAR-100, and fetch it again',
    });
  }
  const byte = kind === 'fine' ? 1 : 0;
  const names = kind === 'fine' ? cifar100Classes : groups;
  const labels = Uint8Array.from({ length: count }, (_, index) => bytes[index * cifar100Record + byte]);
  const odd = labels.findIndex((label) => label >= names.length);
  if (odd >= 0) {
    throw new CifarError({
      operation: name,
      got: `label ${odd} is ${labels[odd]}`,
      wanted: `labels from 0 to ${names.length - 1}`,
      remedy: 'Take the binary version of CIFAR-100, and not CIFAR-10',
    });
  }
  return {
    name,
    // Each image begins behind its two labels.
    images: ndarrayOf(bytes, [count, 3, 32, 32], [cifar100Record, 1024, 32, 1], 2),
    labels: ndarrayOf(labels, [count]),
    classes: names,
  };
}
