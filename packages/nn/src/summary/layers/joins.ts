import type { Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { JoinLayer } from '../../models/joinLayer.ts';
import type { Cost } from '../costs/cost.ts';
import { product } from '../working.ts';
import type { Description } from './description.ts';

/** One addition or multiplication for each number and each input behind the first. */
function eachButFirst(inputShapes: readonly Shape[], outputShape: Shape): Cost {
  const more = inputShapes.length - 1;
  const { numbers } = product('', outputShape);
  return { flops: { formula: 'out·(inputs − 1)', numbers: `${numbers}·${more}`, value: sizeOf(outputShape) * more } };
}

const costs: ReadonlyMap<string, (inputShapes: readonly Shape[], outputShape: Shape) => Cost> = new Map([
  ['Add', eachButFirst],
  ['Multiply', eachButFirst],
  ['Concat', () => ({})],
]);

/** What a layer of several inputs does; each of its outputs sees what stands at its own position in all of them. */
export function describeJoin(layer: JoinLayer, inputShapes: readonly Shape[], outputShape: Shape): Description {
  const cost = layer.cost?.(inputShapes, outputShape) ?? costs.get(layer.type)?.(inputShapes, outputShape);
  return { window: 'position', cost };
}
