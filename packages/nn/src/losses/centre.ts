import {
  formatShape,
  multiply,
  operands,
  ShapeError,
  square,
  subtract,
  sum,
  type Tensor,
  type TensorLike,
  take,
  zeros,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type ClassRowOptions, classRowOptions, readClassRows } from './classRows.ts';
import { reduceLosses } from './reduce.ts';

/** Rows may be left out and weighed, as in every loss over class indices. */
export type CentreOptions = ClassRowOptions;

const centreOptions: OptionNames<CentreOptions> = { ...classRowOptions };

/**
 * Centre loss: loss = ‖features - centres_y‖²/2, for an example of class y. The features of a class are drawn together around a
 * centre, which is learnt too. It is added, times a factor such as 0.003, to a softmax loss, which keeps the classes apart.
 *
 * Gradient: by the features x - c_y; by a centre Σ (c - x) over the examples of its class. The paper moves a centre by the mean of
 * these instead, with 1 added to their number, at a rate of its own: give the centres a parameter group.
 *
 * Source: Wen, Zhang, Li and Qiao, "A discriminative feature learning approach for deep face recognition", 2016.
 *
 * @param features `[batch, features]`
 * @param centres `[classes, features]`, a parameter
 * @param target class indices `[batch]`
 * @example centreLoss([[1, 2]], [[0, 0], [1, 1]], [1]) // 0.5
 * @throws ShapeError when centres have another number of features, or there is not one class index for each example
 * @throws ValueError when a class index is out of range
 */
export function centreLoss(
  features: TensorLike,
  centres: TensorLike,
  target: TensorLike,
  options: CentreOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('centreLoss', surplus);
  const { reduction = 'mean' } = checkOptions('centreLoss', options, centreOptions);
  const name = 'centreLoss';
  const inputs = operands(name, { features, centres });
  const [x, c] = [inputs.features.shape, inputs.centres.shape];
  if (x.length !== 2 || c.length !== 2 || x[1] !== c[1]) {
    throw new ShapeError({
      operation: name,
      got: `features are ${formatShape(x)}, centres are ${formatShape(c)}`,
      wanted: '[batch, features] and [classes, features]',
      remedy: 'Give a centre of as many numbers as an example has features, one for each class',
    });
  }
  const distances = zeros([x[0], c[0]], { dtype: inputs.features.dtype });
  const rows = readClassRows(name, 'distances to the centres', distances, target, undefined, options);
  const own = take(
    inputs.centres,
    rows.indices.map((index) => Math.max(0, index)),
  );
  const squares = sum(square(subtract(inputs.features, own)), { axes: 1 });
  return reduceLosses(name, multiply(rows.weights, multiply(0.5, squares)), reduction, rows.count);
}
