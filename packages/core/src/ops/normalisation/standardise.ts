import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { constant, type FormulaTable, formula, numberOf, over, structural } from '../../notation/index.ts';
import { checkSurplus } from '../../options/checkSurplus.ts';
import { checkOptions, type OptionNames } from '../../options/index.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { operands, record } from '../../tape/record.ts';
import { unheard } from '../../tape/unheard.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { reducedShape, resolveAxes, type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { negate } from '../elementwise/negate.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { mean } from '../reductions/mean.ts';
import { sum } from '../reductions/sum.ts';

export interface StandardiseOptions {
  /** The axes that are taken together; negative ones count from the end. Default: all. */
  readonly axes?: number | readonly number[];
  /** What is added to the variance, so that constant numbers become 0 and not 0 / 0. Default: 1e-5. */
  readonly epsilon?: number;
}

const standardiseOptions: OptionNames<StandardiseOptions> = { axes: 'optional', epsilon: 'optional' };

/** Standardised numbers, and by what; the statistics keep the axes they were taken over, with length 1. */
export interface Standardised {
  readonly output: Tensor;
  readonly mean: Tensor;
  /** Σ (x - mean)² / n: biased, as if the n numbers were all there are. */
  readonly variance: Tensor;
}

/**
 * y = (x - mean) / √(variance + epsilon), with the mean and the biased variance over `axes`: the heart of all the
 * normalisations. Every number moves mean and variance too, so the gradient flows through them, and is blind to what
 * they take away: ∂x = (g - mean(g) - y·mean(g·y)) / √(variance + epsilon).
 *
 * @example standardise([[1, 2, 3]]).output // [[-1.2247, 0, 1.2247]]
 * @throws ShapeError when an axis is not there, or named twice
 * @throws ValueError when epsilon is not a number of at least 0
 */
export function standardise(x: TensorLike, options: StandardiseOptions = {}, ...surplus: []): Standardised {
  checkSurplus('standardise', surplus);
  const { axes, epsilon = 1e-5 } = checkOptions('standardise', options, standardiseOptions);
  checkEpsilon('standardise', epsilon);
  const inputs = operands('standardise', { x });
  const over = resolveAxes('standardise', axes, inputs.x.rank);
  const layout = groupsOf(inputs.x.shape, over);
  return layout ? fused(inputs.x, over, layout, epsilon) : stepByStep(inputs.x, over, epsilon);
}

/** The definition written out, for axes that lie any way. */
function stepByStep(x: Tensor, axes: readonly number[], epsilon: number): Standardised {
  const over = { axes, keepDims: true };
  const rough = mean(x, over);
  const deviations = subtract(x, rough);
  // The mean is rounded: where it is large beside the deviations, its rounding error enters all of them.
  const rest = mean(deviations, over);
  const centred = subtract(deviations, rest);
  const variance = mean(square(centred), over);
  return { output: divide(centred, sqrt(add(variance, epsilon))), mean: add(rough, rest), variance };
}

/** How the groups that are standardised lie in x. */
type Groups = readonly [outer: number, groups: number, inner: number];

/** x as [outer, groups, inner] with groups for the axes that are kept, where these lie side by side. */
function groupsOf(shape: Shape, axes: readonly number[]): Groups | null {
  const kept = shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const [first, last] = kept.length === 0 ? [0, -1] : [kept[0], kept[kept.length - 1]];
  if (last - first + 1 !== kept.length) return null;
  return [sizeOf(shape.slice(0, first)), sizeOf(shape.slice(first, last + 1)), sizeOf(shape.slice(last + 1))];
}

/** What patterns have to know of `standardise`. */
export interface StandardiseDetails {
  /** float64, `[groups, 3]`: the mean in two parts and the variance of each group, as the kernel `moments` gives them. */
  readonly moments: Tensor;
  readonly groups: Groups;
  readonly epsilon: number;
}

function fused(x: Tensor, axes: readonly number[], groups: Groups, epsilon: number): Standardised {
  const kept = reducedShape(x.shape, axes, true);
  const over = { axes, keepDims: true };
  const count = groups[0] * groups[2];
  const moments = momentsOf(x, groups);
  const details: StandardiseDetails = { moments, groups, epsilon };
  const output: Tensor = record({
    operation: 'standardise',
    inputs: { x },
    attributes: { axes, epsilon },
    shape: x.shape,
    needs: [moments],
    details,
    value: (y, memory) => {
      const [numbers, statistics] = [x, moments].map(({ view }) => flatten(view, memory));
      kernels.standardise(numbers, statistics, y, ...groups, epsilon);
    },
    vjps: {
      x: (g, y): Tensor => standardiseGradient(g, y, sqrt(add(result.variance, epsilon)), over, groups),
    },
  });
  const result: Standardised = {
    output,
    /** The moments, as ops of their own where somebody asks for them: so x is normalised only when that is asked for. */
    get mean() {
      return record({
        operation: 'mean',
        inputs: { x },
        attributes: over,
        shape: kept,
        needs: [moments],
        value: (y, memory) => {
          const found = flatten(moments.view, memory);
          for (let group = 0; group < y.length; group++) y[group] = found[3 * group] + found[3 * group + 1];
        },
        vjps: { x: (g) => broadcastTo(divide(g, count), x.shape) },
      });
    },
    get variance() {
      return record({
        operation: 'variance',
        inputs: { x },
        attributes: { ...over, correction: 0 },
        shape: kept,
        needs: [moments],
        value: (y, memory) => {
          const found = flatten(moments.view, memory);
          for (let group = 0; group < y.length; group++) y[group] = found[3 * group + 2];
        },
        vjps: { x: (g) => multiply(multiply(g, 2 / count), subtract(x, mean(x, over))) },
      });
    },
  };
  return result;
}

/** The moments of each group. The tape writes no step for them: their derivative is part of what is made of them. */
function momentsOf(x: Tensor, groups: Groups): Tensor {
  return unheard(x, () =>
    record({
      operation: 'moments',
      inputs: { x },
      shape: [groups[1], 3],
      dtype: 'float64',
      value: (y, memory) => kernels.moments(flatten(x.view, memory), y, ...groups),
      vjps: { x: null },
    }),
  );
}

/** (g - mean(g) - y·mean(g·y)) / deviation: linear in g, and its own transpose. */
function standardiseGradient(
  g: Tensor,
  y: Tensor,
  deviation: Tensor,
  over: { readonly axes: readonly number[]; readonly keepDims: boolean },
  groups: Groups,
): Tensor {
  const meanOf = (a: Tensor, b: Tensor): Tensor => mean(multiply(a, b), over);
  return record({
    operation: 'standardiseGradient',
    inputs: { g, y, deviation },
    shape: g.shape,
    value: (x, memory) => {
      const [cotangent, standardised, scale] = [g, y, deviation].map(({ view }) => flatten(view, memory));
      kernels.standardiseGradient(cotangent, standardised, scale, x, ...groups);
    },
    vjps: {
      g: (h) => standardiseGradient(h, y, deviation, over, groups),
      y: (h) => negate(divide(add(multiply(h, meanOf(g, y)), multiply(g, meanOf(h, y))), deviation)),
      deviation: (h, x) => negate(sum(divide(multiply(h, x), deviation), over)),
    },
  });
}

/** Throws a ValueError unless epsilon can be added to a variance. */
export function checkEpsilon(operation: string, epsilon: number): void {
  if (Number.isFinite(epsilon) && epsilon >= 0) return;
  throw new ValueError({
    operation,
    got: `epsilon is ${epsilon}`,
    wanted: 'a number of at least 0',
    remedy: 'Leave it out for 1e-5',
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  standardise: (facts) => {
    const epsilon = constant(numberOf(facts.attributes.epsilon, 1e-5));
    const count = groupSize(facts.inputs.x ?? [], facts.attributes.axes);
    return structural({
      value: formula(
        `y = (x - mean)/s with s = √(variance + ${epsilon.text})${over(facts).text}`,
        `y = \\frac{x - \\mu}{s}, \\quad s = \\sqrt{\\sigma^2 + ${epsilon.latex}}${over(facts).latex}`,
      ),
      inputs: {
        x: {
          derivative: formula(
            `∂y[i]/∂x[j] = (δ[i, j] - 1/n - y[i]·y[j]/n)/s with n = ${count}`,
            `\\frac{\\partial y_i}{\\partial x_j} = \\frac1s \\left( \\delta_{ij} - \\frac1n - \\frac{y_i\\,y_j}{n} \\right), \\quad n = ${count}`,
          ),
          product: formula(
            '(g - mean(g) - y·mean(g·y))/s',
            '\\frac1s \\left( g - \\overline{g} - y\\;\\overline{g\\,y} \\right)',
          ),
        },
      },
      inWords: 'Every number moves the mean and the variance too: the gradient is blind to what they take away.',
    });
  },
  standardiseGradient: () =>
    structural({
      output: 'z',
      value: formula(
        'z = (g - mean(g) - y·mean(g·y))/deviation',
        'z = \\frac{g - \\overline{g} - y\\;\\overline{g\\,y}}{\\mathrm{deviation}}',
      ),
      inputs: {
        g: {
          derivative: formula(
            '∂z[i]/∂g[j] = (δ[i, j] - 1/n - y[i]·y[j]/n)/deviation',
            '\\frac{\\partial z_i}{\\partial g_j} = \\frac{\\delta_{ij} - 1/n - y_i\\,y_j/n}{\\mathrm{deviation}}',
          ),
          product: formula(
            '(h - mean(h) - y·mean(h·y))/deviation',
            '\\frac{h - \\overline{h} - y\\;\\overline{h\\,y}}{\\mathrm{deviation}}',
          ),
        },
        y: {
          derivative: formula(
            '∂z[i]/∂y[j] = -(δ[i, j]·mean(g·y) + y[i]·g[j]/n)/deviation',
            '\\frac{\\partial z_i}{\\partial y_j} = -\\frac{\\delta_{ij}\\,\\overline{g\\,y} + y_i\\,g_j/n}{\\mathrm{deviation}}',
          ),
          product: formula(
            '-(h·mean(g·y) + g·mean(h·y))/deviation',
            '-\\frac{h\\;\\overline{g\\,y} + g\\;\\overline{h\\,y}}{\\mathrm{deviation}}',
          ),
        },
        deviation: {
          derivative: formula(
            '∂z/∂deviation = -z/deviation',
            '\\frac{\\partial z}{\\partial \\mathrm{deviation}} = -\\frac{z}{\\mathrm{deviation}}',
          ),
          product: formula('-Σ h·z/deviation', '-\\sum \\frac{h\\,z}{\\mathrm{deviation}}'),
        },
      },
      inWords: 'The derivative of standardising, which is linear and its own transpose.',
    }),
};

function groupSize(shape: readonly number[], axes: unknown): number {
  const reduced: readonly number[] = Array.isArray(axes) ? axes.map(Number) : [...shape.keys()];
  return reduced.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
}
