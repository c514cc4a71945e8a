import { between, type FormulaTable, formula, moved } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxes } from '../../tensor/shape.ts';
import { restride } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

export interface FlipOptions {
  /** The axis that is turned round, or several. */
  readonly axes: number | readonly number[];
}

const flipOptions: OptionNames<FlipOptions> = { axes: 'required' };

/**
 * y[i] = x[length - 1 - i] along each of `axes`: x read backwards. Nothing is copied. Cotangents are turned round likewise.
 *
 * @example flip([1, 2, 3], { axes: 0 }) // [3, 2, 1]
 * @throws ShapeError when an axis does not exist, or is named twice
 */
export function flip(x: TensorLike, options: FlipOptions, ...surplus: []): Tensor {
  checkSurplus('flip', surplus);
  const { axes } = checkOptions('flip', options, flipOptions);
  const inputs = operands('flip', { x });
  const { shape, rank } = inputs.x;
  const turned = resolveAxes('flip', axes, rank);
  return record({
    operation: 'flip',
    inputs,
    attributes: { axes: turned },
    shape,
    view: () => {
      const { view } = inputs.x;
      const isTurned = (axis: number): boolean => turned.includes(axis) && shape[axis] > 0;
      const strides = view.stride.map((stride, axis) => (isTurned(axis) ? -stride : stride));
      const last = shape.map((length, axis) => (isTurned(axis) ? (length - 1) * view.stride[axis] : 0));
      return restride(
        view,
        shape,
        strides,
        last.reduce((offset, distance) => offset + distance, view.offset),
      );
    },
    vjps: { x: (g) => flip(g, { axes: turned }) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  flip: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, ` read backwards along axes ${String(facts.attributes.axes)}`),
      meets: 'i is k counted from the other end of these axes',
      product: (g) => between('', formula(g), ' read backwards along the same axes'),
      inWords: 'Nothing is computed: each cotangent goes back to where its number came from.',
    }),
};
