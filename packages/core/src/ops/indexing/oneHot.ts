import { allocateFloats } from '../../allocate.ts';
import { ValueError } from '../../errors.ts';
import type { DataType } from '../../kernels/dtype.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { type Indices, readIndices } from '../../tensor/indices.ts';
import { viewOf } from '../../tensor/strided.ts';
import { Tensor } from '../../tensor/tensor.ts';

export interface OneHotOptions {
  /** How many classes there are. */
  readonly classes: number;
  /** Default: float32. */
  readonly dtype?: DataType;
}

const oneHotOptions: OptionNames<OneHotOptions> = { classes: 'required', dtype: 'optional' };

/**
 * y[…, c] = 1 for c = indices[…], else 0: a constant, without gradient.
 *
 * @param indices class indices of any shape
 * @returns `[...indices.shape, classes]`
 * @example oneHot([2, 0], { classes: 3 }) // [[0, 0, 1], [1, 0, 0]]
 * @throws ValueError when an index is not a whole number from 0 to classes - 1
 */
export function oneHot(indices: Indices, options: OneHotOptions, ...surplus: []): Tensor {
  checkSurplus('oneHot', surplus);
  const { classes, dtype = 'float32' } = checkOptions('oneHot', options, oneHotOptions);
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new ValueError({
      operation: 'oneHot',
      got: `classes is ${classes}`,
      wanted: 'a whole number of at least 1',
      remedy: 'Say how many classes there are, also those that do not occur',
    });
  }
  const { numbers, shape } = readIndices('oneHot', 'indices', indices, { length: classes, meaning: 'classes' });
  const y = allocateFloats(dtype, numbers.length * classes);
  numbers.forEach((index, row) => {
    y[row * classes + index] = 1;
  });
  return new Tensor(viewOf(y, [...shape, classes]));
}
