import type { Shape } from '@tapegrad/core';
import { product, type Working } from '../working.ts';

/**
 * What a layer does for one input that the model is used on, not trained; what is left out is 0.
 *
 * A multiply-accumulate is a product that is added to a sum. FLOPs are the additions, subtractions, multiplications and
 * divisions of the layer: two for each multiply-accumulate, so that the first addition, to 0, counts, and one for each other,
 * such as adding a bias. Products with the zeros of a padding count. Comparisons (of a max pooling) and evaluations (of an
 * activation, whatever it needs) are no FLOPs, and are counted by themselves; other sources count them as one FLOP each, or
 * not at all.
 */
export interface Cost {
  readonly multiplyAccumulates?: Working;
  readonly flops?: Working;
  readonly comparisons?: Working;
  readonly evaluations?: Working;
  /** How the number of parameters comes about. Default: the sum of their sizes. */
  readonly parameters?: Working;
}

/** One evaluation for each number: an activation. */
export function evaluationCost(shape: Shape): Cost {
  return { evaluations: product('one for each number', shape) };
}

/**
 * One multiply-accumulate for each number, y = x·a + b: a normalisation whose statistics are known beforehand. What a and b
 * are made of does not depend on the input, and is not counted.
 */
export function scalingCost(shape: Shape): Cost {
  const multiplyAccumulates = product('one for each number', shape);
  return { multiplyAccumulates, flops: doubled(multiplyAccumulates) };
}

/**
 * A normalisation that works out its own statistics. For each number, a FLOP for the mean, one to subtract it and one to
 * scale, and a multiply-accumulate for the variance, with weight and bias one more. What is done once for a whole group of
 * numbers, the square root for one, is not counted.
 */
export function standardisationCost(shape: Shape, isAffine: boolean): Cost {
  const { numbers, value } = product('', shape);
  const each = isAffine ? 2 : 1;
  const multiplyAccumulates = {
    formula: `${each}·numbers`,
    numbers: `${each}·${numbers}`,
    value: each * value,
  };
  return {
    multiplyAccumulates,
    flops: doubled(multiplyAccumulates, { formula: '3·numbers', numbers: `3·${numbers}`, value: 3 * value }),
  };
}

/** 2·MACs, and what is added besides. */
export function doubled({ value }: Working, ...more: readonly Working[]): Working {
  return {
    formula: ['2·MACs', ...more.map(({ formula }) => formula)].join(' + '),
    numbers: [`2·${value}`, ...more.map(({ numbers }) => numbers)].join(' + '),
    value: more.reduce((total, working) => total + working.value, 2 * value),
  };
}

/**
 * multiply-accumulates = in·out, FLOPs = 2·MACs + out; both times the number of rows where there are several.
 *
 * @param rows the lengths of the axes before the one that is multiplied. Default: none
 */
export function denseCost(inFeatures: number, outFeatures: number, bias: boolean, rows: Shape = []): Cost {
  const times = (formula: string): string => (rows.length > 0 ? `rows·${formula}` : formula);
  const multiplyAccumulates = product(times('in·out'), [...rows, inFeatures, outFeatures]);
  const parameters = {
    formula: `out·in${bias ? ' + out' : ''}`,
    numbers: `${outFeatures}·${inFeatures}${bias ? ` + ${outFeatures}` : ''}`,
    value: outFeatures * inFeatures + (bias ? outFeatures : 0),
  };
  const added = bias ? [product(times('out'), [...rows, outFeatures])] : [];
  return { parameters, multiplyAccumulates, flops: doubled(multiplyAccumulates, ...added) };
}
