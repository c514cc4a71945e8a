import { ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { columnsOf } from './columns.ts';
import { checkSamples, countOf, hasItems } from './count.ts';
import { type Selected, select } from './select.ts';

/**
 * The first `count` samples of a dataset. Nothing is copied: the result looks at the same memory.
 *
 * @example firstSamples(builtInDigits({ train: 100, test: 1 }).train, 7).labels.size // 7
 * @throws ValueError when `count` is not a whole number from 0 to the number of samples, or arrays do not fit together
 */
export function firstSamples<Data extends object>(dataset: Data, count: number, ...surplus: []): Selected<Data> {
  checkSurplus('firstSamples', surplus);
  checkSamples('firstSamples', dataset);
  const available = countOf(dataset);
  if (!Number.isSafeInteger(count) || count < 0 || count > available) {
    const { name = 'the dataset' } = dataset as { readonly name?: string };
    throw new ValueError({
      operation: 'firstSamples',
      got: `count is ${count}`,
      wanted: `a whole number from 0 to the ${available} samples of ${name}`,
      remedy: 'Ask for fewer samples',
    });
  }
  if (hasItems(dataset))
    return select(
      dataset,
      Uint32Array.from({ length: count }, (_, index) => index),
    ) as Selected<Data>;
  const first = columnsOf(dataset).map(({ name, array }) => [name, array.hi(count)]);
  const { isOutlier } = dataset as { readonly isOutlier?: unknown };
  const marks = Array.isArray(isOutlier) ? { isOutlier: isOutlier.slice(0, count) } : {};
  return { ...dataset, ...Object.fromEntries(first), ...marks } as Selected<Data>;
}
