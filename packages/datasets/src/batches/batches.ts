import { checkSurplus } from '@tapegrad/core/authors';
import { checkDataset } from '../dataset/checkDataset.ts';
import { collectItems } from '../dataset/collect.ts';
import { columnsOf } from '../dataset/columns.ts';
import { hasItems } from '../dataset/count.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Mix } from '../transforms/mix/mix.ts';
import { asBatch, type BatchOf, type MixedBatchOf } from './batch.ts';
import type { BatchOptions } from './options.ts';
import { planBatches } from './plan.ts';
import { prepareBatch } from './prepare.ts';
import { storedSamples } from './stored.ts';

/**
 * One pass over a dataset in batches: every sample exactly once, except for those that `dropLast` and `skip` leave out, or those
 * of `indices`.
 *
 * A batch has the arrays of the dataset, each with a row for each sample. A pixel of `images` becomes (pixel / 255 - mean) /
 * standardDeviation where pixels are bytes, (pixel - mean) / standardDeviation where they are other numbers, in float32, and then what
 * `transform` makes of it; `masks` are moved along. All other arrays come as they are. A dataset that has items is asked for those
 * of each batch, which are put together as `collect` does.
 *
 * The order and the transforms' seed are drawn from `random` when this function is called, not when the first batch is asked for;
 * the same state of `random` gives the same batches.
 *
 * @example
 * const { train } = builtInDigits({ train: 100, test: 1 });
 * Array.from(batches(train, { batchSize: 40 }), ({ labels }) => labels.size) // [40, 40, 20]
 * @throws ValueError when an option is out of range, a transform is none or has no `random`, or the arrays do not fit together
 */
export function batches<Data extends object>(
  dataset: Data,
  options: BatchOptions & { readonly mix: Mix },
): Generator<MixedBatchOf<Data>, void, undefined>;
export function batches<Data extends object>(
  dataset: Data,
  options: BatchOptions,
): Generator<BatchOf<Data>, void, undefined>;
export function batches<Data extends object>(
  dataset: Data,
  options: BatchOptions,
  ...surplus: []
): Generator<BatchOf<Data> | MixedBatchOf<Data>, void, undefined> {
  checkSurplus('batches', surplus);
  const { groups, preparation } = planBatches(dataset, options);
  const arrays = hasItems(dataset) ? undefined : storedSamples(columnsOf(dataset));
  return cut();

  function* cut(): Generator<BatchOf<Data>, void, undefined> {
    for (const { number, indices } of groups) {
      if (arrays) yield asBatch<Data>(prepareBatch(arrays, preparation, indices, number), indices);
      else {
        const collected = collectedItems(dataset as unknown as Dataset<unknown>, indices);
        const inOrder = indices.map((_, position) => position);
        const prepared = prepareBatch(storedSamples(columnsOf(collected)), preparation, inOrder, number);
        yield asBatch<Data>(prepared, indices);
      }
    }
  }
}

/** The arrays of some items. @throws ValueError when they do not fit together */
function collectedItems(dataset: Dataset<unknown>, indices: Uint32Array): object {
  const collected = collectItems(
    'batches',
    Array.from(indices, (index) => dataset.at(index)),
  );
  checkDataset('batches', collected);
  return collected;
}
