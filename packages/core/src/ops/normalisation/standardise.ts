import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import { constant, type FormulaTable, formula, numberOf, over, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { operands, record } from '../../tape/record.ts';
import { withoutRecording } from '../../tape/withoutRecording.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { reducedShape, resolveAxes, type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { square } from '../elementwise/square.ts';
import { subtract } from '../elementwise/subtract.ts';
import { mean } from '../reductions/mean.ts';
import { type Groups, standardiseGradient } from './standardiseGradient.ts';

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
 * y = (x - mean) / √(variance + epsilon), with the mean and the biased variance over `axes`: what all normalisations
 * have in common. Every number changes mean and variance too, so the gradient flows through them as well:
 *
 * ∂x = (g - mean(g) - y·mean(g·y)) / √(variance + epsilon)
 *
 * Adding a constant to all of x, or, but for epsilon, multiplying it by one, changes no y, and gets no gradient.
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
  readonly axes: readonly number[];
  readonly groups: Groups;
  readonly epsilon: number;
}

function fused(x: Tensor, axes: readonly number[], groups: Groups, epsilon: number): Standardised {
  const kept = reducedShape(x.shape, axes, true);
  const over = { axes, keepDims: true };
  const count = groups[0] * groups[2];
  const moments = momentsOf(x, groups);
  const details: StandardiseDetails = { moments, axes, groups, epsilon };
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
    /**
     * The moments, as ops of their own, recorded when they are read: so the output is computed only if it is read too. They are
     * not kept, for what was read while recording paused is a constant, and must not stand in for what is recorded later.
     */
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
  return withoutRecording(x, () =>
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
      inWords:
        'Every number changes the mean and the variance too: the cotangent loses its mean, and its part along y.',
    });
  },
};

function groupSize(shape: readonly number[], axes: unknown): number {
  const reduced: readonly number[] = Array.isArray(axes) ? axes.map(Number) : [...shape.keys()];
  return reduced.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
}
