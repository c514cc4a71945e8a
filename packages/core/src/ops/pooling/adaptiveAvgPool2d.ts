import * as kernels from '../../engine/kernels.ts';
import type { AdaptivePoolingSizes } from '../../kernels/adaptivePooling.ts';
import { averaged, type FormulaTable, sharedOut } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Shape } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { image } from '../windows/axes.ts';
import { type AdaptivePool2dOptions, adaptivePool2dOptions, adaptiveSizes } from './adaptiveSizes.ts';

/**
 * y = the mean of each cell, where the image is cut into `outputSize` cells, whatever its size: cell i
 * of an axis covers ⌊i·length / cells⌋ up to ⌈(i + 1)·length / cells⌉. As in PyTorch.
 *
 * @param x `[batch, channels, height, width]`
 * @returns `[batch, channels, outHeight, outWidth]`
 * @example adaptiveAvgPool2d([[[[1, 2], [3, 6]]]], { outputSize: 1 }) // [[[[3]]]]
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when the output size is not whole numbers of at least 1
 */
export function adaptiveAvgPool2d(x: TensorLike, options: AdaptivePool2dOptions, ...surplus: []): Tensor {
  checkSurplus('adaptiveAvgPool2d', surplus);
  const { outputSize } = checkOptions('adaptiveAvgPool2d', options, adaptivePool2dOptions);
  const inputs = operands('adaptiveAvgPool2d', { x });
  return average(inputs.x, adaptiveSizes('adaptiveAvgPool2d', inputs.x.shape, outputSize, image));
}

function average(x: Tensor, cells: Shape): Tensor {
  const shape = [...x.shape.slice(0, 2), ...cells];
  return record({
    operation: 'adaptiveAvgPool2d',
    inputs: { x },
    attributes: { outputSize: cells },
    shape,
    value: (y, memory) => kernels.adaptiveAvgPool2d(flatten(x.view, memory), y, ...sizesOf(x.shape, cells)),
    vjps: { x: (g) => spread(g, x.shape) },
  });
}

/** The transpose of {@link average}: each number of g is shared out over its cell. */
function spread(g: Tensor, shape: Shape): Tensor {
  const cells = g.shape.slice(2);
  return record({
    operation: 'adaptiveAvgPool2dGradient',
    inputs: { g },
    shape,
    value: (x, memory) => kernels.adaptiveAvgPool2dGradient(flatten(g.view, memory), x, ...sizesOf(shape, cells)),
    vjps: { g: (h) => average(h, cells) },
  });
}

function sizesOf([batch, channels, height, width]: Shape, [outHeight, outWidth]: Shape): AdaptivePoolingSizes {
  return [batch * channels, height, width, outHeight, outWidth];
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  adaptiveAvgPool2d: (facts) => averaged(facts, 'cell'),
  adaptiveAvgPool2dGradient: (facts) => sharedOut(facts, 'cell'),
};
