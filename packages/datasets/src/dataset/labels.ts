import { ValueError } from '@tapegrad/core';
import { columnOf } from './columns.ts';
import { countOf, hasItems } from './count.ts';

/** The label of each sample: from the column `labels`, or the field `labels` of every item; `undefined` where there are none. */
export function labelsOf(dataset: object): Int32Array | undefined {
  const count = countOf(dataset);
  if (!hasItems(dataset)) {
    const labels = columnOf(dataset, 'labels');
    return labels && Int32Array.from({ length: count }, (_, index) => labels.get(index));
  }
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const { labels: label } = Object(dataset.at(index));
    if (typeof label !== 'number') return undefined;
    labels[index] = label;
  }
  return labels;
}

/** The error where labels are wanted and there are none. */
export function noLabels(operation: string, dataset: object, remedy = 'Pass stratified: false'): ValueError {
  const { name = 'the dataset' } = dataset as { readonly name?: string };
  return new ValueError({
    operation,
    got: `no labels in ${name}`,
    wanted: 'a label for each sample',
    remedy,
  });
}
