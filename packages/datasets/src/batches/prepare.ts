import { Random } from '@tapegrad/core';
import type { ColumnNumbers } from '../dataset/columns.ts';
import type { ImageBatch, MaskNumbers } from '../transforms/imageBatch.ts';
import type { Transform } from '../transforms/kinds.ts';
import type { Mix } from '../transforms/mix/mix.ts';
import { mixed } from '../transforms/mix/mixed.ts';
import { mixedTargets, oneHot } from '../transforms/mix/targets.ts';
import { transformed } from '../transforms/transformed.ts';
import { gatherImages, gatherRows, type PixelScale } from './gather.ts';
import type { StoredSamples } from './stored.ts';

/** How stored numbers become those of a batch. Plain data, too. */
export interface Preparation extends PixelScale {
  readonly transform?: Transform;
  readonly mix?: Mix & { readonly classes: number };
  /** What the random numbers of the transforms begin with; each batch has a stream of its own. */
  readonly seed: number;
}

/** An array of a batch. */
export interface PreparedColumn {
  readonly name: string;
  readonly numbers: ColumnNumbers;
  readonly shape: readonly number[];
}

/** The arrays of a batch. */
export type PreparedBatch = readonly PreparedColumn[];

/** The samples at `indices`, as batch `number` of its pass: the same bits in whichever thread and order it is made. */
export function prepareBatch(
  stored: StoredSamples,
  preparation: Preparation,
  indices: Uint32Array,
  number: number,
): PreparedBatch {
  const { transform, mix, seed } = preparation;
  const gathered = stored.map(
    (column): PreparedColumn => ({
      name: column.name,
      numbers: column.name === 'images' ? gatherImages(column, indices, preparation) : gatherRows(column, indices),
      shape: [indices.length, ...column.shape.slice(1)],
    }),
  );
  if (!transform && !mix) return gathered;
  const images = gathered.find(({ name }) => name === 'images');
  if (!images || !(images.numbers instanceof Float32Array)) return gathered;
  const masks = gathered.find(({ name }) => name === 'masks');
  // The lower 21 bits of the seed are the batch's.
  const random = new Random(seed * 2 ** 21 + (number % 2 ** 21));
  let batch: ImageBatch = {
    images: images.numbers as Float32Array<ArrayBuffer>,
    shape: images.shape,
    ...(masks && {
      masks: { numbers: masks.numbers as MaskNumbers, channels: masks.shape.length === 4 ? masks.shape[1] : 1 },
    }),
  };
  if (transform) batch = transformed(batch, transform, random);
  const targets: PreparedColumn[] = [];
  if (mix) {
    const result = mixed(batch, mix, random);
    batch = result.batch;
    targets.push(softTargets(gathered, mix.classes, result));
  }
  const [, , height, width] = batch.shape;
  const changed = gathered.map((column): PreparedColumn => {
    if (column === images) return { name: 'images', numbers: batch.images, shape: batch.shape };
    if (column !== masks || !batch.masks) return column;
    return { name: 'masks', numbers: batch.masks.numbers, shape: [...column.shape.slice(0, -2), height, width] };
  });
  return [...changed.filter(({ name }) => !targets.some((each) => each.name === name)), ...targets];
}

/** The targets, or one-hot labels, mixed as the images were. */
function softTargets(
  gathered: readonly PreparedColumn[],
  classes: number,
  { share, partners }: { readonly share: number; readonly partners: Uint32Array },
): PreparedColumn {
  const targets = gathered.find(({ name }) => name === 'targets');
  const labels = gathered.find(({ name }) => name === 'labels');
  const rows = targets ? Float32Array.from(targets.numbers) : oneHot(labels?.numbers ?? [], classes);
  return {
    name: 'targets',
    numbers: mixedTargets(rows, share, partners),
    shape: targets ? targets.shape : [partners.length, classes],
  };
}

/** All memory of a batch, to be handed over from thread to thread. */
export const buffersOf = (batch: PreparedBatch): ArrayBuffer[] =>
  batch.map(({ numbers }) => numbers.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
