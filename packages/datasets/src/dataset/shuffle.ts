import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkSamples, countOf } from './count.ts';
import { type Selected, select } from './select.ts';

export interface ShuffleOptions {
  /** Draws the order. */
  readonly random: Random;
}

const shuffleOptions: OptionNames<ShuffleOptions> = { random: 'required' };

/**
 * The samples in random order, all orders equally likely. `batches` shuffles by itself, and copies nothing.
 *
 * @example shuffle([1, 2, 3, 4], { random: new Random(1) }).length // 4
 * @throws ValueError when it is no dataset
 */
export function shuffle<Data extends object>(dataset: Data, options: ShuffleOptions, ...surplus: []): Selected<Data> {
  checkSurplus('shuffle', surplus);
  const { random } = checkOptions('shuffle', options, shuffleOptions);
  checkSamples('shuffle', dataset);
  return select(dataset, random.permutation(countOf(dataset)));
}
