import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import { type FormulaTable, formula, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, sizeOf } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import { reshape } from '../shape/reshape.ts';
import { transpose } from '../shape/transpose.ts';
import { matmul } from './matmul.ts';

export interface LinearOptions {
  /** `[out]`, added to each row. Default: none. */
  readonly bias?: TensorLike;
}

const linearOptions: OptionNames<LinearOptions> = { bias: 'optional' };

/**
 * y = x·Wᵀ + b, a dense layer. ∂x = g·W, ∂W = gᵀ·x, ∂b = Σ g over the batch.
 *
 * @param x `[…, in]`
 * @param weight `[out, in]`
 * @returns `[…, out]`
 * @example linear([[1, 2]], [[3, 4], [5, 6]], { bias: [1, 1] }) // [[12, 18]]
 * @throws ShapeError when the sizes do not fit
 */
export function linear(x: TensorLike, weight: TensorLike, options: LinearOptions = {}, ...surplus: []): Tensor {
  checkSurplus('linear', surplus);
  const { bias } = checkOptions('linear', options, linearOptions);
  const inputs = operands('linear', { x, weight }, { bias });
  checkShapes(inputs.x, inputs.weight, inputs.bias);
  const [out, into] = inputs.weight.shape;
  const lead = inputs.x.shape.slice(0, -1);
  const rows = into === 0 ? sizeOf(lead) : inputs.x.size / into;
  const asRows = (tensor: Tensor): Tensor => reshape(tensor, [rows, tensor.shape[tensor.rank - 1]]);
  return record({
    operation: 'linear',
    inputs,
    shape: [...lead, out],
    value: (y, memory) => {
      const weight = flatten(inputs.weight.view, memory);
      // The weight is read by columns as if it had been transposed.
      kernels.matmul(flatten(inputs.x.view, memory), weight, y, 1, rows, into, out, [0, into, 1], [0, 1, into]);
      if (inputs.bias) kernels.addToRows(flatten(inputs.bias.view, memory), y, rows, out);
    },
    vjps: {
      x: (g) => matmul(g, inputs.weight),
      weight: (g) => matmul(transpose(asRows(g)), asRows(inputs.x)),
      bias: (g) => sum(asRows(g), { axes: 0 }),
    },
  });
}

function checkShapes(x: Tensor, weight: Tensor, bias: Tensor | undefined): void {
  const fits = weight.rank === 2 && x.rank > 0 && x.shape[x.rank - 1] === weight.shape[1];
  if (fits && (bias === undefined || (bias.rank === 1 && bias.shape[0] === weight.shape[0]))) return;
  throw new ShapeError({
    operation: 'linear',
    got: `x is ${formatShape(x.shape)}, weight is ${formatShape(weight.shape)}${bias ? `, bias is ${formatShape(bias.shape)}` : ''}`,
    wanted: 'x […, in], weight [out, in], bias [out]',
    remedy: 'Flatten images to [batch, in] first, and check that the weight has one column for each input',
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  linear: ({ inputs }) => {
    const hasBias = 'bias' in inputs;
    return structural({
      value: formula(
        `y = x·weightᵀ${hasBias ? ' + bias' : ''}`,
        `y = x\\,\\mathrm{weight}^{\\mathsf T}${hasBias ? ' + \\mathrm{bias}' : ''}`,
      ),
      inputs: {
        x: {
          derivative: formula(
            '∂y[n, o]/∂x[m, i] = weight[o, i] where n = m, else 0',
            '\\frac{\\partial y_{no}}{\\partial x_{mi}} = \\delta_{nm}\\, \\mathrm{weight}_{oi}',
          ),
          product: formula('g·weight', 'g\\,\\mathrm{weight}'),
        },
        weight: {
          derivative: formula(
            '∂y[n, o]/∂weight[p, i] = x[n, i] where o = p, else 0',
            '\\frac{\\partial y_{no}}{\\partial \\mathrm{weight}_{pi}} = \\delta_{op}\\, x_{ni}',
          ),
          product: formula('gᵀ·x', 'g^{\\mathsf T} x'),
        },
        ...(hasBias
          ? {
              bias: {
                derivative: formula(
                  '∂y[n, o]/∂bias[p] = 1 where o = p, else 0',
                  '\\frac{\\partial y_{no}}{\\partial \\mathrm{bias}_{p}} = \\delta_{op}',
                ),
                product: formula('Σ g over the batch', '\\sum_n g_n'),
              },
            }
          : {}),
      },
      inWords: 'Back through the same weights to x; for the weights, cotangent times input, added up over the batch.',
    });
  },
};
