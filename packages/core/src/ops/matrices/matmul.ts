import * as kernels from '../../engine/kernels.ts';
import type { Memory } from '../../engine/memory.ts';
import { ShapeError } from '../../errors.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import type { MatrixStrides } from '../../kernels/matmul.ts';
import { type Formula, type FormulaTable, formula, type StepFacts, structural } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { broadcastShapes, formatShape, rowMajorStrides, type Shape, sizeOf } from '../../tensor/shape.ts';
import { broadcastView, flatten, type View } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { transposeMatrices } from '../shape/transpose.ts';

/**
 * z = x·y, the matrix product: z[…, i, j] = Σₚ x[…, i, p]·y[…, p, j]. Axes before the last two are batches, which
 * broadcast. A vector counts as a row on the left and as a column on the right, and its axis is dropped again. As NumPy
 * and PyTorch have it. ∂x = g·yᵀ, ∂y = xᵀ·g.
 *
 * @example matmul([[1, 2]], [[3], [4]]) // [[11]]
 * @throws ShapeError when an operand is a scalar, the inner lengths differ, or batches do not broadcast
 */
export function matmul(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('matmul', surplus);
  const inputs = operands('matmul', { x, y });
  const innerOfX = inputs.x.shape.at(-1);
  const innerOfY = inputs.y.shape.at(-2) ?? inputs.y.shape.at(-1);
  if (innerOfX === undefined || innerOfX !== innerOfY) {
    throw new ShapeError({
      operation: 'matmul',
      got: `x is ${formatShape(inputs.x.shape)}, y is ${formatShape(inputs.y.shape)}`,
      wanted: 'as many columns in x as rows in y: [rows, inner] and [inner, columns]',
      remedy: 'Transpose one of them, or reshape a scalar to [1, 1]',
    });
  }
  if (inputs.x.rank > 1 && inputs.y.rank > 1) return multiplyMatrices(inputs.x, inputs.y);
  const left = inputs.x.rank === 1 ? reshape(inputs.x, [1, innerOfX]) : inputs.x;
  const right = inputs.y.rank === 1 ? reshape(inputs.y, [innerOfX, 1]) : inputs.y;
  const { shape } = broadcastMatrices(left, right);
  const kept = [
    ...shape.slice(0, -2),
    ...(inputs.x.rank > 1 ? [shape.at(-2)] : []),
    ...(inputs.y.rank > 1 ? [shape.at(-1)] : []),
  ];
  return reshape(multiplyMatrices(left, right), kept as number[]);
}

function multiplyMatrices(x: Tensor, y: Tensor): Tensor {
  const { batch, rows, inner, columns, shape } = broadcastMatrices(x, y);
  return record({
    operation: 'matmul',
    inputs: { x, y },
    shape,
    value: (z, memory) => {
      const left = layOut(broadcastView(x.view, [...batch, rows, inner]), memory);
      const right = layOut(broadcastView(y.view, [...batch, inner, columns]), memory);
      const count = sizeOf(batch);
      kernels.matmul(left.numbers, right.numbers, z, count, rows, inner, columns, left.strides, right.strides);
    },
    vjps: {
      x: (g) => multiplyMatrices(g, transposeMatrices(y)),
      y: (g) => multiplyMatrices(transposeMatrices(x), g),
    },
  });
}

function broadcastMatrices(x: Tensor, y: Tensor) {
  const batch: Shape = broadcastShapes('matmul', {
    'the batch of x': x.shape.slice(0, -2),
    'the batch of y': y.shape.slice(0, -2),
  });
  const [rows, inner] = x.shape.slice(-2);
  const columns = y.shape[y.rank - 1];
  return { batch, rows, inner, columns, shape: [...batch, rows, columns] };
}

/** The numbers of a batch of matrices with one stride for all its batch axes: in place where there is one, else a copy. */
function layOut(view: View, memory: Memory): { numbers: FloatArray; strides: MatrixStrides } {
  const matrix = view.shape.length - 2;
  const [row, column] = view.stride.slice(matrix);
  const batch = view.shape.slice(0, matrix);
  const distance = batch.length === 0 ? 0 : view.stride[matrix - 1];
  const isEven = rowMajorStrides(batch).every(
    (stride, axis) => batch[axis] === 1 || view.stride[axis] === stride * distance,
  );
  if (isEven) return { numbers: view.data.subarray(view.offset), strides: [distance, row, column] };
  const [rows, columns] = view.shape.slice(matrix);
  return { numbers: flatten(view, memory), strides: [rows * columns, columns, 1] };
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  matmul: (facts) => {
    const [ofX, ofY] = [shared(facts, 'x'), shared(facts, 'y')];
    return structural({
      output: 'z',
      value: formula(
        'z = x·y: z[i, j] = Σ x[i, p]·y[p, j] over p',
        'z = x\\,y, \\quad z_{ij} = \\sum_p x_{ip}\\,y_{pj}',
      ),
      inputs: {
        x: {
          derivative: formula(
            '∂z[i, j]/∂x[k, p] = y[p, j] where i = k, else 0',
            '\\frac{\\partial z_{ij}}{\\partial x_{kp}} = \\delta_{ik}\\, y_{pj}',
          ),
          product: formula(`g·yᵀ${ofX.text}`, `g\\,y^{\\mathsf T}${ofX.latex}`),
        },
        y: {
          derivative: formula(
            '∂z[i, j]/∂y[p, k] = x[i, p] where j = k, else 0',
            '\\frac{\\partial z_{ij}}{\\partial y_{pk}} = \\delta_{jk}\\, x_{ip}',
          ),
          product: formula(`xᵀ·g${ofY.text}`, `x^{\\mathsf T} g${ofY.latex}`),
        },
      },
      inWords: 'Each factor receives the cotangent times the other one, transposed.',
    });
  },
};

/** Sums over the batch for a factor that was shared by it. */
function shared({ inputs, shape }: StepFacts, name: string): Formula {
  const isShared = inputs[name]?.slice(0, -2).join() !== shape.slice(0, -2).join();
  return isShared
    ? formula(', summed over the batch it is shared by', '\\text{, summed over the batch it is shared by}')
    : formula('', '');
}
