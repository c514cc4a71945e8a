import * as kernels from '../../engine/kernels.ts';
import { type Formula, type FormulaTable, formula, over, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxis, sizesAlong } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

export interface CumulativeSumOptions {
  /** The axis along which numbers are added up. */
  readonly axis: number;
  /** Whether each sum leaves out its own number, so that the first one is 0. Default: false. */
  readonly exclusive?: boolean;
  /** Whether to add from the end. Default: false. */
  readonly reverse?: boolean;
}

const cumulativeSumOptions: OptionNames<CumulativeSumOptions> = {
  axis: 'required',
  exclusive: 'optional flag',
  reverse: 'optional flag',
};

/**
 * y[n] = x[0] + … + x[n] along `axis`. A number counts in every sum behind it, so its gradient is the sum of theirs: the
 * same op the other way round.
 *
 * @example cumulativeSum([1, 2, 3], { axis: 0 }) // [1, 3, 6]
 */
export function cumulativeSum(x: TensorLike, options: CumulativeSumOptions, ...surplus: []): Tensor {
  checkSurplus('cumulativeSum', surplus);
  const { axis, exclusive = false, reverse = false } = checkOptions('cumulativeSum', options, cumulativeSumOptions);
  const inputs = operands('cumulativeSum', { x });
  const along = resolveAxis('cumulativeSum', axis, inputs.x.rank);
  return record({
    operation: 'cumulativeSum',
    inputs,
    attributes: { axis: along, exclusive, reverse },
    shape: inputs.x.shape,
    value: (y, memory) => {
      const sizes = sizesAlong(inputs.x.shape, along);
      kernels.cumulativeSum(flatten(inputs.x.view, memory), y, ...sizes, Number(exclusive), Number(reverse));
    },
    vjps: { x: (g) => cumulativeSum(g, { axis: along, exclusive, reverse: !reverse }) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  cumulativeSum: (facts) => {
    const isReverse = facts.attributes.reverse === true;
    const isExclusive = facts.attributes.exclusive === true;
    const [counted, back] = [summandsOf(isReverse, isExclusive), summandsOf(!isReverse, isExclusive)];
    const axes = over(facts);
    return structural({
      value: formula(
        `y[n] = Σ x[k] over ${counted.text},${axes.text}`,
        `y_n = \\sum_{${counted.latex}} x_k${axes.latex}`,
      ),
      inputs: {
        x: {
          derivative: formula(
            `∂y[n]/∂x[k] = 1 where ${counted.text}, else 0`,
            `\\frac{\\partial y_n}{\\partial x_k} = \\begin{cases} 1 & ${counted.latex} \\\\ 0 & \\text{else} \\end{cases}`,
          ),
          product: formula(`Σ g[k] over ${back.text}`, `\\sum_{${back.latex}} g_k`),
        },
      },
      inWords: 'A number counts in every sum behind it, so it receives the sum of their cotangents.',
    });
  },
};

function summandsOf(isReverse: boolean, isExclusive: boolean): Formula {
  if (isExclusive) return formula(isReverse ? 'k > n' : 'k < n');
  return isReverse ? formula('k ≥ n', 'k \\ge n') : formula('k ≤ n', 'k \\le n');
}
