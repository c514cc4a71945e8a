import type { Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { Einsum } from '../../models/einsumJoin.ts';
import type { JoinLayer } from '../../models/joinLayer.ts';
import { type Cost, doubled } from '../costs/cost.ts';
import { product } from '../working.ts';
import type { Description } from './description.ts';

/** One addition or multiplication for each number and each input behind the first. */
function eachButFirst(inputShapes: readonly Shape[], outputShape: Shape): Cost {
  const more = inputShapes.length - 1;
  const { numbers } = product('', outputShape);
  return { flops: { formula: 'out·(inputs − 1)', numbers: `${numbers}·${more}`, value: sizeOf(outputShape) * more } };
}

/** One comparison for each number and each input behind the first. */
function comparedWithFirst(inputShapes: readonly Shape[], outputShape: Shape): Cost {
  return { comparisons: eachButFirst(inputShapes, outputShape).flops };
}

/** rows·inner·columns, for each matrix. */
function matrixProductCost([left]: readonly Shape[], outputShape: Shape): Cost {
  const multiplyAccumulates = product('out·inner', [...outputShape, left[left.length - 1]]);
  return { multiplyAccumulates, flops: doubled(multiplyAccumulates) };
}

/** One comparison for each number. */
function comparedOnce(_: readonly Shape[], outputShape: Shape): Cost {
  return { comparisons: product('out', outputShape) };
}

/** One product for each choice of an index for every letter. */
function einsumCost(inputShapes: readonly Shape[], _: Shape, layer: JoinLayer): Cost {
  const lengths = new Map<string, number>();
  const terms = (layer as Einsum).options.equation.replace(/\s/g, '').split(/,|->/);
  for (const [at, shape] of inputShapes.entries()) {
    for (const [axis, length] of shape.entries()) lengths.set(terms[at][axis + 1], length);
  }
  const multiplyAccumulates = product([...lengths.keys()].join('·'), [...lengths.values()]);
  return { multiplyAccumulates, flops: { ...multiplyAccumulates, value: 2 * multiplyAccumulates.value } };
}

type JoinCost = (inputShapes: readonly Shape[], outputShape: Shape, layer: JoinLayer) => Cost;

const costs: ReadonlyMap<string, JoinCost> = new Map<string, JoinCost>([
  ['Add', eachButFirst],
  ['Multiply', eachButFirst],
  ['Subtract', eachButFirst],
  ['Divide', eachButFirst],
  ['Maximum', comparedWithFirst],
  ['Minimum', comparedWithFirst],
  ['Compare', comparedOnce],
  ['Where', comparedOnce],
  ['MatrixProduct', matrixProductCost],
  ['Einsum', einsumCost],
  ['Concat', () => ({})],
]);

/**
 * What a layer of several inputs does; each of its outputs sees what stands at its own position in all of them, but for a product
 * of matrices, of which it is unknown.
 */
export function describeJoin(layer: JoinLayer, inputShapes: readonly Shape[], outputShape: Shape): Description {
  const cost = layer.cost?.(inputShapes, outputShape) ?? costs.get(layer.type)?.(inputShapes, outputShape, layer);
  const isOfRows = layer.type === 'MatrixProduct' || layer.type === 'Einsum';
  return isOfRows ? { cost } : { window: 'position', cost };
}
