import { checkFunction, checkSurplus } from '@tapegrad/core/authors';
import { type ItemOf, items } from './items.ts';
import { type Selected, select } from './select.ts';

/**
 * The samples that are to be kept, in their order. Every item is looked at once, now.
 *
 * @example filter(builtInDigits({ train: 100, test: 1 }).train, ({ labels }) => labels < 2).labels.size // 20
 * @throws DataTypeError when `keep` is no function
 * @throws ValueError when it is no dataset
 */
export function filter<Data extends object>(
  dataset: Data,
  keep: (item: ItemOf<Data>, index: number) => boolean,
  ...surplus: []
): Selected<Data> {
  checkSurplus('filter', surplus);
  checkFunction('filter', 'keep', keep, 'Give a function of an item and its index');
  const from = items(dataset);
  const kept: number[] = [];
  for (let index = 0; index < from.length; index++) {
    const item = from.at(index);
    if (item !== undefined && keep(item, index)) kept.push(index);
  }
  return select(dataset, Uint32Array.from(kept));
}
