import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import { elementwise, type FormulaTable, formula, one, putBack, taken } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, type Shape, sameShape } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { reshape } from '../shape/reshape.ts';
import { checkInput, image } from '../windows/axes.ts';

/**
 * The numbers of images between their pixels. With u = ⌊row⌋, v = ⌊column⌋, and what is left, r = row - u, c = column - v,
 *
 * y[n, k, p] = (1 - r)·((1 - c)·x[n, k, u, v] + c·x[n, k, u, v + 1])
 *            + r·((1 - c)·x[n, k, u + 1, v] + c·x[n, k, u + 1, v + 1])
 *
 * where pixels outside of the image are 0. Pixel (0, 0) is the position (0, 0); there is one group of channels for each of
 * the `groups` of positions. At a whole row or column the derivative by it is the difference to the next pixel, on the right.
 *
 * @param x `[batch, channels, height, width]`
 * @param rows `[batch, groups, positions]`
 * @param columns `[batch, groups, positions]`
 * @returns `[batch, channels, positions]`
 * @example
 * const image = tensor([[[[0, 2], [4, 6]]]]);
 * bilinearSample(image, [[[0.5]]], [[[0.5]]]) // [[[3]]]
 * @throws ShapeError when rows and columns differ in shape, are not for this batch, or groups do not divide the channels
 */
export function bilinearSample(x: TensorLike, rows: TensorLike, columns: TensorLike, ...surplus: []): Tensor {
  checkSurplus('bilinearSample', surplus);
  const inputs = operands('bilinearSample', { x, rows, columns });
  checkShapes(inputs.x.shape, inputs.rows.shape, inputs.columns.shape);
  const [batch, channels, height, width] = inputs.x.shape;
  const [, groups, count] = inputs.rows.shape;
  const planes = reshape(inputs.x, [batch, groups, channels / groups, height * width]);
  const perPosition = [batch, groups, 1, count];
  const down = reshape(fraction(inputs.rows), perPosition);
  const across = reshape(fraction(inputs.columns), perPosition);
  const [row, column] = [floors(inputs.rows), floors(inputs.columns)];
  const corner = (below: number, beside: number): Tensor => {
    const pixels = Int32Array.from(row, (top, p) => {
      const [i, j] = [top + below, column[p] + beside];
      return i >= 0 && i < height && j >= 0 && j < width ? i * width + j : -1;
    });
    return take(planes, pixels, count);
  };
  const top = mix(corner(0, 0), corner(0, 1), across);
  const bottom = mix(corner(1, 0), corner(1, 1), across);
  return reshape(mix(top, bottom, down), [batch, channels, count]);
}

/** a at share 0, b at share 1, and on the straight line between. */
function mix(a: Tensor, b: Tensor, share: Tensor): Tensor {
  return add(a, multiply(share, subtract(b, a)));
}

function floors(x: Tensor): Float64Array {
  return Float64Array.from(x.read(), Math.floor);
}

/** y = x - ⌊x⌋, with slope 1; 0 for an infinite x, which lies far outside of any image. */
function fraction(x: Tensor): Tensor {
  return record({
    operation: 'fraction',
    inputs: { x },
    shape: x.shape,
    value: (y) => {
      x.read().forEach((number, i) => {
        y[i] = Math.abs(number) === Infinity ? 0 : number - Math.floor(number);
      });
    },
    vjps: { x: (g) => g },
  });
}

/** y[n, group, k, p] = x[n, group, k, pixels[n, group, p]], and 0 for a pixel of -1. */
function take(x: Tensor, pixels: Int32Array, count: number): Tensor {
  const [batch, groups, channels, planeSize] = x.shape;
  const shape = [batch, groups, channels, count];
  return record({
    operation: 'takePixels',
    inputs: { x },
    shape,
    value: (y, memory) =>
      kernels.takePixels(flatten(x.view, memory), pixels, y, batch * groups, channels, planeSize, count),
    vjps: { x: (g) => put(g, pixels, planeSize) },
  });
}

/** x = zeros, to which each number of g is added at its pixel: the transpose of {@link take}. */
function put(g: Tensor, pixels: Int32Array, planeSize: number): Tensor {
  const [batch, groups, channels, count] = g.shape;
  const shape = [batch, groups, channels, planeSize];
  return record({
    operation: 'putPixels',
    inputs: { g },
    shape,
    value: (x, memory) =>
      kernels.putPixels(flatten(g.view, memory), pixels, x, batch * groups, channels, planeSize, count),
    vjps: { g: (h) => take(h, pixels, count) },
  });
}

function checkShapes(x: Shape, rows: Shape, columns: Shape): void {
  checkInput('bilinearSample', x, image);
  const [batch, groups] = rows;
  if (rows.length === 3 && sameShape(rows, columns) && batch === x[0] && groups > 0 && x[1] % groups === 0) return;
  throw new ShapeError({
    operation: 'bilinearSample',
    got: `x is ${formatShape(x)}, rows are ${formatShape(rows)}, columns are ${formatShape(columns)}`,
    wanted: `rows and columns of shape [${x[0]}, groups, positions], with groups that divide the ${x[1]} channels`,
    remedy: 'Use one group where all channels are read at the same positions',
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  fraction: () =>
    elementwise({
      value: formula('x - ⌊x⌋', 'x - \\lfloor x \\rfloor'),
      slopes: { x: one },
      inWords: 'Between whole numbers it rises with slope 1.',
    }),
  takePixels: (facts) =>
    taken(facts, (x) =>
      formula(
        `y[i] = ${x.text} at pixel i of a list, 0 outside of the image`,
        `y_i = ${x.latex} \\text{ at pixel } i \\text{ of a list, 0 outside of the image}`,
      ),
    ),
  putPixels: (facts) => putBack(facts),
};
