import type { Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
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

const costs: ReadonlyMap<string, (inputShapes: readonly Shape[], outputShape: Shape) => Cost> = new Map([
  ['Add', eachButFirst],
  ['Multiply', eachButFirst],
  ['Subtract', eachButFirst],
  ['Divide', eachButFirst],
  ['Maximum', comparedWithFirst],
  ['Minimum', comparedWithFirst],
  ['MatrixProduct', matrixProductCost],
  ['Concat', () => ({})],
]);

/**
 * What a layer of several inputs does; each of its outputs sees what stands at its own position in all of them, but for a product
 * of matrices, of which it is unknown.
 */
export function describeJoin(layer: JoinLayer, inputShapes: readonly Shape[], outputShape: Shape): Description {
  const cost = layer.cost?.(inputShapes, outputShape) ?? costs.get(layer.type)?.(inputShapes, outputShape);
  const isOfRows = layer.type === 'MatrixProduct' || layer.type === 'Einsum';
  return isOfRows ? { cost } : { window: 'position', cost };
}
