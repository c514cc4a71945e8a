import { ValueError } from '@tapegrad/core';
import { kindOf } from '@tapegrad/core/authors';
import { columnOf, columnsOf, isArray, reachOf } from './columns.ts';

/**
 * Throws unless these are samples in arrays. Types say so too, where there are types.
 *
 * @throws ValueError when there are no arrays, one is longer than its numbers or has other samples than the others, its numbers
 *   are no typed array, images or masks have another shape than such have, or a label is no whole number
 */
export function checkDataset(operation: string, dataset: object): void {
  const problem: Problem = (got, wanted, remedy) => new ValueError({ operation, got, wanted, remedy });
  const given: Readonly<Record<string, unknown>> = Object(dataset);
  for (const name of ['images', 'labels', 'masks', 'targets', 'inputs']) {
    if (given[name] === undefined || isArray(given[name])) continue;
    throw problem(`${kindOf(given[name])} as ${name}`, 'an ndarray with one row for each sample', remedy);
  }
  const columns = columnsOf(given);
  if (columns.length === 0)
    throw problem(`${kindOf(dataset)} without arrays`, 'a dataset: `images` and `labels`, for example', remedy);
  const [first] = columns;
  for (const { name, array } of columns) {
    const { shape, data } = array;
    if (!ArrayBuffer.isView(data)) {
      throw problem(
        `${name} in ${kindOf(data)}`,
        'numbers in a typed array',
        'Give a Float32Array, or a Uint8Array of bytes',
      );
    }
    if (shape.length === 0 || shape[0] !== first.array.shape[0]) {
      throw problem(
        `${first.name} of shape [${first.array.shape.join(', ')}], and ${name} of shape [${shape.join(', ')}]`,
        'as many rows in all arrays',
        'Check that they are of the same part of the dataset',
      );
    }
    const { least, most } = reachOf(array);
    if (least < 0 || most >= array.data.length) {
      throw problem(
        `${name} of shape [${shape.join(', ')}] in ${array.data.length} numbers`,
        `${array.size} numbers or more`,
        'Give the shape that the numbers have',
      );
    }
  }
  checkShapes(given, problem);
  checkLabels(given, problem);
}

type Problem = (got: string, wanted: string, remedy: string) => ValueError;

const remedy = 'Make them with `ndarray` of `tapegrad/ndarray`: `ndarray(numbers, shape)`';

function checkShapes(dataset: object, problem: Problem): void {
  const [images, masks] = [columnOf(dataset, 'images'), columnOf(dataset, 'masks')];
  if (images && images.shape.length !== 4) {
    throw problem(
      `images of shape [${images.shape.join(', ')}]`,
      'shape [count, channels, height, width]',
      'Reshape them',
    );
  }
  if (!masks) return;
  const size = masks.shape.slice(-2).join();
  if ((masks.shape.length === 3 || masks.shape.length === 4) && (!images || size === images.shape.slice(2).join()))
    return;
  throw problem(
    `masks of shape [${masks.shape.join(', ')}]${images ? `, with images of shape [${images.shape.join(', ')}]` : ''}`,
    'shape [count, height, width] or [count, channels, height, width], of the size of the images',
    'Make them of that size',
  );
}

function checkLabels(dataset: object, problem: Problem): void {
  const labels = columnOf(dataset, 'labels');
  if (!labels) return;
  if (labels.shape.length !== 1)
    throw problem(
      `labels of shape [${labels.shape.join(', ')}]`,
      'shape [count]',
      'Call them `targets` where they are no numbers of classes',
    );
  if (!(labels.data instanceof Float32Array || labels.data instanceof Float64Array)) return;
  for (let index = 0; index < labels.shape[0]; index++) {
    const label = labels.get(index);
    if (Number.isInteger(label)) continue;
    throw problem(
      `labels[${index}] is ${label}`,
      'whole numbers, the numbers of the classes',
      'Call them `targets` where they are no numbers of classes',
    );
  }
}
