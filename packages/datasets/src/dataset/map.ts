import { checkFunction, checkSurplus } from '@tapegrad/core/authors';
import type { Dataset } from './dataset.ts';
import { type ItemOf, items } from './items.ts';

/**
 * y_i = change(x_i, i): a dataset whose items are made of those of another one when they are asked for, each time anew.
 *
 * @example map([1, 2, 3], (x) => 10 * x).at(1) // 20
 * @throws DataTypeError when `change` is no function
 * @throws ValueError when it is no dataset
 */
export function map<Data extends object, Item>(
  dataset: Data,
  change: (item: ItemOf<Data>, index: number) => Item,
  ...surplus: []
): Dataset<Item> {
  checkSurplus('map', surplus);
  checkFunction('map', 'change', change, 'Give a function of an item and its index');
  const from = items(dataset);
  return {
    length: from.length,
    at(index) {
      const item = from.at(index);
      return item === undefined ? undefined : change(item, index);
    },
  };
}
