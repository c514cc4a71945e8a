import {
  type Attributes,
  add,
  divide,
  multiply,
  reshape,
  slice,
  sqrt,
  subtract,
  sum,
  type Tensor,
} from '@tapegrad/core';
import { numberOf } from '@tapegrad/core/formulas';
import { axesOf, type LongForms } from './longForm.ts';

function countAlong(x: Tensor, axes: readonly number[]): number {
  return axes.reduce((product, axis) => product * x.shape[axis], 1);
}

/** Σ x / n with the axes kept. */
function meanOf(x: Tensor, axes: readonly number[]): Tensor {
  return divide(sum(x, { axes, keepDims: true }), countAlong(x, axes));
}

function reshaped(y: Tensor, x: Tensor, axes: readonly number[], { keepDims }: Attributes): Tensor {
  return keepDims === true
    ? y
    : reshape(
        y,
        x.shape.flatMap((length, axis) => (axes.includes(axis) ? [] : [length])),
      );
}

/** The factors along the one axis of a product. */
function factors(x: Tensor, axis: number): Tensor[] {
  return Array.from({ length: x.shape[axis] }, (_, index) =>
    slice(
      x,
      x.shape.map((_length, other) => (other === axis ? [index, index + 1] : null)),
    ),
  );
}

const mostFactors = 32;

/** Means, variances, the normalisation by them, and products, in elementary steps. */
export const statisticsLongForms: LongForms = {
  mean: [
    {
      title: 'as a sum, divided',
      compute: ({ x }, attributes) => {
        const axes = axesOf(attributes, x);
        return reshaped(meanOf(x, axes), x, axes, attributes);
      },
    },
  ],
  variance: [
    {
      title: 'as the mean of squared deviations',
      compute: ({ x }, attributes) => {
        const axes = axesOf(attributes, x);
        const deviations = subtract(x, meanOf(x, axes));
        const total = sum(multiply(deviations, deviations), { axes, keepDims: true });
        const count = countAlong(x, axes) - numberOf(attributes.correction, 0);
        return reshaped(divide(total, count), x, axes, attributes);
      },
    },
  ],
  standardise: [
    {
      title: 'mean, deviations, variance, root, quotient',
      compute: ({ x }, attributes) => {
        const axes = axesOf(attributes, x);
        const deviations = subtract(x, meanOf(x, axes));
        const variance = meanOf(multiply(deviations, deviations), axes);
        return divide(deviations, sqrt(add(variance, numberOf(attributes.epsilon, 1e-5))));
      },
    },
  ],
  product: [
    {
      title: 'factor by factor',
      fits: ({ x }, attributes) => {
        const axes = axesOf(attributes, x);
        return axes.length === 1 && x.shape[axes[0]] > 0 && x.shape[axes[0]] <= mostFactors;
      },
      compute: ({ x }, attributes) => {
        const [axis] = axesOf(attributes, x);
        const [first, ...others] = factors(x, axis);
        return reshaped(
          others.reduce((product, factor) => multiply(product, factor), first),
          x,
          [axis],
          attributes,
        );
      },
    },
  ],
};
